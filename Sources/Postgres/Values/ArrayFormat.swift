/// Arrays of one dimension in the binary format (array_send): number of dimensions, flag for NULLs, element type, length,
/// lower bound, then each element behind its length, which is -1 for NULL.
extension PostgresElement where Self: PostgresEncodable & PostgresDecodable {
    package static var arrayType: PostgresType { type.array }

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

    package static func decode(array octets: ArraySlice<UInt8>) throws(PostgresValueError) -> [Self] {
        var rest = octets
        let dimensions = try next(&rest)
        _ = try next(&rest)
        _ = try next(&rest)
        // An empty array has no dimension.
        if dimensions == 0 { return [] }
        let count = Int(try next(&rest))
        _ = try next(&rest)
        guard dimensions == 1, count >= 0, count <= rest.count / 4 else { throw .notArray }
        var array: [Self] = []
        array.reserveCapacity(count)
        for _ in 0..<count {
            let length = Int(try next(&rest))
            guard length <= rest.count else { throw .notArray }
            array.append(try Self(octets: length < 0 ? nil : rest.prefix(length)))
            rest = rest.dropFirst(max(0, length))
        }
        return array
    }

    private static func next(_ octets: inout ArraySlice<UInt8>) throws(PostgresValueError) -> Int32 {
        guard octets.count >= 4 else { throw .notArray }
        defer { octets = octets.dropFirst(4) }
        return try Int32(bigEndianOctets: octets.prefix(4))
    }
}
