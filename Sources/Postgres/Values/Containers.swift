import FoundationEssentials

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
    static func decode(array octets: ArraySlice<UInt8>) throws(PostgresValueError) -> [Self]
}

extension Bool: PostgresElement {}
extension Int16: PostgresElement {}
extension Int32: PostgresElement {}
extension Int64: PostgresElement {}
extension Int: PostgresElement {}
extension Double: PostgresElement {}
extension String: PostgresElement {}
extension Date: PostgresElement {}
extension UUID: PostgresElement {}
extension Optional: PostgresElement where Wrapped: PostgresEncodable & PostgresDecodable {}

extension UInt8: PostgresElement {
    package static var arrayType: PostgresType { .bytes }
    package static func encode(array: [UInt8], into octets: inout [UInt8]) { octets += array }
    package static func decode(array octets: ArraySlice<UInt8>) throws(PostgresValueError) -> [UInt8] { Array(octets) }
}

extension Array: PostgresEncodable where Element: PostgresElement {
    package static var type: PostgresType { Element.arrayType }
    package func encode(into octets: inout [UInt8]) { Element.encode(array: self, into: &octets) }
}

extension Array: PostgresElement where Element == UInt8 {}

extension Array: PostgresDecodable where Element: PostgresElement {
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        guard let octets else { throw .null }
        self = try Element.decode(array: octets)
    }
}
