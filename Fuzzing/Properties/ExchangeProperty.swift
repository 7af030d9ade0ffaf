import Mail

/// What is told apart as asked and answered stands in the mail so: each answer right below its question, one exchange behind
/// the other, and nothing in two of them.
enum ExchangeProperty {
    static func fault(in letter: Letter) -> String? {
        let (text, quoted) = (Lines(letter.text), Lines(letter.quoted))
        var (textPlace, quotedPlace) = (0, 0)
        for exchange in letter.exchanges {
            let (question, answer) = (Lines(exchange.question), Lines(exchange.answer))
            guard let asked = quoted.end(ofQuoted: question, from: quotedPlace) else {
                return "a question that is not quoted: \(exchange.question.debugDescription)"
            }
            guard let answered = text.end(of: answer, below: question, from: textPlace) else {
                return "an answer that does not stand below its question: \(exchange.answer.debugDescription)"
            }
            (quotedPlace, textPlace) = (asked, answered)
        }
        return nil
    }
}

/// Lines of a text; digits are alike, as a number may be hidden in one text and not in the other.
private struct Lines {
    private let lines: [[UInt8]]

    init(_ text: String) {
        lines = Self.folded(Array(text.utf8)).split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    }

    /// Digits as the `x` that hides them, full-width ones as the wide one.
    private static func folded(_ octets: [UInt8]) -> [UInt8] {
        var octets = octets
        for index in octets.indices {
            if (0x30...0x39).contains(octets[index]) { octets[index] = UInt8(ascii: "x") }
            let isWide = index >= 2 && octets[index - 2] == 0xEF && octets[index - 1] == 0xBC
            if isWide, (0x90...0x99).contains(octets[index]) { (octets[index - 1], octets[index]) = (0xBD, 0x98) }
        }
        return octets
    }

    /// Where the quotation of a text ends.
    func end(ofQuoted question: Lines, from start: Int) -> Int? {
        places(from: start, of: question).first { isQuoted(question, at: $0) }.map { $0 + question.lines.count }
    }

    /// Where an answer ends right above which its question is quoted; lines that show nothing may stand between.
    func end(of answer: Lines, below question: Lines, from start: Int) -> Int? {
        places(from: start, of: question).lazy.filter { isQuoted(question, at: $0) }.compactMap { place -> Int? in
            let first = lines[(place + question.lines.count)...].firstIndex { !Self.isBlank($0) } ?? lines.count
            return lines[first...].starts(with: answer.lines) ? first + answer.lines.count : nil
        }.first
    }

    private func places(from start: Int, of other: Lines) -> Range<Int> {
        start..<max(start, lines.count - other.lines.count + 1)
    }

    private func isQuoted(_ question: Lines, at place: Int) -> Bool {
        zip(lines[place...], question.lines).allSatisfy { line, asked in
            line.suffix(asked.count).elementsEqual(asked) && line.dropLast(asked.count).allSatisfy(Self.isMark)
        }
    }

    /// Whether nothing but marks stands in a line; more than three capitals are a word (``TextLine``).
    private static func isBlank(_ line: [UInt8]) -> Bool {
        let isPlainMark = { (octet: UInt8) in octet == UInt8(ascii: ">") || octet == 0x20 }
        let rest = line.drop(while: isPlainMark)
        let initials = rest.prefix { (0x41...0x5A).contains($0) }.count
        guard (1...3).contains(initials), rest.dropFirst(initials).first == UInt8(ascii: ">") else {
            return rest.isEmpty
        }
        return rest.dropFirst(initials).allSatisfy(isPlainMark)
    }

    /// `>`, spaces, and the initials that some clients put before.
    private static func isMark(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: ">") || octet == 0x20 || (0x41...0x5A).contains(octet)
    }
}
