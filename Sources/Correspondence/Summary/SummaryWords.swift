import CVR
import Mail
import Quoting
import Rules
import Understanding

/// The sentences of a summary, in its language; one extension for each section of the mail.
struct SummaryWords {
    /// Facts that the summary itself speaks of; a rule set without them only says less (`facts.yaml` tells of them).
    enum Known {
        static let priceBy = "price_by"
        static let urgent = "urgent"
        static let budget = "budget"
        static let asksPrice = "asks_price"
    }

    /// Quoted words longer than this are cut.
    static let quotedLength = 240

    let summary: SalesSummary
    let rules: RuleSet
    let language: MailLanguage
    let situation: Situation
    let days: Days
    let sentences: [Sentence]

    var dossier: Dossier { summary.dossier }
    var letter: Letter { summary.dossier.letter }
    var isLinked: Bool { dossier.link.status == .linked }

    init(_ summary: SalesSummary, rules: RuleSet) {
        self.summary = summary
        self.rules = rules
        language = summary.language
        situation = Situation(summary.dossier)
        let written = summary.dossier.letter.date.instant ?? summary.dossier.letter.original.date.instant
        days = Days(language: language, today: written.map { CalendarDay(danishAt: $0) })
        sentences = Sentences.all(in: summary.dossier.letter.ownWords)
    }

    func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }

    /// Words of somebody's, on one line and not endless.
    func quoted(_ text: String) -> String {
        "\"\(Layout.clip(PersonalNumbers.hidden(in: text.onOneLine), to: Self.quotedLength))\""
    }

    /// `a, b og c`.
    func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + say(" og ", " and ") + last
    }

    /// All sections; one that has nothing to say is missing.
    var view: View {
        .of([
            "title": summary.leadReference ?? subject,
            "correction": (correction ?? lateFiles).map { View.paragraph($0) },
            "summary": inShort.map { View.paragraph($0) },
            "company": company.map { View.paragraph($0, indent: "  ") },
            "contact": contact.map { View.paragraph($0, indent: "  ") },
            "note": note,
            "wrote": wrote,
            "advice": advice,
            "remarks": remarks,
            "quote": quote,
            "disagreement": disagreement,
            "missing": missing,
            "history": history,
            "commands": commands,
            "link": link,
        ])
    }

    private var link: String? {
        guard let base = summary.publicURL, let reference = summary.leadReference else { return nil }
        return "\(base.hasSuffix("/") ? String(base.dropLast()) : base)/leads/\(reference)"
    }
}
