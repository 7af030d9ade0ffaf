/// Counts what a peer does in vain since its last accepted message, to end sessions that only cost.
struct ErrorBrake {
    private let limits: SMTPLimits
    private var errors = 0
    private var harmless = 0
    private var refusedRecipients = 0

    init(limits: SMTPLimits) { self.limits = limits }

    /// Whether the session is to end.
    var isPulled: Bool { errors >= limits.errors }

    /// Whether somebody seems to try out addresses; the answers are to come slowly then.
    var isGuessing: Bool { refusedRecipients > limits.promptRefusals }

    mutating func note(_ reply: SMTPReply) {
        if reply.isError { errors += 1 }
    }

    /// A command that does nothing, or a recipient beyond the limit: free of charge up to a number.
    mutating func noteHarmless() {
        harmless += 1
        if harmless > limits.harmlessCommands { errors += 1 }
    }

    mutating func noteRefusedRecipient() { refusedRecipients += 1 }

    mutating func release() { self = Self(limits: limits) }
}
