package import Correspondence
package import FoundationEssentials
package import Mail
package import Quoting
package import Rules
package import Understanding

/// What is made of a letter and what was said before it: dossier, price and advice.
///
/// Pure; the daemon, `brevdue quote` and `brevdue rules test` call the same.
package struct Consideration: Sendable {
    /// What the records know around a letter; nothing for a mail that is only tried out.
    package struct Background: Sendable {
        /// Name and town of the company, where the directory knows better than the signature.
        package var companyName: String?
        package var town: String?
        /// What was said before, in other messages.
        package var earlier: [Statement] = []
        package var history: [Dossier.HistoryEntry] = []
        package var openQuotes: [Dossier.OpenQuote] = []
        package var colleagues: [String] = []
        /// What came of the letter's attachments; their texts are not needed.
        package var attachments: [ReadAttachment] = []

        package init() {}
    }

    package var dossier: Dossier
    package var pricing: Pricing
    package var recommendations: [Recommendation]

    /// A mail older than this when it comes in is dealt with as of the day it came.
    private static let longestWay: TimeInterval = 14 * 86_400

    /// Considers a letter.
    ///
    /// `readings`: what was read out of the letter, of each speaker (``FactFinder/readings(in:)``).
    /// `now`: when it came in or is dealt with; the rules count from the letter's own date where that is near enough.
    package init(
        letter: Letter, link: LinkDecision, readings: [Fact], background: Background = Background(), rules: RuleSet,
        now: Date
    ) {
        let instant = Self.day(of: letter, now: now)
        let contact = ContactReader.read(letter)
        let town = background.town ?? contact.company.town
        let company = Dossier.Company(
            number: link.number, name: background.companyName ?? contact.company.name,
            postcode: town == contact.company.town ? contact.company.postcode : nil, town: town)
        let merged = MergedFacts(
            atHand: Statement.statements(in: letter, facts: readings, receivedAt: instant), earlier: background.earlier,
            rules: rules)
        dossier = Dossier(
            letter: letter, link: link, facts: merged.facts, disagreements: merged.disagreements,
            earlier: background.earlier.sorted { $0.source.saidAt > $1.source.saidAt }, company: company,
            contact: contact.contact, history: background.history, openQuotes: background.openQuotes,
            colleagues: background.colleagues, attachments: background.attachments)
        pricing = Pricing(dossier, rules: rules, at: instant)
        recommendations = Recommendation.all(
            for: dossier, rules: rules, at: instant, now: now, isPriced: pricing.quote != nil,
            hasQuestions: !pricing.questions.isEmpty)
    }

    /// The summary of it.
    package func summary(leadReference: String?, quoteNumber: String?, publicURL: String?) -> SalesSummary {
        SalesSummary(
            dossier: dossier, recommendations: recommendations, pricing: pricing, leadReference: leadReference,
            quoteNumber: quoteNumber, publicURL: publicURL)
    }

    /// When the letter was sent, which its own deadlines and ours are counted from; a date that is to come or long past
    /// says more of a clock than of the mail.
    private static func day(of letter: Letter, now: Date) -> Date {
        guard let sent = letter.date.instant, sent <= now, now.timeIntervalSince(sent) <= longestWay else { return now }
        return sent
    }
}
