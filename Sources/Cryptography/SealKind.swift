/// What a message of PKCS #7 or CMS does with what it holds.
package enum SealKind: Sendable {
    /// Signed around what it holds, or around nothing (RFC 5652 section 5).
    case signed
    /// Said to be certificates that come alone.
    case certificates
    case encrypted
    case compressed

    /// Told by its octets; `nil` where they are no such message.
    ///
    /// The type stands in front (RFC 5652 section 3), so that it is known of a message that is cut off too, and nothing
    /// behind it is looked at.
    package init?(_ octets: [UInt8]) {
        guard let type = Self.type(of: octets) else { return nil }
        switch Array(type) {
        case Self.rsa + [0x07, 0x02]: self = .signed
        // Enveloped, signed and enveloped, encrypted; enveloped and authenticated (RFC 5083).
        case Self.rsa + [0x07, 0x03], Self.rsa + [0x07, 0x04], Self.rsa + [0x07, 0x06],
            Self.rsa + [0x09, 0x10, 0x01, 0x17]:
            self = .encrypted
        // RFC 3274.
        case Self.rsa + [0x09, 0x10, 0x01, 0x09]: self = .compressed
        default: return nil
        }
    }

    /// 1.2.840.113549.1, which the types of both PKCS #7 and S/MIME begin with.
    private static let rsa: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01]

    /// The identifier of the type, in the encoding of BER.
    private static func type(of octets: [UInt8]) -> ArraySlice<UInt8>? {
        guard octets.first == 0x30, octets.count > 2 else { return nil }
        // A length is one octet, or the number of those that hold it; none where the end is marked instead.
        let lengthOctets = octets[1] < 0x80 ? 0 : Int(octets[1] & 0x7F)
        let rest = octets.dropFirst(2 + lengthOctets)
        guard rest.first == 0x06, let count = rest.dropFirst().first, count < 0x80 else { return nil }
        let type = rest.dropFirst(2).prefix(Int(count))
        return type.count == Int(count) ? type : nil
    }
}
