import CVR
package import Correspondence
package import FoundationEssentials
package import Jobs
import Mail
package import Postgres
import Quoting
import Records
import Rules
import Understanding

/// ANSWER: message to dossier, advice, price and mail; all of it and the outbox entry in one transaction for a batch.
package struct AnswerStep: BatchHandler {
    private let house: House
    private let replies: ReplyAddress
    private let shelf: RuleShelf
    /// Whether mail leaves at all; without a relay it waits in the outbox.
    private let sends: Bool
    private let receiptPause: TimeInterval
    private let now: @Sendable () -> Date

    /// `receiptPause`: seconds between two receipts to one sender at one mailbox.
    package init(
        house: House, replies: ReplyAddress, shelf: RuleShelf, sends: Bool, receiptPause: TimeInterval = 86_400,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.house = house
        self.replies = replies
        self.shelf = shelf
        self.sends = sends
        self.receiptPause = receiptPause
        self.now = now
    }

    package var followUps: [String] { [NoticeJob.queue] + (sends ? [SendJob.queue] : []) }

    package func handle(_ jobs: [Job], in transaction: Transaction) async throws {
        let notices = jobs.compactMap(OlderNotice.init)
        let orders = try jobs.filter { OlderNotice($0) == nil }.map { try $0.decode(AnswerJob.self) }
        let instant = now()
        let composer = AnswerComposer(house: house, replies: replies, rules: shelf.current)
        let advised = try await advise(orders.filter(\.answer.isAdvice), composer, at: instant, in: transaction)
        let others = try await answer(orders.filter { !$0.answer.isAdvice }, composer, at: instant, in: transaction)
        let entries = advised.compactMap(\.entry) + others
        _ = try await transaction.pipeline(
            try Quotes.save(advised.compactMap(\.draft)) + Quotes.save(advised.compactMap(\.advice)) + [
                Outbox.put(entries, sending: sends), Timeline.finish(orders.map(\.message) + notices.map(\.message)),
            ] + notices.map { NoticeJob.tell(.returned, of: $0.mail, words: "") })
    }

    /// The notice of a mail that came back, as nodes of an older version beside this one order it.
    private struct OlderNotice: Decodable {
        var message: Int64
        var mail: Int64
        var answer: String

        init?(_ job: Job) {
            guard let order = try? job.decode(Self.self), order.answer == "bounceNotice" else { return nil }
            self = order
        }
    }

    /// What is made of one message.
    private struct Result: Sendable {
        /// `nil` where a person is asked first.
        var advice: Quotes.Advice?
        var draft: Quotes.Draft?
        /// `nil` where there is advice alone.
        var entry: Outbox.Entry?
    }

    private func advise(
        _ orders: [AnswerJob], _ composer: AnswerComposer, at instant: Date, in transaction: Transaction
    ) async throws -> [Result] {
        guard !orders.isEmpty else { return [] }
        // Of two orders for one message the last one knows most; advice alone takes nobody's mail away.
        // What attachments add to a summary is in it where it is still to be made.
        let newest = Dictionary(orders.map { ($0.message, $0) }) {
            $1.answer == .advice || $1.finding != nil && $0.answer != .advice ? $0 : $1
        }
        let leads = try await OpenLead.load(Array(newest.keys), in: transaction)
        let considered = await withTaskGroup(of: (Int, Consideration).self) { group in
            for (index, lead) in leads.enumerated() {
                let isPriced = newest[lead.messageID]?.answer.isKept ?? true
                group.addTask { (index, consider(lead, isPriced: isPriced, composer.rules, at: instant)) }
            }
            return await group.reduce(into: [Int: Consideration]()) { $0[$1.0] = $1.1 }
        }
        let results = leads.indices.compactMap { index in considered[index].map { (leads[index], $0) } }
            .filter { lead, consideration in newest[lead.messageID]?.isNews(consideration, after: lead.told) ?? false }
        let drafts = try await drafts(results, at: instant, in: transaction)
        // Writing a mail takes longer than advice and price: one beside the other.
        let written = await withTaskGroup(of: (Int, Result).self) { group in
            for (index, (lead, consideration)) in results.enumerated() {
                guard let order = newest[lead.messageID] else { continue }
                group.addTask {
                    (index, result(consideration, of: lead, drafts[lead.messageID], for: order, composer, at: instant))
                }
            }
            return await group.reduce(into: [Int: Result]()) { $0[$1.0] = $1.1 }
        }
        return results.indices.compactMap { written[$0] }
    }

    private func result(
        _ consideration: Consideration, of lead: OpenLead, _ draft: Quotes.Draft?, for order: AnswerJob,
        _ composer: AnswerComposer, at instant: Date
    ) -> Result {
        let advice = Quotes.Advice(
            leadID: lead.leadID, messageID: lead.messageID, cvr: lead.link.number?.description,
            recommendations: consideration.recommendations, ruleSet: composer.rules.rules.hash,
            nextStep: consideration.recommendations.first { $0.kind == .step }?.action)
        return Result(
            advice: order.answer.isKept ? advice : nil, draft: draft,
            entry: composer.summary(consideration, of: lead, draft, for: order, at: instant))
    }

    /// The next version of each priced lead's quote, by message.
    private func drafts(
        _ results: [(OpenLead, Consideration)], at instant: Date, in transaction: Transaction
    ) async throws -> [Int64: Quotes.Draft] {
        let priced = results.filter { $0.1.pricing.quote != nil }
        var numbers = try await Quotes.allocate(
            priced.count, year: CalendarDay(danishAt: instant).year, in: transaction
        ).makeIterator()
        var versions: [Int64: (number: String, version: Int32)] = [:]
        var drafts: [Int64: Quotes.Draft] = [:]
        for (lead, consideration) in priced {
            guard let quote = consideration.pricing.quote, let fresh = numbers.next() else { continue }
            let last = versions[lead.leadID] ?? (lead.quoteNumber ?? fresh.number, lead.quoteVersion)
            versions[lead.leadID] = (last.number, last.version + 1)
            drafts[lead.messageID] = Quotes.Draft(
                id: fresh.id, number: last.number, version: last.version + 1, leadID: lead.leadID,
                messageID: lead.messageID, cvr: lead.link.number?.description, quote: quote)
        }
        return drafts
    }

    private func consider(
        _ lead: OpenLead, isPriced: Bool, _ rules: RuleBook, at instant: Date
    ) -> Consideration {
        var background = Consideration.Background()
        background.companyName = lead.companyName
        background.town = lead.town
        background.history = lead.history
        background.earlier = lead.earlier
        background.openQuotes = lead.openQuotes
        background.colleagues = lead.colleagues
        background.attachments = lead.attachments
        var consideration = Consideration(
            letter: lead.letter, link: lead.link, readings: lead.facts, background: background, rules: rules.rules,
            now: instant)
        if !isPriced { (consideration.pricing.quote, consideration.pricing.alternatives) = (nil, []) }
        return consideration
    }

    private func answer(
        _ orders: [AnswerJob], _ composer: AnswerComposer, at instant: Date, in transaction: Transaction
    ) async throws -> [Outbox.Entry] {
        guard !orders.isEmpty else { return [] }
        let jobs = Dictionary(orders.map { ($0.message, $0) }) { first, _ in first }
        let letters = try await Timeline.letters(orders.map(\.message), in: transaction)
        var receipts = try await claim(jobs, letters, at: instant, in: transaction)
        return letters.compactMap { id, letter in
            guard let job = jobs[id] else { return nil }
            switch job.answer {
            case .receipt: return composer.receipt(letter, message: id, about: job.about ?? id, at: instant)
            case .publicReceipt:
                let isClaimed = line(of: letter, job).map { receipts.remove($0) != nil } ?? false
                return isClaimed ? composer.publicReceipt(letter, message: id, at: instant) : nil
            case .guidance, .summary, .notice, .question, .advice:
                return composer.guidance(letter, message: id, at: instant)
            }
        }
    }

    /// The receipts that may be given: one in a while for each sender and mailbox, whatever becomes of it.
    private func claim(
        _ jobs: [Int64: AnswerJob], _ letters: [(Int64, Letter)], at instant: Date, in transaction: Transaction
    ) async throws -> Set<ReceiptLedger.Line> {
        let lines = letters.compactMap { id, letter in jobs[id].flatMap { line(of: letter, $0) } }
        return try await ReceiptLedger.claim(
            lines, kind: Outbox.Kind.publicReceipt.rawValue, every: receiptPause, at: instant, in: transaction)
    }

    private func line(of letter: Letter, _ job: AnswerJob) -> ReceiptLedger.Line? {
        guard job.answer == .publicReceipt, let sender = letter.from.first, let mailbox = job.mailbox else {
            return nil
        }
        return ReceiptLedger.Line(address: sender.address, mailbox: mailbox)
    }
}

extension AnswerStep {
    /// Where its jobs wait.
    package static var queue: String { AnswerJob.queue }
}

extension AnswerJob {
    /// Whether there is something to tell: a finding in attachments that changes neither company nor price is none.
    fileprivate func isNews(_ consideration: Consideration, after told: OpenLead.Sums?) -> Bool {
        guard let finding, !finding.isRelinked else { return true }
        let sums = consideration.pricing.quote.map {
            OpenLead.Sums(
                subtotal: Int64($0.subtotal.ore), total: Int64($0.total.ore), firstYear: Int64($0.firstYear.ore))
        }
        return sums != told
    }
}
