import Hosts

/// Names of domains as DNS takes them.
enum DomainText {
    /// The name in lower case and A-labels, as DNS is asked for it (RFC 8616); `nil` where it is none.
    static func name(_ text: String) -> String? {
        let name = DomainName.comparable(text)
        return isName(name) ? name : nil
    }

    /// Whether it is a name of letters, digits, hyphens and underscores, without a dot at the end.
    static func isName(_ text: some StringProtocol) -> Bool {
        let octets = text.utf8
        guard (1...253).contains(octets.count) else { return false }
        return octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count)
                && label.allSatisfy {
                    Octet.isLetter($0) || Octet.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
    }
}
