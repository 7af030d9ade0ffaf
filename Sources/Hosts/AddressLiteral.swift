/// An address in the place of a domain, such as `[192.0.2.1]` or `[IPv6:2001:db8::1]` (RFC 5321 section 4.1.3).
package struct AddressLiteral: Hashable, Sendable {
    package let address: IPAddress

    /// Reads it with its brackets; `nil` for anything else.
    package init?(_ text: String) {
        guard text.hasPrefix("["), text.hasSuffix("]"), text.utf8.count > 2 else { return nil }
        let inner = text.dropFirst().dropLast()
        let isVersion6 = inner.prefix(5).lowercased() == "ipv6:"
        guard let octets = IPAddress.octets(of: isVersion6 ? inner.dropFirst(5) : inner),
            (octets.count == 16) == isVersion6, let address = IPAddress(octets: octets)
        else { return nil }
        self.address = address
    }
}
