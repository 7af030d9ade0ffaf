import Foundation

/// Makes text fit for storing: NFC, no NUL, no byte order marks, no controls above ASCII, lines that end with `\n`.
package enum Repair {
    package static func text(_ text: String) -> String {
        String(decoding: octets(Array(text.utf8)), as: UTF8.self)
    }

    /// The same for the octets of valid UTF-8.
    package static func octets(_ octets: [UInt8]) -> [UInt8] { composed(withoutControls(octets)) }

    /// In NFC: what was put together of pieces, or came from entities of HTML, need not be.
    static func composed(_ octets: [UInt8]) -> [UInt8] {
        guard needsComposing(octets) else { return octets }
        let text = boundingMarks(String(decoding: octets, as: UTF8.self))
        return Array(text.precomposedStringWithCanonicalMapping.utf8)
    }

    /// Marks on one letter that are kept (UAX #15 section 13): no language has more, and to put them in order takes the
    /// square of their number.
    private static let markLimit = 30

    private static func boundingMarks(_ text: String) -> String {
        var marks = 0
        let isMark = { (scalar: Unicode.Scalar) in
            scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
        }
        let isSurplus = { (scalar: Unicode.Scalar) in
            marks = isMark(scalar) ? marks + 1 : 0
            return marks > markLimit
        }
        guard text.unicodeScalars.contains(where: isSurplus) else { return text }
        marks = 0
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isSurplus($0) }))
    }

    /// For header values: one line, no white space at the ends.
    package static func line(_ line: String) -> String {
        let text = text(line)
        let octets = Array(text.utf8)
        guard
            octets.contains(where: { $0 < 0x20 || $0 == 0x7F }) || octets.first == 0x20
                || octets.last == 0x20
        else { return text }
        return octets.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }[...].trimmingSpaces.string
    }

    private static func withoutControls(_ octets: [UInt8]) -> [UInt8] {
        guard mayHoldControls(octets) else { return octets }
        var clean: [UInt8] = []
        clean.reserveCapacity(octets.count)
        var index = 0
        while index < octets.count {
            switch octets[index] {
            case 0: clean.append(contentsOf: [0xEF, 0xBF, 0xBD])
            case UInt8(ascii: "\r"):
                if index + 1 == octets.count || octets[index + 1] != UInt8(ascii: "\n") {
                    clean.append(UInt8(ascii: "\n"))
                }
            case 0xEF where octets[index...].starts(with: byteOrderMark): index += 2
            case 0xC2 where index + 1 < octets.count && octets[index + 1] < 0xA0:
                clean += control(octets[index + 1])
                index += 1
            default: clean.append(octets[index])
            }
            index += 1
        }
        return clean
    }

    /// Looks at all octets without an end before the last, which the machine does for many at once.
    private static func mayHoldControls(_ octets: [UInt8]) -> Bool {
        octets.withUnsafeBufferPointer { octets in
            var seen: UInt8 = 0
            for octet in octets {
                seen |= octet == 0 || octet == 0x0D ? 1 : 0
                seen |= octet == 0xEF || octet == 0xC2 ? 1 : 0
            }
            return seen != 0
        }
    }

    /// U+0080 to U+009F, which no text has, is windows-1252 that was taken for ISO 8859-1.
    private static func control(_ octet: UInt8) -> [UInt8] {
        let text = WesternCharset.windows.text(of: [octet])
        return text == [0xEF, 0xBF, 0xBD] ? [0xC2, octet] : text
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Whether a character might not be in NFC.
    ///
    /// Everything below U+0300 is (Unicode, NFC_Quick_Check), and so is the usual punctuation from U+2002.
    private static func needsComposing(_ octets: [UInt8]) -> Bool {
        octets.withUnsafeBufferPointer { octets in
            var highest: UInt8 = 0
            for octet in octets { highest = max(highest, octet) }
            return highest >= 0xCC
                && octets.indices.contains { index in
                    guard octets[index] >= 0xCC else { return false }
                    let isPunctuation =
                        octets[index] == 0xE2 && index + 2 < octets.count && octets[index + 1] == 0x80
                        && octets[index + 2] >= 0x82
                    return !isPunctuation
                }
        }
    }
}
