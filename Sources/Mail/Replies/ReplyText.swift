/// Divides the text of a mail into what is newly written and what is quoted.
struct ReplyText {
    /// What is newly written; a passage that is answered stands above its answer, set off with `>`.
    private(set) var new: [TextLine] = []
    /// Everything quoted, what is answered too.
    private(set) var quoted: [TextLine] = []
    private(set) var exchanges: [Letter.Exchange] = []
    /// Where in what is new the last passage ends that is answered.
    private(set) var lastQuestion = 0

    /// Exchanges that are told apart at most.
    private static let limit = 100

    private let writer: String?

    /// `writer`: the name of who wrote the mail, which alone is no answer.
    init(_ lines: [TextLine], of writer: String? = nil) {
        self.writer = writer
        let lines = JoinedIntroduction.divided(lines)
        let cut = QuotationStart(in: lines[...])
        let above = lines[..<cut.line]
        if cut.isMarked || cut.line == lines.count {
            divide(above, introduction: lines[cut.line..<cut.end], below: lines[cut.end...])
            if cut.line == lines.count, new.allSatisfy(\.isBlank) { (new, quoted) = (quoted, []) }
        } else if above.contains(where: { !$0.isBlank && !$0.isQuotation }) {
            // Below stands a whole mail without marks.
            let inserted = InsertedAnswers(lines[cut.line...], below: above, of: writer)
            divide(above, introduction: inserted?.header ?? [], below: (inserted?.lines ?? [])[...], isWithin: true)
            quoted += inserted?.rest ?? lines[cut.line...]
        } else if cut.length > 0, lines[cut.end...].contains(where: \.isQuotation) {
            // The marks of the mail that is answered were lost; what it quotes itself is answered all the same.
            let inner = QuotationStart(in: lines[cut.end...])
            quoted = Array(above + lines[cut.line..<cut.end])
            divide(
                lines[cut.end..<inner.line], introduction: lines[inner.line..<inner.end], below: lines[inner.end...],
                isWithin: true)
        } else {
            quoted = lines
        }
    }

    /// Takes what the writer wrote above, within and below a quotation whose lines are marked.
    ///
    /// A quotation without an introduction was chosen by the writer and stays with the answer below it, and so does each
    /// part of a mail that is answered part by part. A mail that is answered as a whole is only quoted.
    private mutating func divide(
        _ above: ArraySlice<TextLine>, introduction: ArraySlice<TextLine>, below: ArraySlice<TextLine>,
        isWithin: Bool = false
    ) {
        let chosen = Passage.all(above)
        let copied = Passage.all(below)
        let isByPart = isWithin || isAnsweredByPart(copied)
        take(chosen, areKept: true, goOn: copied.contains(where: \.hasWords))
        let before = (new.count, lastQuestion, exchanges.count)
        quoted += introduction
        take(copied, areKept: isByPart, goOn: false)
        if copied.contains(where: { $0.isAnswer(isLast: true, of: writer) }) { setSignatureLast(below: before) }
    }

    /// Where the letter was closed above a quotation, and what counts stands within or below it, the signature goes last.
    private mutating func setSignatureLast(below above: (count: Int, lastQuestion: Int, exchanges: Int)) {
        let head = SignatureText(Array(new[..<above.count]), below: above.lastQuestion)
        let isWithin = exchanges.count > above.exchanges
        guard head.signature.contains(where: { !$0.isBlank }), isWithin || head.body.allSatisfy(\.isBlank) else {
            return
        }
        let blank = [TextLine(octets: [])]
        let below = new[above.count...].drop(while: \.isBlank)
        new = head.body + blank + below + blank + head.signature
        if isWithin { lastQuestion += head.body.count + 1 - below.startIndex }
    }

    /// Whether the writer says something between two parts of a mail, or at two places of it.
    private func isAnsweredByPart(_ passages: [Passage]) -> Bool {
        let answers = passages.indices.filter { passages[$0].isAnswer(isLast: $0 == passages.count - 1, of: writer) }
        guard let last = answers.last else { return false }
        return answers.count > 1 || passages[(last + 1)...].contains { $0.isQuotation && $0.hasWords }
    }

    /// Adds passages in order; those quoted are kept above their answers where `areKept`.
    private mutating func take(_ passages: [Passage], areKept: Bool, goOn: Bool) {
        for (index, passage) in passages.enumerated() {
            guard passage.isQuotation else {
                new += passage.lines
                continue
            }
            quoted += passage.lines
            guard areKept, passage.hasWords, !passage.isClosed, index + 1 < passages.count, exchanges.count < Self.limit
            else { continue }
            let next = passages[index + 1]
            guard next.isAnswer(isLast: index + 2 == passages.count && !goOn, of: writer) else { continue }
            new += passage.lines
            lastQuestion = new.count
            exchanges.append(Letter.Exchange(question: passage.question, answer: next.words(of: writer).joinedText))
        }
    }
}
