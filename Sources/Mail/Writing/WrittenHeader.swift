import FoundationEssentials

/// Header values as they are sent.
enum WrittenHeader {
    /// Octets of a line that are kept to (RFC 5322 section 2.1.1).
    private static let lineLength = 78
    /// Octets of text in one encoded word, which must not be longer than 75 (RFC 2047 section 2).
    private static let wordLength = 42

    /// Unstructured text, folded; encoded words where it is not plain ASCII.
    static func text(_ value: String, after column: Int) -> String {
        let value = clean(value)
        guard value.utf8.allSatisfy({ $0 < 0x7F }), !value.contains("=?") else { return encodedWords(value) }
        return folded(value, after: column)
    }

    static func mailboxes(_ mailboxes: [Mailbox], after column: Int) -> String {
        mailboxes.map(mailbox).joined(separator: ",\r\n ")
    }

    private static func mailbox(_ mailbox: Mailbox) -> String {
        let address = clean(mailbox.address).filter { !"<>, ".contains($0) }
        guard let name = mailbox.name.map(clean), !name.isEmpty else { return "<\(address)>" }
        guard name.utf8.allSatisfy({ $0 < 0x7F }), !name.contains("=?") else {
            return "\(encodedWords(name))\r\n <\(address)>"
        }
        let isPlain = name.utf8.allSatisfy {
            $0 == 0x20 || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
        }
        let quoted = name.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined()
        return "\(isPlain ? name : "\"\(quoted)\"") <\(address)>"
    }

    /// `Tue, 24 Nov 2026 07:53:00 +0000`.
    static func date(_ date: Date) -> String {
        let calendar = Calendar(identifier: .gregorian)
        let parts = calendar.dateComponents(in: .gmt, from: date)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let two = { (number: Int?) in String(100 + (number ?? 0)).dropFirst() }
        return
            "\(days[(parts.weekday ?? 1) - 1]), \(parts.day ?? 1) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 1970) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }

    /// Line ends and control characters become spaces.
    static func clean(_ value: String) -> String {
        guard value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return value }
        return String(
            String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    /// `=?utf-8?B?…?=`, cut between characters, one a line.
    private static func encodedWords(_ value: String) -> String {
        var words: [String] = []
        var piece: [UInt8] = []
        for character in value {
            let octets = Array(String(character).utf8)
            if piece.count + octets.count > wordLength, !piece.isEmpty {
                words.append(encodedWord(piece))
                piece = []
            }
            piece += octets
        }
        if !piece.isEmpty { words.append(encodedWord(piece)) }
        return words.joined(separator: "\r\n ")
    }

    private static func encodedWord(_ octets: [UInt8]) -> String { "=?utf-8?B?\(Data(octets).base64EncodedString())?=" }

    private static func folded(_ value: String, after column: Int) -> String {
        var lines: [String] = []
        var line = ""
        var room = lineLength - column
        for word in value.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > room {
                lines.append(line)
                line = String(word)
                room = lineLength - 1
            } else {
                line += line.isEmpty && lines.isEmpty ? String(word) : " " + word
            }
        }
        return (lines + [line]).joined(separator: "\r\n ")
    }
}

/// The transfer encoding of RFC 2045 section 6.7.
enum QuotedPrintable {
    /// Lines without their ends, each at most 76 octets.
    static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { encode($0) }
    }

    private static func encode(_ line: Substring) -> [String] {
        var lines: [String] = []
        var current: [UInt8] = []
        let octets = Array(line.utf8)
        for (index, octet) in octets.enumerated() {
            let isLastSpace = (octet == 0x20 || octet == 0x09) && index == octets.count - 1
            // A dot alone at the start of a line would be stuffed on the way; a From there would be quoted by mbox.
            let isRisky = current.isEmpty && (octet == UInt8(ascii: ".") || octet == UInt8(ascii: "F"))
            let isPlain = octet >= 0x20 && octet < 0x7F && octet != UInt8(ascii: "=") || octet == 0x09
            let piece = isPlain && !isLastSpace && !isRisky ? [octet] : escaped(octet)
            if current.count + piece.count > 75 {
                lines.append(String(decoding: current + [UInt8(ascii: "=")], as: UTF8.self))
                current = []
            }
            current += piece
        }
        lines.append(String(decoding: current, as: UTF8.self))
        return lines
    }

    private static func escaped(_ octet: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "="), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
    }
}
