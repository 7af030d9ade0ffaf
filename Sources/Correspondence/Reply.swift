import Cryptography
package import FoundationEssentials
package import Mail

/// An automatic reply in the thread of the mail that it answers (RFC 3834 section 3).
package enum Reply {
    /// Ids of the thread that are repeated, at most (RFC 5322 section 3.6.4 sets no limit).
    private static let referenceLimit = 20

    /// The mail for a draft: threaded by its header, marked as automatic and as our own.
    ///
    /// A draft without HTML becomes a mail of plain text alone. The Message-ID is made from the effect key, so that composing
    /// twice gives the same mail; its Date is the instant.
    /// `answers`: whether it is sent because of that mail itself, and not because of something else that happened.
    package static func mail(
        _ draft: TemplateSet.Draft, answering letter: Letter, from: Mailbox, replyTo: Mailbox? = nil, to: Mailbox,
        effectKey: [UInt8], answers: Bool = true, at instant: Date
    ) -> OutgoingMail {
        let key = Hexadecimal.encode(effectKey.prefix(16))
        let domain = from.domainName
        let isPlain = !domain.isEmpty && domain.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return OutgoingMail(
            from: from, replyTo: replyTo, to: [to], subject: draft.subject, date: instant,
            messageID: "<\(key).brevdue@\(isPlain ? domain : "brevdue.invalid")>",
            inReplyTo: letter.messageID, references: references(answering: letter),
            fields: [
                .init("Auto-Submitted", answers ? "auto-replied" : "auto-generated"),
                .init("X-Auto-Response-Suppress", "All"),
                .init("X-Brevdue-Id", key),
            ], text: draft.text, html: draft.html.isEmpty ? nil : draft.html)
    }

    /// The thread of the mail answered and the mail itself (RFC 5322 section 3.6.4); of a long thread its first id, which
    /// clients group by, and the newest.
    private static func references(answering letter: Letter) -> [String] {
        guard let messageID = letter.messageID else { return [] }
        let thread = letter.references.isEmpty && letter.inReplyTo.count == 1 ? letter.inReplyTo : letter.references
        let ids = thread.filter { $0 != messageID } + [messageID]
        return ids.count <= referenceLimit ? ids : [ids[0]] + ids.suffix(referenceLimit - 1)
    }
}
