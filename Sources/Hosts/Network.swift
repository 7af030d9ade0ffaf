/// A range of addresses, such as `127.0.0.0/8` or `2001:db8::/32`; a single address without a length.
package struct Network: Hashable, Sendable {
    private let first: IPAddress
    private let length: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let start = parts.first, parts.count <= 2, let octets = IPAddress.octets(of: start),
            let first = IPAddress(octets: octets)
        else { return nil }
        let bits = octets.count * 8
        guard let length = parts.count == 2 ? Self.length(parts[1]) : bits, (0...bits).contains(length) else {
            return nil
        }
        // A range of IPv4 that is written in IPv6 is short by what the form itself takes.
        let rest = length - (bits - first.octets.count * 8)
        guard rest >= 0 else { return nil }
        self.first = first
        self.length = rest
    }

    /// Digits alone: `Int` would take a sign too.
    private static func length(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    /// Whether the address lies in the range; an IPv4 address in its IPv6 form counts as itself.
    package func contains(_ address: String) -> Bool {
        IPAddress(address).map { $0.shares(length, bitsWith: first.octets) } ?? false
    }
}
