extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    package static var type: PostgresType { Wrapped.type }
    package var isNull: Bool { self?.isNull ?? true }
    package func encode(into octets: inout [UInt8]) { self?.encode(into: &octets) }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        self = if octets != nil { try Wrapped(octets: octets) } else { nil }
    }
}

/// A value that can stand in an array; octets in an array are a `bytea`.
package protocol PostgresElement: Sendable {
    static var arrayType: PostgresType { get }
    static func encode(array: [Self], into octets: inout [UInt8])
}

extension PostgresElement where Self: PostgresEncodable {
    package static var arrayType: PostgresType { type.array }

    /// One dimension from 1 (array_send): dimensions, flag for NULLs, element type, length, lower bound, elements.
    package static func encode(array: [Self], into octets: inout [UInt8]) {
        Int32(1).encodeBigEndian(into: &octets)
        Int32(array.contains { $0.isNull } ? 1 : 0).encodeBigEndian(into: &octets)
        type.oid.encodeBigEndian(into: &octets)
        Int32(array.count).encodeBigEndian(into: &octets)
        Int32(1).encodeBigEndian(into: &octets)
        for element in array {
            let lengthAt = octets.count
            Int32(-1).encodeBigEndian(into: &octets)
            guard !element.isNull else { continue }
            element.encode(into: &octets)
            let length = UInt32(octets.count - lengthAt - 4)
            for place in 0..<4 {
                octets[lengthAt + place] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(place)))
            }
        }
    }
}

extension Bool: PostgresElement {}
extension Int16: PostgresElement {}
extension Int32: PostgresElement {}
extension Int64: PostgresElement {}
extension Double: PostgresElement {}
extension String: PostgresElement {}
extension Optional: PostgresElement where Wrapped: PostgresEncodable {}

extension UInt8: PostgresElement {
    package static var arrayType: PostgresType { .bytes }
    package static func encode(array: [UInt8], into octets: inout [UInt8]) { octets += array }
}

extension Array: PostgresEncodable where Element: PostgresElement {
    package static var type: PostgresType { Element.arrayType }
    package func encode(into octets: inout [UInt8]) { Element.encode(array: self, into: &octets) }
}

extension Array: PostgresElement where Element == UInt8 {}

extension Array: PostgresDecodable where Element == UInt8 {
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        guard let octets else { throw .null }
        self = Array(octets)
    }
}
