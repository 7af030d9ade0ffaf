import FoundationEssentials

/// Text in headers that is not ASCII (RFC 2047).
enum EncodedWords {
    private static let prefix = "=?utf-8?B?"
    private static let suffix = "?="
    /// Octets of a line that holds an encoded word, and of the word itself (section 2).
    private static let lineLength = 76
    private static let wordLength = 75

    /// `=?utf-8?B?…?=` words, one a line; a character is never cut in two (section 5).
    ///
    /// The column is how many octets stand before it on its first line.
    static func encode(_ value: String, after column: Int) -> String {
        var words: [String] = []
        var piece: [UInt8] = []
        var room = octets(in: lineLength - column)
        for scalar in value.unicodeScalars {
            let octets = UTF8.encode(scalar).map(Array.init) ?? []
            if piece.count + octets.count > room {
                words.append(word(piece))
                piece = []
                room = self.octets(in: lineLength - 1)
            }
            piece += octets
        }
        if !piece.isEmpty { words.append(word(piece)) }
        return words.joined(separator: "\r\n ")
    }

    /// Octets of text whose word takes no more than the room; a very long field name must still leave some.
    private static func octets(in room: Int) -> Int {
        max(3, (min(room, wordLength) - prefix.utf8.count - suffix.utf8.count) / 4 * 3)
    }

    private static func word(_ octets: [UInt8]) -> String { prefix + Data(octets).base64EncodedString() + suffix }
}
