import CVR
import Correspondence
import FoundationEssentials
import Mail
import Records
import Rules
import Understanding

/// Composes the mails that answer a message, ready for the outbox; pure.
struct AnswerComposer: Sendable {
    /// Whoever knows a thread could fill its owner's mailbox: beyond this a day's mail is on the timeline alone.
    private static let noticeLimit = 20

    let house: House
    let replies: ReplyAddress
    let rules: RuleBook

    /// The summary of a lead's message; `nil` where nobody of ours is to read it.
    func summary(
        _ consideration: Consideration, of lead: OpenLead, _ draft: Quotes.Draft?, for order: AnswerJob,
        at instant: Date
    ) -> Outbox.Entry? {
        guard let reader = reader(of: lead, order) else { return nil }
        var summary = consideration.summary(
            leadReference: lead.reference, quoteNumber: draft?.number, publicURL: house.publicURL)
        summary.takesCommands = true
        summary.reader = reader
        summary.correction = order.correction.map {
            SalesSummary.Correction(from: $0.from, to: $0.to, by: $0.by.name ?? $0.by.address, at: $0.at)
        }
        summary.lateFiles = order.finding?.files ?? []
        return entry(
            summary.compose(rules.templates, rules: rules.rules),
            Cause(
                kind: .salesSummary, letter: lead.letter, message: lead.messageID, about: lead.messageID,
                isFinding: order.finding != nil, revision: order.correction?.revision ?? 1,
                cvr: lead.link.number?.description, lead: lead.leadID,
                quote: draft?.id),
            to: reader, at: instant)
    }

    /// What to do, for an own mail that forwards nothing.
    func guidance(_ letter: Letter, message: Int64, at instant: Date) -> Outbox.Entry {
        entry(
            Guidance(letter: letter).compose(rules.templates),
            Cause(kind: .guidance, letter: letter, message: message), to: letter.from.first ?? house.from, at: instant)
    }

    /// Why a command was not followed: what is wrong with it, or else that nothing proves who gave it.
    ///
    /// `about`: the message that the command spoke of.
    func receipt(_ letter: Letter, message: Int64, about: Int64, at instant: Date) -> Outbox.Entry {
        do throws(Command.Fault) {
            _ = try Command.read(in: letter.ownWords, own: house.numbers)
            throw .unproved
        } catch {
            let receipt = CommandReceipt(error, language: MailLanguage(letter: letter.language), answering: letter)
            return entry(
                receipt.compose(rules.templates), Cause(kind: .receipt, letter: letter, message: message, about: about),
                to: letter.from.first ?? house.from, at: instant)
        }
    }

    /// That a mail from outside arrived, to its sender alone; their own name and words stay out of it.
    func publicReceipt(_ letter: Letter, message: Int64, at instant: Date) -> Outbox.Entry? {
        guard let sender = letter.from.first else { return nil }
        return entry(
            PublicReceipt(answering: letter, company: rules.rules.company).compose(rules.templates),
            Cause(kind: .publicReceipt, letter: letter, message: message, hasBounces: false),
            to: Mailbox(address: sender.address), at: instant)
    }

    /// Who gets a summary: whoever corrected it, sent the mail on, or owns the lead; always one of our own people.
    private func reader(of lead: OpenLead, _ order: AnswerJob) -> Mailbox? {
        let reader =
            switch order.answer {
            // The doors proved this address to be one of our own people; nothing in the mail can send the answer elsewhere.
            case .summary: order.correction?.by ?? lead.letter.redirector ?? lead.letter.from.first
            case .notice, .question:
                lead.recentSummaries < Self.noticeLimit ? lead.owner.map { Mailbox(address: $0) } : nil
            case .advice, .guidance, .receipt, .publicReceipt: nil as Mailbox?
            }
        return reader.flatMap { house.own.includes($0) ? $0 : nil }
    }

    /// What a mail of ours answers, and what it is about.
    struct Cause {
        var kind: Outbox.Kind
        var letter: Letter
        var message: Int64
        /// The message that an answer to it would be about; `nil` where there is nothing to order.
        var about: Int64?
        /// Whether it follows one that was made before all attachments were read; there is one such at most.
        var isFinding = false
        var revision = 1
        /// Whether reports on it come back; else it leaves with the null path (RFC 3834 section 3.3).
        var hasBounces = true
        var cvr: String?
        var lead: Int64?
        var quote: Int64?
    }

    func entry(
        _ draft: TemplateSet.Draft, _ cause: Cause, to recipient: Mailbox, at instant: Date
    ) -> Outbox.Entry {
        let letter = cause.letter
        // A mail that several redirect is the same, and each of them is answered.
        let kind = [cause.kind.rawValue, cause.isFinding ? "attachments" : nil, letter.redirector?.comparable]
            .compactMap { $0 }.joined(separator: ".")
        let key = EffectKey.make(answering: letter, kind: kind, revision: cause.revision)
        let mail = Reply.mail(
            draft, answering: letter, from: house.from, replyTo: cause.about.map { replies.address(about: $0) },
            to: recipient,
            effectKey: key, at: instant)
        return Outbox.Entry(
            effectKey: key, kind: cause.kind,
            envelopeFrom: cause.hasBounces ? replies.bounces.address(of: key) : "", recipient: recipient.address,
            subject: draft.subject, messageID: mail.messageID, inReplyTo: letter.messageID,
            causeMessageID: cause.message, cvr: cause.cvr, leadID: cause.lead, quoteID: cause.quote,
            octets: house.signatures.sign(mail.octets, at: instant),
            expiresAt: instant.addingTimeInterval(cause.kind.lifetime))
    }
}
