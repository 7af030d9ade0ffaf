package import Correspondence
import FoundationEssentials
package import Jobs
import Mail
package import Postgres
import Records
import Rules

/// NOTICE: tells the salesperson who caused a mail what became of it.
package struct NoticeStep: EffectHandler {
    /// Where its jobs wait.
    package static var queue: String { NoticeJob.queue }

    private let pool: PostgresPool
    private let house: House
    private let shelf: RuleShelf
    private let replies: ReplyAddress
    private let sends: Bool

    private static let silent = Set([Outbox.Kind.deliveryNotice, .publicReceipt].map(\.rawValue))

    /// `sends`: whether mail leaves at all; without a relay it waits in the outbox.
    package init(pool: PostgresPool, house: House, shelf: RuleShelf, replies: ReplyAddress, sends: Bool) {
        self.pool = pool
        self.house = house
        self.shelf = shelf
        self.replies = replies
        self.sends = sends
    }

    package func perform(_ job: Job, lease: Lease) async throws {
        let order = try job.decode(NoticeJob.self)
        guard let affair = try await Outbox.affair(of: order.mail, in: pool),
            let entry = entry(order, affair, at: Date())
        else { return try await lease.finish([]) }
        try await lease.finish([Outbox.put([entry], sending: sends)])
    }

    /// `nil` where there is nobody to tell, and of a notice itself: that would go round in circles.
    private func entry(_ order: NoticeJob, _ affair: Outbox.Affair, at now: Date) -> Outbox.Entry? {
        guard !Self.silent.contains(affair.kind), let reader = reader(of: affair, order) else { return nil }
        let notice = DeliveryNotice(
            DeliveryNotice.Event(order.event), subject: affair.subject, recipient: affair.recipient,
            words: order.words, isSuppressed: affair.isSuppressed, language: MailLanguage(letter: affair.cause.language)
        )
        let name = reader.name.flatMap { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) }
        let draft = notice.compose(shelf.current.templates, name: name)
        let key = EffectKey.make(telling: order.event.rawValue, ofMail: affair.messageID)
        let mail = Reply.mail(
            draft, answering: affair.cause, from: house.from, to: reader, effectKey: key, answers: false, at: now)
        return Outbox.Entry(
            effectKey: key, kind: .deliveryNotice, envelopeFrom: replies.bounces.address(of: key),
            recipient: reader.address, subject: draft.subject, messageID: mail.messageID,
            inReplyTo: affair.cause.messageID, causeMessageID: affair.causeMessageID, cvr: affair.cvr,
            leadID: affair.leadID, quoteID: affair.quoteID, octets: house.signatures.sign(mail.octets, at: now),
            expiresAt: now.addingTimeInterval(Outbox.Kind.deliveryNotice.lifetime))
    }

    /// Whoever caused the mail, else the owner of its lead; of a refusal nobody who was refused.
    ///
    /// A delay or an end of time is of the way, and once that is free, whoever waited is told.
    private func reader(of affair: Outbox.Affair, _ order: NoticeJob) -> Mailbox? {
        let isRefusal = order.event == .failed || order.event == .returned
        let failing = isRefusal ? Mailbox(address: affair.recipient).comparable : nil
        let causer = affair.cause.from.first.flatMap { $0.address == affair.causedBy ? $0 : nil }
        let people = [causer, affair.owner.map { Mailbox(address: $0) }].compactMap { $0 }
        return people.first { house.own.includes($0) && $0.comparable != failing }
    }
}

extension DeliveryNotice.Event {
    fileprivate init(_ event: NoticeJob.Event) {
        self =
            switch event {
            case .delayed: .delayed
            case .failed: .failed
            case .expired: .expired
            case .unknown: .unknown
            case .returned: .returned
            }
    }
}
