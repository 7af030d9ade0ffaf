/// What mail servers write into reports that have no fields, in lower case; another server's words are entries here.
enum BouncePhrases {
    static let delayed = octets([
        "will be retried", "still being retried", "will retry for", "will continue to", "keep trying",
        "has been delayed",
        "delivery is delayed", "delivery delayed", "delayed mail", "not yet been delivered", "temporary problem",
        "do not need to resend", "don't need to resend", "no action is required on your part", "er forsinket",
        "bliver forsøgt igen", "forsøger igen",
    ])

    static let failed = octets([
        "could not be delivered", "couldn't be delivered", "couldn’t be delivered", "wasn't delivered",
        "wasn’t delivered", "was not delivered", "not be delivered to one or more", "unable to deliver",
        "wasn't able to deliver", "undeliverable", "undelivered mail", "delivery has failed", "delivery failed",
        "delivery failure", "delivery to the following recipient failed", "failure notice", "permanent error",
        "permanent fatal error", "permanent failure", "giving up on", "returned mail", "returned to sender",
        "did not reach", "address not found", "mail delivery failed", "kunne ikke leveres", "kan ikke leveres",
        "blev ikke leveret", "leveringen mislykkedes", "levering mislykkedes", "ikke leveret",
        "konnte nicht zugestellt",
        "unzustellbar", "kunde inte levereras",
    ])

    static let delivered = octets([
        "successfully delivered", "has been delivered", "was delivered to", "delivery receipt", "er leveret til",
        "blev leveret til",
    ])

    static let unknownUser = octets([
        "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "no mailbox here",
        "mailbox unavailable or not found", "does not exist", "doesn't exist", "doesn’t exist", "not found at",
        "wasn't found at", "wasn’t found at", "address couldn't be found", "address couldn’t be found",
        "recipientnotfound", "recipient not found", "unrouteable address", "unknown recipient", "invalid recipient",
        "blev ikke fundet", "ukendt modtager", "findes ikke",
    ])

    /// Where the returned mail begins.
    static let copies = octets([
        "below this line is a copy", "this is a copy of the message", "this is a copy of your message",
        "original message headers", "original message header", "the header of the original message",
        "oprindelige meddelelseshoveder", "----- original message", "----- forwarded message", "--- original message",
        "----- message header follows", "unsent message below", "returned message follows",
    ])

    private static func octets(_ phrases: [String]) -> [[UInt8]] { phrases.map { Array($0.utf8) } }
}
