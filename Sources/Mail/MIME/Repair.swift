import Foundation

/// Makes text fit for storing: NFC, no NUL, lines that end with `\n`.
enum Repair {
    static func text(_ text: String) -> String {
        var text = text
        if text.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\r") }) { text = withoutControls(text) }
        // ASCII is its own NFC.
        return text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    }

    /// For header values: one line, no white space at the ends.
    static func line(_ line: String) -> String {
        let text = text(line)
        guard
            text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) || text.utf8.first == 0x20 || text.utf8.last == 0x20
        else { return text }
        let octets = text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        return String(decoding: octets.trimmingSpaces, as: UTF8.self)
    }

    private static func withoutControls(_ text: String) -> String {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for octet in text.utf8 {
            switch octet {
            case 0: octets += [0xEF, 0xBF, 0xBD]
            case UInt8(ascii: "\r"): octets.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
            default: octets.append(octet)
            }
            previous = octet
        }
        return String(decoding: octets, as: UTF8.self)
    }
}

extension Collection<UInt8> where Self: BidirectionalCollection {
    /// Without spaces, tabs and line ends on either side.
    var trimmingSpaces: SubSequence {
        let isSpace = { (octet: UInt8) in octet == 0x20 || (9...13).contains(octet) }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}
