import Hosts

/// Addresses and quoted words in a header (RFC 5322 sections 3.2 and 3.4.1).
enum AddressSpec {
    /// `local@domain`, the domain in A-labels; a local part that is no dot-atom is quoted, what cannot stand in a domain is
    /// left out.
    static func written(_ address: String) -> String {
        let address = WrittenHeader.clean(address)
        guard let at = address.lastIndex(of: "@") else { return local(address[...]) }
        let named = String(address[address.index(after: at)...])
        let domain = (DomainName.ascii(named) ?? named).unicodeScalars.filter { scalar in
            guard scalar.isASCII else { return true }
            return isAtomOctet(UInt8(truncatingIfNeeded: scalar.value)) || ".:[]".unicodeScalars.contains(scalar)
        }
        return local(address[..<at]) + "@" + String(String.UnicodeScalarView(domain))
    }

    private static func local(_ text: Substring) -> String {
        let isQuoted = text.utf8.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
        let plain = isQuoted ? unquoted(text.dropFirst().dropLast()) : String(text)
        let isDotAtom = plain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 > 0x7F || isAtomOctet($0) } }
        return isDotAtom ? plain : quoted(plain)
    }

    /// A quoted string; the two characters that would end or change it are escaped.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }

    private static func unquoted(_ text: Substring) -> String {
        var plain = String.UnicodeScalarView()
        var isEscaped = false
        for character in text.unicodeScalars {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(character)
                isEscaped = false
            }
        }
        return String(plain)
    }

    /// `atext`.
    static func isAtomOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(octet)
        }
    }
}
