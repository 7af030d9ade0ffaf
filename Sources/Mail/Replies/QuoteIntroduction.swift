/// An introduction of a quotation, over one to three lines.
struct QuoteIntroduction {
    /// Lines it takes.
    var length: Int
    var text: ArraySlice<UInt8>
    var language: String?

    /// Lines an introduction takes at most, and octets of each.
    private static let longest = 3
    private static let widest = 300

    /// The introduction that starts at a line, or `nil`.
    init?(_ lines: ArraySlice<TextLine>, at index: Int) {
        // Most lines do not end with a colon, and neither do the two below.
        let reach = lines[index...].prefix(Self.longest)
        guard reach.contains(where: { QuoteIntroductions.end(of: $0.octets.trimmingSpacesAtEnd).mayEnd }) else {
            return nil
        }
        var text: [UInt8] = []
        for (count, line) in reach.enumerated() {
            let octets = line.unquoted.octets.trimmingSpaces
            guard !octets.isEmpty, octets.count < Self.widest else { return nil }
            if count == 0, !Self.mayBegin(octets) { return nil }
            if !text.isEmpty, text.last != UInt8(ascii: "<") { text.append(0x20) }
            text.append(contentsOf: octets)
            let (mayEnd, isOpen) = QuoteIntroductions.end(of: octets)
            guard mayEnd else { continue }
            guard let (certainty, language) = QuoteIntroductions.match(text[...]),
                certainty == .certain || Self.isQuoted(lines, below: index + count),
                !isOpen || Self.isEnded(lines, below: index + count)
            else {
                if isOpen { continue }
                return nil
            }
            // Where the lines below are one by themselves, the sentence above them is said.
            if reach.first?.octets.trimmingSpacesAtEnd.last == UInt8(ascii: "."),
                QuoteIntroduction(lines, at: index + 1) != nil
            {
                return nil
            }
            (self.length, self.text, self.language) = (count + 1, text[...], language)
            return
        }
        return nil
    }

    /// The first line holds the date or the address, or a name between dashes; it is no sentence that ends.
    private static func mayBegin(_ octets: ArraySlice<UInt8>) -> Bool {
        guard let last = octets.last, !"!?".utf8.contains(last) else { return false }
        if last == UInt8(ascii: ".") { return octets.contains(UInt8(ascii: "@")) && endsInDate(octets.dropLast()) }
        return octets.starts(with: "----".utf8)
            || octets.contains { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "@") }
    }

    /// Whether a date is broken off there: `… skrev den fre. 27`, `… 27. nov`, `… 2026 kl`.
    private static func endsInDate(_ text: ArraySlice<UInt8>) -> Bool {
        let word = Folding.lower(text[(text.lastIndex(of: 0x20) ?? text.startIndex)...].trimmingSpaces)
        guard let last = word.last, word.count <= 5 else { return false }
        return (0x30...0x39).contains(last) || word.elementsEqual("kl".utf8)
            || MonthNames.month(word[...], language: nil) != nil
    }

    /// Whether the text does not run on in the next line.
    private static func isEnded(_ lines: ArraySlice<TextLine>, below index: Int) -> Bool {
        lines[(index + 1)...].first.map { $0.unquoted.isBlank || $0.isQuotation } ?? true
    }

    private static func isQuoted(_ lines: ArraySlice<TextLine>, below index: Int) -> Bool {
        lines[(index + 1)...].prefix(3).first { !$0.isBlank }?.isQuotation ?? false
    }
}
