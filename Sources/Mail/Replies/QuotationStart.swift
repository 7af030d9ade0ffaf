/// Where the quotation of an earlier mail begins.
struct QuotationStart {
    /// The first line of the quotation, its introduction included; behind the last line when there is none.
    private(set) var line: Int
    /// Lines of the introduction.
    private(set) var length = 0
    /// Whether its lines are set off with `>`.
    private(set) var isMarked = false

    /// The first line below the introduction.
    var end: Int { line + length }

    /// Lines between the place where the structure of HTML begins a quotation and its first marked line, at most.
    private static let longestIntroduction = 4

    init(in lines: ArraySlice<TextLine>) {
        line = lines.endIndex
        for index in lines.indices {
            if let introduction = QuoteIntroduction(lines, at: index) {
                (line, length) = (index, introduction.length)
                isMarked = lines[end...].first { !$0.isBlank }?.isQuotation ?? false
                return
            }
            if Self.begins(at: index, lines) {
                line = index
                takeUnknownIntroduction(lines)
                return
            }
        }
        // A quotation without an introduction counts when it goes on to the end.
        let last = lines.lastIndex { !$0.isBlank && !$0.isQuotation }
        guard let last, lines[(last + 1)...].contains(where: \.isQuotation) else { return }
        (line, isMarked) = (last + 1, true)
    }

    /// A line that the structure of HTML sets above marked lines introduces them, whatever its language.
    private mutating func takeUnknownIntroduction(_ lines: ArraySlice<TextLine>) {
        guard lines[line].mark == .quotation,
            let first = lines[line...].prefix(Self.longestIntroduction).firstIndex(where: \.isQuotation)
        else { return }
        (length, isMarked) = (first - line, true)
    }

    /// Whether a whole mail is quoted from here: by the structure of HTML, a marker, or a header.
    private static func begins(at index: Int, _ lines: ArraySlice<TextLine>) -> Bool {
        let line = lines[index]
        if line.mark == .quotation, !line.isQuotation { return true }
        if ForwardMarkers.isRule(line) {
            return headerStands(in: lines, below: index)
        }
        if let meaning = ForwardMarkers.meaning(of: line.unquoted), !line.isQuotation {
            return meaning == .original || index > lines.startIndex
        }
        // Words between dashes that no table knows, or nothing but dashes.
        if ForwardMarkers.isFramed(line), headerStands(in: lines, below: index) { return true }
        return isHeader(lines, at: index, below: nil)
    }

    /// Whether a header stands right below a line, or behind a blank one, as where the rule was one of HTML.
    private static func headerStands(in lines: ArraySlice<TextLine>, below index: Int) -> Bool {
        let header = lines[(index + 1)...].prefix(2).firstIndex { !$0.isBlank }
        return header.map { isHeader(lines, at: $0, below: lines[index]) } ?? false
    }

    /// Whether a header stands there; the rule above it says what it must hold.
    private static func isHeader(_ lines: ArraySlice<TextLine>, at index: Int, below rule: TextLine?) -> Bool {
        guard HeaderLabels.read(lines[index]) != nil, let block = HeaderBlock(lines, at: index) else { return false }
        let isSetOff = rule.map { ForwardMarkers.isRule($0) || block.isBold && block.fieldCount == 4 } ?? false
        return block.fieldCount >= 3 && (isSetOff || block.isOfMail)
    }
}
