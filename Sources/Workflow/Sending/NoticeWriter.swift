import Correspondence
import FoundationEssentials
import Jobs
import Mail
import Postgres
import Records
import Rules

/// Tells the salesperson who caused a mail what became of it.
struct NoticeWriter: Sendable {
    let pool: PostgresPool
    let house: House
    let shelf: RuleShelf
    let replies: ReplyAddress

    private static let silent = Set(
        [Outbox.Kind.deliveryNotice, .bounceNotice, .publicReceipt].map(\.rawValue))

    func perform(_ job: Job, _ lease: Lease) async throws {
        let order = try job.decode(NoticeJob.self)
        guard let affair = try await Outbox.affair(of: order.mail, in: pool),
            let entry = entry(order, affair, at: Date())
        else { return try await lease.finish([]) }
        try await lease.finish([Outbox.put([entry], sending: true)])
    }

    /// `nil` where there is nobody to tell, and of a notice itself: that would go round in circles.
    private func entry(_ order: NoticeJob, _ affair: Outbox.Affair, at now: Date) -> Outbox.Entry? {
        guard !Self.silent.contains(affair.kind), let reader = reader(of: affair, order) else { return nil }
        let notice = DeliveryNotice(
            DeliveryNotice.Event(order.event), subject: affair.subject, recipients: affair.recipients,
            words: order.words, language: MailLanguage(letter: affair.cause.language))
        let name = reader.name.flatMap { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) }
        let draft = notice.compose(shelf.current.templates, name: name)
        let key = EffectKey.make(telling: order.event.rawValue, ofMail: affair.messageID)
        let mail = Reply.mail(
            draft, answering: affair.cause, from: house.from, to: reader, effectKey: key, answers: false, at: now)
        return Outbox.Entry(
            effectKey: key, kind: .deliveryNotice, envelopeFrom: replies.bounces.address(of: key),
            recipients: [reader.address],
            subject: draft.subject, messageID: mail.messageID, inReplyTo: affair.cause.messageID,
            causeMessageID: affair.causeMessageID, cvr: affair.cvr, leadID: affair.leadID, quoteID: affair.quoteID,
            octets: house.signatures.sign(mail.octets, at: now),
            expiresAt: now.addingTimeInterval(Outbox.Kind.deliveryNotice.lifetime))
    }

    /// Whoever caused the mail, else the owner of its lead; of a refusal nobody who was refused.
    ///
    /// A delay or an end of time is of the way, and once that is free, whoever waited is told.
    private func reader(of affair: Outbox.Affair, _ order: NoticeJob) -> Mailbox? {
        let failing = order.event == .failed ? Set(affair.recipients.map { $0.lowercased() }) : []
        let causer = affair.cause.from.first.flatMap { $0.address == affair.causedBy ? $0 : nil }
        let people = [causer, affair.owner.map { Mailbox(address: $0) }].compactMap { $0 }
        return people.first { house.own.includes($0) && !failing.contains($0.address.lowercased()) }
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
            }
    }
}
