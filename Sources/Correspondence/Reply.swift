import Cryptography
package import FoundationEssentials
package import Mail

/// An automatic reply in the thread of the mail that it answers (RFC 3834 section 3).
package enum Reply {
    /// The mail for a draft: threaded by its header, marked as automatic and as our own.
    ///
    /// `effectKey`: names the mail; the Message-ID is made from it, so that composing twice gives the same mail.
    /// `instant`: its Date.
    package static func mail(
        _ draft: TemplateSet.Draft, answering letter: Letter, from: Mailbox, to: Mailbox, effectKey: [UInt8],
        at instant: Date
    ) -> OutgoingMail {
        let key = Hexadecimal.encode(effectKey.prefix(16))
        let references = (letter.references + [letter.messageID].compactMap { $0 }).suffix(20)
        return OutgoingMail(
            from: from, to: [to], subject: draft.subject, date: instant,
            messageID: "<\(key).brevdue@\(from.domain.isEmpty ? "brevdue.invalid" : from.domain)>",
            inReplyTo: letter.messageID, references: Array(references),
            fields: [
                ("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), ("X-Brevdue-Id", key),
            ], text: draft.text, html: draft.html)
    }
}
