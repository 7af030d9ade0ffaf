/// A forwarded mail within the text of another.
struct InlineForward {
    /// What stands above it.
    var note: [TextLine]
    /// What stands below it, by the forwarder or by whoever made it look so.
    var below: [TextLine] = []
    var original: Letter.Original
    /// The forwarded text, one level of `>` taken off where all of it is set off so.
    var lines: [TextLine]

    init(note: [TextLine], original: Letter.Original, lines: [TextLine]) {
        self.note = note
        self.original = original
        self.lines = lines
    }

    /// What is known of the mail around the text.
    struct Surroundings {
        /// Its subject, and what the prefix of it says.
        var subject: String
        var meaning: SubjectPrefixes.Meaning?
        /// Whether one of our own people speaks within what was forwarded: what they quote they pass on.
        var passesOnQuotations = false
        /// Offset of its Date, for dates without one.
        var zone: Int?

        init(_ original: Letter.Original, zone: Int?, passesOnQuotations: Bool = false) {
            subject = original.subject
            meaning = SubjectPrefixes.meaning(of: original.subject)
            self.zone = zone
            self.passesOnQuotations = passesOnQuotations
        }

        /// Whether a header or an introduction without a marker begins a forward rather than a quotation.
        var takesQuotations: Bool { meaning == .forward || passesOnQuotations }
    }

    /// The first forwarded mail in a text, or `nil`.
    ///
    /// A header without a marker is the quotation of what is answered when the mail's own subject says it is a reply.
    static func find(in lines: [TextLine], of mail: Surroundings) -> InlineForward? {
        for index in lines.indices {
            let line = lines[index].unquoted
            if let meaning = ForwardMarkers.meaning(of: line) {
                guard meaning == .forward || mail.meaning != .reply || mail.passesOnQuotations else {
                    return nil
                }
                if let found = below(index, lines, mail) { return found }
            } else if let rest = ForwardMarkers.rest(of: line),
                let block = HeaderBlock(folded: rest, end: index + 1)
            {
                return InlineForward(block, noteEnd: index, inner: lines, mail)
            } else if let block = header(at: index, lines, mail) {
                let isQuotation = mail.meaning == .reply && !mail.passesOnQuotations
                return isQuotation ? nil : InlineForward(block, noteEnd: index, inner: lines, mail)
            } else if let introduction = QuoteIntroduction(lines[...], at: index) {
                guard mail.takesQuotations else { return nil }
                if let found = InlineForward(introduction, at: index, lines, mail) { return found }
            }
        }
        return nil
    }

    /// A forward whose header stands within the lines below a marker.
    private static func below(_ marker: Int, _ lines: [TextLine], _ mail: Surroundings)
        -> InlineForward?
    {
        guard let next = lines[(marker + 1)...].prefix(4).firstIndex(where: { !$0.unquoted.isBlank })
        else { return nil }
        guard lines[next].isQuotation else {
            return HeaderBlock(lines[...], at: next).map {
                InlineForward($0, noteEnd: marker, inner: lines, mail)
            }
        }
        // The quotation marks of all lines are taken off once a header is found, not below each marker.
        let reach = lines[next...].prefix(HeaderBlock.longest).map(\.unquotedOnce)
        guard HeaderBlock(reach[...], at: 0) != nil else { return nil }
        let end = ForwardEnd.belowQuotation(lines[next...])
        let inner = lines[..<next] + lines[next..<end].map(\.unquotedOnce)
        return HeaderBlock(inner, at: next).map {
            InlineForward($0, noteEnd: marker, inner: Array(inner), mail).with(below: lines[end...])
        }
    }

    /// A header without a marker, as Outlook writes it; business mail that merely holds such lines has none.
    private static func header(at index: Int, _ lines: [TextLine], _ mail: Surroundings)
        -> HeaderBlock?
    {
        guard HeaderLabels.read(lines[index]) != nil, let block = HeaderBlock(lines[...], at: index),
            block.fieldCount >= 3, let from = block.values[.from], let date = block.values[.date],
            date.contains(where: { (0x30...0x39).contains($0) })
        else { return nil }
        let isSetOff =
            mail.takesQuotations || lines[index].mark == .quotation
            || index > 0 && ForwardMarkers.isRule(lines[index - 1])
        let isName = from.split(separator: 0x20).count <= 6
        return block.hasSenderAddress || isSetOff && isName ? block : nil
    }

    private init(_ block: HeaderBlock, noteEnd: Int, inner: [TextLine], _ mail: Surroundings) {
        var above = inner[..<noteEnd]
        // The client's own line above the header is nobody's word.
        if let last = above.lastIndex(where: { !$0.isBlank }),
            ForwardMarkers.isRule(above[last]) || ForwardMarkers.isFramed(above[last])
        {
            above = above[..<last]
        }
        let (forwarded, below) = ForwardEnd.divide(inner[block.end...])
        note = Array(above)
        self.below = Array(below)
        original = Letter.Original(
            from: block.values[.from].flatMap { MailboxText.list($0).first },
            to: block.values[.to].map(MailboxText.list) ?? [],
            cc: block.values[.cc].map(MailboxText.list) ?? [],
            subject: block.values[.subject]?.string ?? "",
            date: block.values[.date].map {
                WrittenDate.read($0, zone: mail.zone, language: block.language)
            } ?? LetterDate())
        lines = Self.opened(Self.withoutSharedQuotation(forwarded))
    }

    /// A forward under an introduction, the subject that of the mail around it; `nil` when it names no address.
    private init?(
        _ introduction: QuoteIntroduction, at index: Int, _ lines: [TextLine], _ mail: Surroundings
    ) {
        let attribution = Attribution(introduction, zone: mail.zone)
        guard let from = attribution.from else { return nil }
        let start = index + introduction.length
        let end = ForwardEnd.belowQuotation(lines[start...])
        note = Array(lines[..<index])
        below = Array(lines[end...])
        original = Letter.Original(
            from: from, subject: SubjectPrefixes.withoutForwards(mail.subject), date: attribution.date)
        self.lines = Self.opened(
            Self.withoutIndentation(Self.withoutSharedQuotation(lines[start..<end])))
    }

    /// Where a client's structure begins the forwarded text below its header, no quotation within it begins.
    private static func opened(_ lines: [TextLine]) -> [TextLine] {
        guard let first = lines.firstIndex(where: { !$0.isBlank }), lines[first].mark == .quotation else {
            return lines
        }
        var lines = lines
        lines[first].mark = .none
        return lines
    }

    private func with(below: ArraySlice<TextLine>) -> InlineForward {
        var forward = self
        forward.below += below
        return forward
    }

    /// Without one level of `>` where the whole text is set off.
    private static func withoutSharedQuotation(_ lines: ArraySlice<TextLine>) -> [TextLine] {
        let isShared =
            lines.contains(where: \.isQuotation) && lines.allSatisfy { $0.isQuotation || $0.isBlank }
        return isShared ? lines.map(\.unquotedOnce) : Array(lines)
    }

    /// Without the four spaces that Outlook for Mac sets a forward in by.
    private static func withoutIndentation(_ lines: [TextLine]) -> [TextLine] {
        let indentation = "    ".utf8
        guard lines.allSatisfy({ $0.isBlank || $0.octets.starts(with: indentation) }) else {
            return lines
        }
        return lines.map { TextLine(octets: $0.octets.dropFirst(indentation.count), mark: $0.mark) }
    }
}
