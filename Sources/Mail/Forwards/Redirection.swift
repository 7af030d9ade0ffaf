/// A mail that somebody sent on as it was (RFC 5322 section 3.6.6): its header is the author's, who sent it on stands in
/// fields of their own.
enum Redirection {
    /// Who sent it on to us: of several, whoever did so last, as each puts their fields above the others'.
    ///
    /// `nil` unless it was one of our own people, whom somebody vouches for: anybody can write such a field.
    static func sender(of message: MIMEMessage, options: ReadingOptions) -> Mailbox? {
        guard let sender = message.resentFrom.first, message.resentFrom.count == 1,
            options.own.isUnknown || options.trustsSender && options.own.includes(sender)
        else { return nil }
        return sender
    }
}
