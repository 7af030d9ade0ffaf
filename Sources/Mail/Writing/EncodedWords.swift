/// Text in headers that is not ASCII (RFC 2047), in the Q encoding.
///
/// Danish stays readable in it, and some readers stop at the padding that base64 needs when a word holds whole characters.
enum EncodedWords {
    private static let prefix = "=?utf-8?Q?"
    private static let suffix = "?="
    /// Octets of a line that holds an encoded word, and of the word itself (section 2).
    private static let lineLength = 76
    private static let wordLength = 75
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// `=?utf-8?Q?…?=` words, one a line; a character is never cut in two (section 5).
    ///
    /// The column is how many octets stand before it on its first line.
    static func encode(_ value: String, after column: Int) -> String {
        let frame = prefix.utf8.count + suffix.utf8.count
        var words: [String] = []
        var word: [UInt8] = []
        // A very long field name must still leave room for a character.
        var room = max(12, min(lineLength - column, wordLength) - frame)
        for scalar in value.unicodeScalars {
            let piece = encoded(scalar)
            if word.count + piece.count > room {
                words.append(prefix + String(decoding: word, as: UTF8.self) + suffix)
                word = []
                room = wordLength - frame
            }
            word += piece
        }
        if !word.isEmpty { words.append(prefix + String(decoding: word, as: UTF8.self) + suffix) }
        return words.joined(separator: "\r\n ")
    }

    /// Only what may stand bare in every place, a display name among them (section 5, rule 3).
    private static func encoded(_ scalar: Unicode.Scalar) -> [UInt8] {
        switch scalar {
        case " ": [UInt8(ascii: "_")]
        case "0"..."9", "A"..."Z", "a"..."z", "!", "*", "+", "-", "/": [UInt8(truncatingIfNeeded: scalar.value)]
        default:
            String(scalar).utf8.flatMap { [UInt8(ascii: "="), digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        }
    }
}
