import Correspondence
import FoundationEssentials
import Mail
import Records
import Rules

extension AnswerComposer {
    /// That a mail of ours came back, in the thread of what it answered; `nil` where nobody of ours is to be told.
    ///
    /// `report`: the message that told so. `suppressed`: its recipients that get no mail from now on. Nobody is told that
    /// they could not be told.
    func bounceNotice(
        _ mail: Outbox.Returned, report letter: Letter, message: Int64, suppressed: Set<String>, at instant: Date
    ) -> Outbox.Entry? {
        guard mail.kind != Outbox.Kind.bounceNotice.rawValue, let reader = reader(of: mail) else { return nil }
        let failures = (letter.report?.recipients ?? []).filter { $0.action == .failed }
        let notice = BounceNotice(
            subject: mail.subject, failures: failures, suppressed: suppressed.sorted(),
            language: MailLanguage(letter: mail.cause.language))
        return entry(
            notice.compose(rules.templates, to: reader),
            Cause(
                kind: .bounceNotice, letter: mail.cause, message: message, following: mail.effectKey, cvr: mail.cvr,
                lead: mail.leadID),
            to: reader, at: instant)
    }

    /// That a mail from outside arrived, to its sender alone; their own name and words stay out of it.
    func publicReceipt(_ letter: Letter, message: Int64, at instant: Date) -> Outbox.Entry? {
        guard let sender = letter.from.first else { return nil }
        return entry(
            PublicReceipt(answering: letter, company: rules.rules.company).compose(rules.templates),
            Cause(kind: .publicReceipt, letter: letter, message: message, hasBounces: false),
            to: Mailbox(address: sender.address), at: instant)
    }

    /// The lead's owner, else who caused the mail; one of our own people, and not who it did not reach.
    private func reader(of mail: Outbox.Returned) -> Mailbox? {
        let unreached = Set(mail.recipients.map { $0.lowercased() })
        return [mail.owner, mail.causedBy].lazy.compactMap { $0 }.map { Mailbox(address: $0) }
            .first { house.own.includes($0) && !unreached.contains($0.address.lowercased()) }
    }
}
