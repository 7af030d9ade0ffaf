/// Lines next to each other that are all quoted, or all the writer's own.
struct Passage {
    var lines: ArraySlice<TextLine>
    var isQuotation: Bool

    /// The passages of a text in order; blank lines go with what stands above them.
    static func all(_ lines: ArraySlice<TextLine>) -> [Passage] {
        var passages: [Passage] = []
        var start = lines.startIndex
        var isQuotation: Bool?
        for index in lines.indices where !lines[index].isBlank {
            let isQuoted = lines[index].isQuotation || isQuotation == true && isBrokenOff(lines, at: index)
            if let before = isQuotation, before != isQuoted {
                passages.append(Passage(lines: lines[start..<index], isQuotation: before))
                start = index
            }
            isQuotation = isQuoted
        }
        return passages + [Passage(lines: lines[start...], isQuotation: isQuotation ?? false)]
    }

    /// Whether a line is the end of the quoted one above, which was broken in sending: that is long and ends within a
    /// sentence, and this one is short and begins with a small letter, or with another one while the quotation goes on below.
    private static func isBrokenOff(_ lines: ArraySlice<TextLine>, at index: Int) -> Bool {
        guard index > lines.startIndex else { return false }
        let above = lines[index - 1].octets.trimmingSpacesAtEnd
        if isEndOfLink(lines[index].octets.trimmingSpaces, below: above) { return true }
        guard lines[index].octets.count <= 40 else { return false }
        guard above.count >= 65, lines[index - 1].isQuotation, let last = above.last else { return false }
        let first = lines[index].octets.first ?? 0
        let isSmall = (0x61...0x7A).contains(first) || first >= 0x80
        let goesOn = index + 1 < lines.endIndex && lines[index + 1].isQuotation && (0x41...0x5A).contains(first)
        return (isSmall || goesOn) && !".?!:".utf8.contains(last)
    }

    /// Whether a line is the end of a link in brackets that the one above begins: `(https://x.example/tilbud` and `/4711)`.
    private static func isEndOfLink(_ line: ArraySlice<UInt8>, below above: ArraySlice<UInt8>) -> Bool {
        guard let last = line.last, last == UInt8(ascii: ")") || last == UInt8(ascii: ">"), !line.contains(0x20) else {
            return false
        }
        let word = above[(above.lastIndex(of: 0x20).map { $0 + 1 } ?? above.startIndex)...]
        let open = UInt8(ascii: last == UInt8(ascii: ")") ? "(" : "<")
        guard let start = word.lastIndex(of: open), !word[start...].contains(last) else { return false }
        return word[start...].dropFirst().starts(with: "http".utf8)
    }

    /// Whether anything but blank lines and quotation marks stands in it.
    var hasWords: Bool { lines.contains { !$0.unquoted.isBlank } }

    /// Own words without a signature, which may be the writer's name alone, or a footer.
    func words(of writer: String?) -> ArraySlice<TextLine> {
        let isFooter = Notices.footer(Array(lines)) == lines.firstIndex { !$0.isBlank }.map { $0 - lines.startIndex }
        return isFooter ? [] : SignatureText(Array(lines), of: writer, isForwarder: false).body
    }

    /// Whether the writer says something here: a signature or a footer is no answer, and below the last quotation neither is
    /// their name.
    func isAnswer(isLast: Bool, of writer: String?) -> Bool {
        guard !isQuotation, hasWords, words(of: writer).contains(where: { !$0.isBlank }) else { return false }
        return !isLast || !isName(writer)
    }

    /// Whether nothing stands here but the name, or the first one.
    private func isName(_ writer: String?) -> Bool {
        guard let writer else { return false }
        let text = Folding.text(words(of: writer).joinedText.utf8)
        let name = Folding.text(writer.utf8)
        return text == name || text == name.prefix { $0 != " " }
    }

    /// Lines of a quotation's end that may be the signature of the mail that is quoted.
    private static let longestSignature = 8

    /// Whether the mail that is quoted is closed in it: what stands below answers it as a whole, if anything.
    var isClosed: Bool {
        lines.lazy.map(\.unquoted).filter { !$0.isBlank }.suffix(Self.longestSignature)
            .contains { Closings.kind(of: $0.octets) == .greeting }
    }

    /// The last paragraph of a quotation, without its marks: what an answer right below it answers.
    var question: String {
        var reach = lines
        while let last = reach.last, last.unquoted.isBlank { reach = reach.dropLast() }
        let start = reach.lastIndex { $0.unquoted.isBlank }.map { $0 + 1 } ?? reach.startIndex
        return reach[start...].map(\.unquoted).joinedText
    }
}
