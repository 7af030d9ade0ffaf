import CIDN2

/// Domain names as people write them and as DNS, TLS and SMTP carry them (RFC 5890).
package enum DomainName {
    /// Octets of a name that are looked at: DNS carries 253, and UTF-8 takes no more than four for each.
    private static let limit = 1024

    /// The name in A-labels (`xn--…`), as whoever looks it up needs it; what is ASCII already stays as it is.
    ///
    /// `nil` for a name that IDNA2008 does not allow.
    package static func ascii(_ name: String) -> String? {
        guard name.utf8.count <= limit else { return nil }
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name }
        guard !name.utf8.contains(0) else { return nil }
        var output: UnsafeMutablePointer<CChar>?
        // Mapped to lower case and composed first, as mail programs and browsers do (UTS 46, non-transitional).
        guard idn2_to_ascii_8z(name, &output, Int32(IDN2_NONTRANSITIONAL.rawValue)) == IDN2_OK.rawValue, let output
        else {
            return nil
        }
        defer { idn2_free(output) }
        // `＠` and `／` are mapped to what stands in no name. The library cannot be told to refuse them: asked for the
        // rules of STD 3, it leaves such characters out and names another domain.
        let ascii = String(cString: output)
        return ascii.utf8.allSatisfy(isOfName) ? ascii : nil
    }

    /// The form for comparison, and those in which a domain may have been noted as it was written, in lower case.
    package static func spellings(_ domain: String) -> Set<String> {
        let comparable = comparable(domain)
        return Set([comparable, domain.lowercased(), unicode(comparable)?.lowercased()].compactMap { $0 })
    }

    /// The name in U-labels, as people write it; `nil` for what IDNA2008 does not allow.
    private static func unicode(_ name: String) -> String? {
        guard name.utf8.count <= limit, !name.utf8.contains(0) else { return nil }
        var output: UnsafeMutablePointer<CChar>?
        guard idn2_to_unicode_8z8z(name, &output, Int32(IDN2_NONTRANSITIONAL.rawValue)) == IDN2_OK.rawValue, let output
        else {
            return nil
        }
        defer { idn2_free(output) }
        return String(cString: output)
    }

    private static func isOfName(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-_.".utf8.contains(octet)
        }
    }

    /// The form in which all spellings of one domain are equal: A-labels in lower case, address literals
    /// (`[IPv6:…]`, RFC 5321 section 4.1.3) with the address in its shortest form.
    ///
    /// What is no name stays as it is, in lower case.
    package static func comparable(_ domain: String) -> String {
        if let address = AddressLiteral(domain)?.address {
            return address.isVersion4 ? "[\(address)]" : "[ipv6:\(address)]"
        }
        return ascii(domain)?.lowercased() ?? domain.lowercased()
    }
}
