import CVR
import Correspondence
package import FoundationEssentials
package import Jobs
package import Logging
import Mail
package import Postgres
import Quoting
import Records
import Rules
import Understanding

/// ANSWER: message to dossier, advice, price and mail; all of it and the outbox entry in one transaction for a batch.
package struct AnswerStep: BatchHandler {
    /// A summary that has not left after a day helps nobody.
    private static let lifetime: TimeInterval = 86_400

    private let house: House
    private let rules: RuleBook
    /// Whether mail leaves at all; without a relay it waits in the outbox.
    private let sends: Bool
    private let logger: Logger
    private let now: @Sendable () -> Date

    package init(
        house: House, rules: RuleBook, sends: Bool, logger: Logger, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.house = house
        self.rules = rules
        self.sends = sends
        self.logger = logger
        self.now = now
    }

    package var followUps: [String] { sends ? [SendJob.queue] : [] }

    package func handle(_ jobs: [Job], in transaction: Transaction) async throws {
        let orders = try jobs.map { try $0.decode(AnswerJob.self) }
        let instant = now()
        let summaries = try await summaries(orders, at: instant, in: transaction)
        let guidances = try await guidances(orders, at: instant, in: transaction)
        let entries = summaries.map(\.entry) + guidances
        _ = try await transaction.pipeline(
            try Quotes.save(summaries.compactMap(\.draft)) + Quotes.save(summaries.map(\.advice)) + [
                Outbox.put(entries, sending: sends), Timeline.finish(orders.map(\.message)),
            ])
    }

    /// What one summary leaves behind.
    private struct Result: Sendable {
        var advice: Quotes.Advice
        var draft: Quotes.Draft?
        var entry: Outbox.Entry
    }

    private func summaries(_ orders: [AnswerJob], at instant: Date, in transaction: Transaction) async throws
        -> [Result]
    {
        let ids = orders.filter { $0.answer == .summary }.map(\.message)
        guard !ids.isEmpty else { return [] }
        let leads = try await OpenLead.load(ids, in: transaction)
        let considered = await withTaskGroup(of: (Int, Consideration).self) { group in
            for (index, lead) in leads.enumerated() {
                group.addTask { (index, consider(lead, at: instant)) }
            }
            return await group.reduce(into: [Int: Consideration]()) { $0[$1.0] = $1.1 }
        }
        let results = leads.indices.compactMap { index in considered[index].map { (leads[index], $0) } }
        let priced = results.count { $0.1.pricing.quote != nil }
        var numbers = try await Quotes.allocate(
            priced, year: CalendarDay(danishAt: instant).year, in: transaction
        ).makeIterator()
        var versions: [Int64: (number: String, version: Int32)] = [:]
        return results.map { lead, consideration in
            var draft: Quotes.Draft?
            if let quote = consideration.pricing.quote, let fresh = numbers.next() {
                let last = versions[lead.leadID] ?? (lead.quoteNumber ?? fresh.number, lead.quoteVersion)
                versions[lead.leadID] = (last.number, last.version + 1)
                draft = Quotes.Draft(
                    id: fresh.id, number: last.number, version: last.version + 1, leadID: lead.leadID,
                    messageID: lead.messageID, cvr: lead.link.number?.description, quote: quote)
            }
            return result(lead, consideration, draft, at: instant)
        }
    }

    private func consider(_ lead: OpenLead, at instant: Date) -> Consideration {
        Consideration(
            letter: lead.letter, link: lead.link, readings: lead.facts, background: background(of: lead),
            rules: rules.rules, now: instant)
    }

    private func background(of lead: OpenLead) -> Consideration.Background {
        var background = Consideration.Background()
        background.companyName = lead.companyName
        background.town = lead.town
        background.history = lead.history
        background.earlier = lead.earlier
        background.openQuotes = lead.openQuotes
        background.colleagues = lead.colleagues
        return background
    }

    private func result(
        _ lead: OpenLead, _ consideration: Consideration, _ draft: Quotes.Draft?, at instant: Date
    ) -> Result {
        let summary = consideration.summary(
            leadReference: lead.reference, quoteNumber: draft?.number, publicURL: house.publicURL)
        let recommendations = consideration.recommendations
        return Result(
            advice: Quotes.Advice(
                leadID: lead.leadID, messageID: lead.messageID, cvr: lead.link.number?.description,
                recommendations: recommendations, ruleSet: rules.rules.hash,
                nextStep: recommendations.first { $0.kind == .step }?.action),
            draft: draft,
            entry: entry(
                summary.compose(rules.templates, rules: rules.rules), kind: .salesSummary, answering: lead.letter,
                message: lead.messageID, cvr: lead.link.number?.description, lead: lead.leadID, quote: draft?.id,
                at: instant))
    }

    private func guidances(_ orders: [AnswerJob], at instant: Date, in transaction: Transaction) async throws -> [Outbox
        .Entry]
    {
        let ids = orders.filter { $0.answer == .guidance }.map(\.message)
        guard !ids.isEmpty else { return [] }
        return try await Timeline.letters(ids, in: transaction).map { id, letter in
            entry(
                Guidance(letter: letter).compose(rules.templates), kind: .guidance, answering: letter, message: id,
                cvr: nil,
                lead: nil, quote: nil, at: instant)
        }
    }

    private func entry(
        _ draft: TemplateSet.Draft, kind: Outbox.Kind, answering letter: Letter, message: Int64, cvr: String?,
        lead: Int64?,
        quote: Int64?, at instant: Date
    ) -> Outbox.Entry {
        // The doors proved this address to be one of our own people; nothing in the mail can send the answer elsewhere.
        let recipient = letter.from.first ?? house.from
        let key = EffectKey.make(answering: letter, kind: kind.rawValue)
        let mail = Reply.mail(draft, answering: letter, from: house.from, to: recipient, effectKey: key, at: instant)
        return Outbox.Entry(
            effectKey: key, kind: kind, envelopeFrom: house.from.address, recipients: [recipient.address],
            subject: draft.subject, messageID: mail.messageID, inReplyTo: letter.messageID, causeMessageID: message,
            cvr: cvr,
            leadID: lead, quoteID: quote, octets: mail.octets, expiresAt: instant.addingTimeInterval(Self.lifetime))
    }
}

extension AnswerStep {
    /// Where its jobs wait.
    package static var queue: String { AnswerJob.queue }
}
