/// An introduction that stands in one line with the last words of the answer above it.
///
/// Telephones and web forms lose the line end: `Ja tak. Den 24. nov. 2026 kl. 10.12 skrev Jonas <jh@x.example>:`.
enum JoinedIntroduction {
    /// Octets that an introduction takes at most, and the lines it goes on in.
    private static let widest = 300
    private static let longest = 4

    /// Words that an introduction begins with, its date behind them.
    private static let beginnings = ["Den ", "On ", "Am ", "Op ", "Le "].map { Array($0.utf8) }

    /// The lines, such a one divided in two where a marked quotation stands right below.
    static func divided(_ lines: [TextLine]) -> [TextLine] {
        guard let quotation = lines.firstIndex(where: \.isQuotation) else { return lines }
        let reach = lines[..<quotation].suffix(longest).indices.reversed()
        for index in reach where lines[index].mark == .none {
            guard let start = start(in: lines[...quotation], at: index) else { continue }
            let octets = lines[index].octets
            let parts = [octets[..<start], octets[start...]].map { TextLine(octets: $0) }
            return lines[..<index] + parts + lines[(index + 1)...]
        }
        return lines
    }

    /// Where in a line the introduction begins that ends right above the quotation, the last of such lines.
    private static func start(in lines: ArraySlice<TextLine>, at index: Int) -> Int? {
        let octets = lines[index].octets.trimmingSpacesAtEnd
        return octets.suffix(widest).indices.dropFirst(2).last { place in
            octets[place - 1] == 0x20 && ".!?".utf8.contains(octets[place - 2]) && begins(octets[place...])
                && introduces(octets[place...], lines[(index + 1)...])
        }
    }

    /// Whether a date stands right behind one of the words: `Den tir. 24. nov.`, `On Tue, Nov 24`.
    private static func begins(_ text: ArraySlice<UInt8>) -> Bool {
        guard let word = beginnings.first(where: { text.starts(with: $0) }) else { return false }
        return text.dropFirst(word.count).split(separator: 0x20, maxSplits: 3).prefix(3)
            .contains { (0x30...0x39).contains($0.first ?? 0) }
    }

    private static func introduces(_ first: ArraySlice<UInt8>, _ below: ArraySlice<TextLine>) -> Bool {
        let lines = [TextLine(octets: first)] + below
        guard let introduction = QuoteIntroduction(lines[...], at: 0), introduction.text.last == UInt8(ascii: ":"),
            QuoteIntroductions.match(introduction.text)?.certainty == .certain
        else { return false }
        return lines[introduction.length...].first { !$0.isBlank }?.isQuotation ?? false
    }
}
