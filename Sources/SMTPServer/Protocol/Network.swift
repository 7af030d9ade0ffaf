import SwiftGlibc

/// A range of addresses, such as `127.0.0.0/8` or `2001:db8::/32`; a single address without a length.
package struct Network: Hashable, Sendable {
    private var octets: [UInt8]
    private var length: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let octets = AddressLiteral.octets(String(first)) else {
            return nil
        }
        let bits = octets.count * 8
        guard let length = parts.count == 2 ? Self.length(parts[1]) : bits, (0...bits).contains(length) else {
            return nil
        }
        self.octets = octets
        self.length = length
    }

    /// Digits alone: `Int` would take a sign too.
    private static func length(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    /// Whether the address lies in the range; an IPv4 address in its IPv6 form counts as itself.
    package func contains(_ address: String) -> Bool {
        guard var other = AddressLiteral.octets(address) else { return false }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        if other.count == 16, octets.count == 4, Array(other.prefix(12)) == mapped { other = Array(other.suffix(4)) }
        guard other.count == octets.count else { return false }
        return (0..<length).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return octets[bit / 8] & mask == other[bit / 8] & mask
        }
    }
}

/// Addresses in text.
enum AddressLiteral {
    /// 4 octets of IPv4, 16 of IPv6; `nil` for anything else, a name too.
    static func octets(_ text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != 0 }) else { return nil }
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var octets = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &octets) == 1 { return octets }
        }
        return nil
    }

    /// Octets of an address in text; of 4 or 16 of them.
    static func text(_ octets: some Collection<UInt8>) -> String {
        let octets = Array(octets)
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(octets.count == 4 ? AF_INET : AF_INET6, octets, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// A literal in lower case with its brackets, such that all spellings of one address are equal.
    static func comparable(_ domain: String) -> String {
        let inner = domain.dropFirst().prefix { $0 != "]" }
        let address = inner.hasPrefix("ipv6:") ? inner.dropFirst(5) : inner
        return octets(String(address)).map { "[\($0.count == 16 ? "ipv6:" : "")\(text($0))]" } ?? domain
    }

    /// What may stand in the brackets of a domain (RFC 5321 section 4.1.3).
    static func isValid(_ literal: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: literal, as: UTF8.self)
        if text.lowercased().hasPrefix("ipv6:") { return octets(String(text.dropFirst(5)))?.count == 16 }
        return octets(text)?.count == 4
    }
}
