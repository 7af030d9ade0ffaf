package import FoundationEssentials

extension Bool: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .boolean }
    package func encode(into octets: inout [UInt8]) { octets.append(self ? 1 : 0) }
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        self = try UInt8(bigEndianOctets: octets) != 0
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .int2 }
    package func encode(into octets: inout [UInt8]) { encodeBigEndian(into: &octets) }
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) { try self.init(bigEndianOctets: octets) }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .int4 }
    package func encode(into octets: inout [UInt8]) { encodeBigEndian(into: &octets) }
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) { try self.init(bigEndianOctets: octets) }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .int8 }
    package func encode(into octets: inout [UInt8]) { encodeBigEndian(into: &octets) }
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) { try self.init(bigEndianOctets: octets) }
}

/// As `bigint`, whatever its width here.
extension Int: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .int8 }
    package func encode(into octets: inout [UInt8]) { Int64(self).encodeBigEndian(into: &octets) }
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        self.init(try Int64(bigEndianOctets: octets))
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .float8 }
    package func encode(into octets: inout [UInt8]) { bitPattern.encodeBigEndian(into: &octets) }
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        self.init(bitPattern: try UInt64(bigEndianOctets: octets))
    }
}

extension String: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .text }

    /// U+0000 cannot stand in a text column; it becomes U+FFFD.
    package func encode(into octets: inout [UInt8]) {
        guard utf8.contains(0) else {
            octets.append(contentsOf: utf8)
            return
        }
        for octet in utf8 {
            if octet == 0 { octets += [0xEF, 0xBF, 0xBD] } else { octets.append(octet) }
        }
    }

    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        guard let octets else { throw .null }
        guard let text = String(validating: octets, as: UTF8.self) else { throw .notText }
        self = text
    }
}

extension Date: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .timestamp }
    /// The server counts microseconds from 2000-01-01.
    private static let epoch = 946_684_800.0
    /// It knows no instant before 4714 BC or after 294276.
    private static let limits = -2.118e17...9.223e18

    package func encode(into octets: inout [UInt8]) {
        let microseconds = ((timeIntervalSince1970 - Self.epoch) * 1_000_000).rounded()
        Int64(microseconds.clamped(to: Self.limits)).encodeBigEndian(into: &octets)
    }

    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        self.init(timeIntervalSince1970: Double(try Int64(bigEndianOctets: octets)) / 1_000_000 + Self.epoch)
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .uuid }
    package func encode(into octets: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { octets.append(contentsOf: $0) }
    }

    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        guard let octets else { throw .null }
        guard octets.count == 16 else { throw .wrongLength(expected: 16, actual: octets.count) }
        self = octets.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

extension Data: PostgresEncodable, PostgresDecodable {
    package static var type: PostgresType { .bytes }
    package func encode(into octets: inout [UInt8]) { octets.append(contentsOf: self) }
    package init(octets: ArraySlice<UInt8>?) throws(PostgresValueError) {
        guard let octets else { throw .null }
        self.init(octets)
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        isNaN ? range.lowerBound : min(max(self, range.lowerBound), range.upperBound)
    }
}
