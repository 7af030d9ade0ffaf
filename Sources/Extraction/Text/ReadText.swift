import Mail

/// Text that came out of a reader, fit for storing: NFC, no NUL or other controls, bounded.
struct ReadText {
    var text: String
    var isCut: Bool

    init(_ octets: [UInt8], isCut: Bool, limit: Int) {
        // Octets that are no UTF-8, such as a character cut in the middle, become U+FFFD.
        var clean = Repair.octets(Array(String(decoding: octets, as: UTF8.self).utf8))
        // A form feed parts pages.
        for index in clean.indices where clean[index] == 0x0C { clean[index] = 0x0A }
        clean.removeAll { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }
        let lines = TextLine.lines(of: clean).joinedText
        self.isCut = isCut || lines.utf8.count > limit
        var end = lines.utf8.index(lines.startIndex, offsetBy: limit, limitedBy: lines.endIndex) ?? lines.endIndex
        while end > lines.startIndex, end.samePosition(in: lines.unicodeScalars) == nil {
            end = lines.utf8.index(before: end)
        }
        text = String(lines[..<end])
        while isCut, text.unicodeScalars.last == "\u{FFFD}" { text.unicodeScalars.removeLast() }
    }
}
