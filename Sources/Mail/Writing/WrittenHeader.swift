package import FoundationEssentials

/// Header values as they are sent.
package enum WrittenHeader {
    /// Octets of a line that are kept to (RFC 5322 section 2.1.1).
    private static let lineLength = 78
    /// Longest id that is repeated; a line must not exceed 998 octets.
    private static let idLength = 900

    /// Unstructured text, folded; encoded words where it is not plain ASCII, or has a word longer than a line.
    package static func text(_ value: String, after column: Int) -> String {
        let value = clean(value)
        return isPlain(value) ? folded(value, after: column) : EncodedWords.encode(value, after: column)
    }

    package static func mailboxes(_ mailboxes: [Mailbox], after column: Int) -> String {
        mailboxes.enumerated().map { mailbox($0.element, after: $0.offset == 0 ? column : 1) }.joined(
            separator: ",\r\n ")
    }

    private static func mailbox(_ mailbox: Mailbox, after column: Int) -> String {
        let address = "<\(AddressSpec.written(mailbox.address))>"
        guard let name = mailbox.name.map(clean), !name.isEmpty else { return address }
        guard isPlain(name), name.utf8.count <= lineLength / 2 else {
            return EncodedWords.encode(name, after: column) + "\r\n " + address
        }
        let isAtoms = name.utf8.allSatisfy { $0 == 0x20 || AddressSpec.isAtomOctet($0) }
        let phrase = isAtoms ? name : AddressSpec.quoted(name)
        let isShort = column + phrase.utf8.count + 1 + address.utf8.count <= lineLength
        return phrase + (isShort ? " " : "\r\n ") + address
    }

    /// Ids one a line; `nil` when none of them is one (RFC 5322 section 3.6.4) that fits a line.
    static func ids(_ ids: [String]) -> String? {
        let usable = ids.filter { id in
            let octets = id.utf8
            return octets.count > 2 && octets.count <= idLength && octets.first == 0x3C && octets.last == 0x3E
                && octets.dropFirst().dropLast().allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }
        }
        return usable.isEmpty ? nil : usable.joined(separator: "\r\n ")
    }

    /// Printable ASCII without colon (RFC 5322 section 2.2).
    static func fieldName(_ name: String) -> String {
        String(decoding: name.utf8.filter { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }

    /// `Tue, 24 Nov 2026 07:53:00 +0000` (RFC 5322 section 3.3).
    package static func date(_ date: Date) -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: date)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let two = { (number: Int?) in String(100 + (number ?? 0)).dropFirst() }
        return
            "\(days[(parts.weekday ?? 1) - 1]), \(parts.day ?? 1) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 1970) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }

    /// Control characters and everything else that some reader takes for a line end become spaces; of several spaces one
    /// is kept, since a folded line must not be blank (RFC 5322 section 3.2.2).
    package static func clean(_ value: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            let isSpace =
                switch scalar.value {
                case 0...0x20, 0x7F...0x9F, 0x2028, 0x2029: true
                default: false
                }
            if !isSpace {
                scalars.append(scalar)
            } else if let last = scalars.last, last != " " {
                scalars.append(" ")
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// Whether cleaned text may stand as it is: nobody takes a word of it for an encoded one, and every word fits a line.
    private static func isPlain(_ value: String) -> Bool {
        var length = 0
        var previous: UInt8 = 0
        for octet in value.utf8 {
            guard octet < 0x7F, !(octet == UInt8(ascii: "?") && previous == UInt8(ascii: "=")) else { return false }
            length = octet == 0x20 ? 0 : length + 1
            guard length < lineLength else { return false }
            previous = octet
        }
        return true
    }

    private static func folded(_ value: String, after column: Int) -> String {
        var text = ""
        var length = column
        for word in value.split(separator: " ") {
            if text.isEmpty {
                length += word.utf8.count
            } else if length + 1 + word.utf8.count > lineLength {
                text += "\r\n "
                length = 1 + word.utf8.count
            } else {
                text += " "
                length += 1 + word.utf8.count
            }
            text += word
        }
        return text
    }
}
