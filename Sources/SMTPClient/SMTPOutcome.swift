/// What became of one attempt to send a mail.
package enum SMTPOutcome: Hashable, Sendable {
    /// The relay took the mail over.
    case accepted(SMTPReply)
    /// The relay refused the mail, its sender or its recipient; `isPermanent` tells whether for good.
    case rejected(SMTPReply)
    /// The relay lacks what the mail needs; nothing of it left.
    case unsupported(reason: String)
    /// No session came about: name, network, TLS, greeting or log-in. Says nothing about the mail.
    case notConnected(reason: String)
    /// The session broke, or the relay refused us rather than the mail, before the relay asked for the content.
    case failedBeforeData(reason: String)
    /// The caller's commit before the content failed or was cancelled; not one octet left.
    case abortedBeforeData
    /// The content broke off in the middle. No server takes a mail without its final dot (RFC 5321 section 4.1.1.4).
    case interrupted(reason: String)
    /// The final dot may have reached the relay, its answer did not reach us (RFC 1047): the mail may or may not be taken.
    case uncertain(reason: String)
}
