/// A type of the server, by its fixed OIDs (pg_type.dat).
package struct PostgresType: Hashable, Sendable {
    package var oid: UInt32
    /// OID of the array of it.
    package var arrayOID: UInt32

    static let boolean = Self(oid: 16, arrayOID: 1000)
    static let bytes = Self(oid: 17, arrayOID: 1001)
    static let int8 = Self(oid: 20, arrayOID: 1016)
    static let int2 = Self(oid: 21, arrayOID: 1005)
    static let int4 = Self(oid: 23, arrayOID: 1007)
    static let text = Self(oid: 25, arrayOID: 1009)
    static let float8 = Self(oid: 701, arrayOID: 1022)
    static let timestamp = Self(oid: 1184, arrayOID: 1185)
    static let uuid = Self(oid: 2950, arrayOID: 2951)

    /// The array of a type; arrays of arrays are not used.
    var array: Self { Self(oid: arrayOID, arrayOID: 0) }
}

/// A value that can be a parameter, in the server's binary format: integers big-endian, text in UTF-8.
package protocol PostgresEncodable: Sendable {
    static var type: PostgresType { get }
    var isNull: Bool { get }
    func encode(into octets: inout [UInt8])
}

extension PostgresEncodable {
    package var isNull: Bool { false }
}

/// A value that can be read from a column in the binary format.
package protocol PostgresDecodable: Sendable {
    /// `octets`: `nil` for NULL.
    init(octets: ArraySlice<UInt8>?) throws(PostgresValueError)
}

/// Why a column does not hold the type asked for.
package enum PostgresValueError: Error, Hashable, Sendable {
    case null
    case wrongLength(expected: Int, actual: Int)
    case notText
    /// Not an array of one dimension.
    case notArray
}

extension FixedWidthInteger {
    func encodeBigEndian(into octets: inout [UInt8]) {
        withUnsafeBytes(of: bigEndian) { octets.append(contentsOf: $0) }
    }

    init(bigEndianOctets octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        guard let octets else { throw .null }
        guard octets.count == Self.bitWidth / 8 else {
            throw .wrongLength(expected: Self.bitWidth / 8, actual: octets.count)
        }
        self = octets.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}
