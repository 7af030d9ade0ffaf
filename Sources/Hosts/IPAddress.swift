import Glibc

/// An address of the Internet Protocol, version 4 or 6.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16 octets in network order.
    package let octets: [UInt8]

    /// `nil` unless there are 4 or 16 octets; an IPv4 address mapped into IPv6 (RFC 4291 section 2.5.5.2) becomes itself.
    package init?(octets: [UInt8]) {
        switch octets.count {
        case 4: self.octets = octets
        case 16 where octets.starts(with: Self.mappedPrefix): self.octets = Array(octets[12...])
        case 16: self.octets = octets
        default: return nil
        }
    }

    /// Reads the text form; no port, no brackets, no zone.
    package init?(_ text: some StringProtocol) {
        guard let octets = Self.octets(of: text) else { return nil }
        self.init(octets: octets)
    }

    /// Reads the text form as it is written: an IPv4 address mapped into IPv6 stays 16 octets.
    package static func octets(of text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
        let text = String(text)
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var octets = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &octets) == 1 { return octets }
        }
        return nil
    }

    package var isVersion4: Bool { octets.count == 4 }

    /// Whether the first `bits` bits are those of the other address, which is of the same version.
    package func shares(_ bits: Int, bitsWith other: [UInt8]) -> Bool {
        guard octets.count == other.count, (0...octets.count * 8).contains(bits) else { return false }
        let whole = bits / 8
        guard octets.prefix(whole) == other.prefix(whole) else { return false }
        let rest = bits % 8
        return rest == 0 || (octets[whole] ^ other[whole]) >> UInt8(8 - rest) == 0
    }

    /// The name that its PTR record stands at (RFC 1035 section 3.5, RFC 3596 section 2.5).
    package var reverseName: String {
        if isVersion4 { return octets.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa" }
        let digits = octets.reversed().flatMap { [$0 & 0x0F, $0 >> 4] }
        return digits.map { String($0, radix: 16) }.joined(separator: ".") + ".ip6.arpa"
    }

    private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
}

extension IPAddress: CustomStringConvertible {
    /// The text form, for IPv6 that of RFC 5952.
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(isVersion4 ? AF_INET : AF_INET6, octets, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension IPAddress: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = IPAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no IP address")
        }
        self = address
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
