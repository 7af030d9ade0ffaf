import CIDN2

/// Domain names as people write them and as DNS, TLS and SMTP carry them (RFC 5890).
package enum DomainName {
    /// The name in A-labels (`xn--…`), as whoever looks it up needs it; what is ASCII already stays as it is.
    ///
    /// `nil` for a name that IDNA2008 does not allow.
    package static func ascii(_ name: String) -> String? {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name }
        guard !name.utf8.contains(0) else { return nil }
        var output: UnsafeMutablePointer<CChar>?
        // Mapped to lower case and composed first, as mail programs and browsers do (UTS 46, non-transitional).
        guard idn2_to_ascii_8z(name, &output, Int32(IDN2_NONTRANSITIONAL.rawValue)) == IDN2_OK.rawValue, let output
        else {
            return nil
        }
        defer { idn2_free(output) }
        return String(cString: output)
    }

    /// The form in which all spellings of one domain are equal: A-labels in lower case, address literals
    /// (`[IPv6:…]`, RFC 5321 section 4.1.3) with the address in its shortest form.
    ///
    /// For comparison only; what is no name stays as it is, in lower case.
    package static func comparable(_ domain: String) -> String {
        if let literal = AddressLiteral(domain) { return "[\(literal.address)]" }
        return ascii(domain)?.lowercased() ?? domain.lowercased()
    }
}
