/// Divides the text of a mail into what is newly written and what is quoted.
struct ReplyText {
    var new: [TextLine]
    var quoted: [TextLine]

    init(_ lines: [TextLine]) {
        let cut = QuotationStart(in: lines)
        let above = lines[..<cut.line]
        if above.contains(where: { !$0.isBlank && !$0.isQuotation }) || cut.line == lines.count {
            // Quoted lines above the cut are answered one by one; what stands below a quotation is written too, unless
            // the quotation is a whole mail without marks.
            let below = lines[(cut.line + cut.length)...]
            let answers = cut.isMarked ? Self.answers(below) : []
            new = above.filter { !$0.isQuotation } + answers
            let isAnswer = !answers.isEmpty
            quoted =
                above.filter(\.isQuotation) + lines[cut.line..<(cut.line + cut.length)]
                + (isAnswer ? below.filter(\.isQuotation) : Array(below))
            if new.allSatisfy(\.isBlank) { (new, quoted) = (quoted.map(\.self), []) }
            return
        }
        // Nothing stands above: the answer is below or within the quotation.
        let below = lines[(cut.line + cut.length)...]
        new = below.filter { !$0.isQuotation }
        quoted = above + lines[cut.line..<(cut.line + cut.length)] + below.filter(\.isQuotation)
        if !below.contains(where: \.isQuotation) { (new, quoted) = ([], Array(lines)) }
    }

    /// What is written below or between marked quotations; nothing when it is but a footer.
    private static func answers(_ below: ArraySlice<TextLine>) -> [TextLine] {
        guard below.first(where: { !$0.isBlank })?.isQuotation ?? false else { return [] }
        return below.filter { !$0.isQuotation }
    }
}

/// Where the quotation of an earlier mail begins.
struct QuotationStart {
    /// The first line of the quotation, its introduction included; the number of lines when there is none.
    var line: Int
    /// Lines of the introduction.
    var length = 0
    /// Whether its lines are set off with `>`.
    var isMarked = false

    init(in lines: [TextLine]) {
        line = lines.count
        for index in lines.indices {
            if let introduction = QuoteIntroduction(lines[...], at: index) {
                let next = lines[(index + introduction.length)...].first { !$0.isBlank }
                (line, length, isMarked) = (index, introduction.length, next?.isQuotation ?? false)
                return
            }
            if Self.begins(at: index, lines) {
                line = index
                return
            }
        }
        // A quotation without an introduction counts when it goes on to the end.
        let last = lines.lastIndex { !$0.isBlank && !$0.isQuotation }
        let tail = last.map { $0 + 1 } ?? 0
        guard tail > 0, lines[tail...].contains(where: \.isQuotation) else { return }
        (line, isMarked) = (tail, true)
    }

    /// Whether a whole mail is quoted from here: by the structure of HTML, a marker, or a header.
    private static func begins(at index: Int, _ lines: [TextLine]) -> Bool {
        let line = lines[index]
        if line.mark == .quotation, !line.isQuotation { return true }
        if ForwardMarkers.isRule(line) {
            return index + 1 < lines.count && isHeader(lines, at: index + 1)
        }
        if let meaning = ForwardMarkers.meaning(of: line.unquoted), !line.isQuotation {
            return meaning == .original || index > 0
        }
        return isHeader(lines, at: index)
    }

    private static func isHeader(_ lines: [TextLine], at index: Int) -> Bool {
        guard HeaderLabels.read(lines[index]) != nil, let block = HeaderBlock(lines[...], at: index)
        else {
            return false
        }
        return block.fieldCount >= 3
    }
}
