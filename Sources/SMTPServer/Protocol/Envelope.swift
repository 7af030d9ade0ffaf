/// The envelope of a message (RFC 5321 section 2.3.1).
package struct Envelope: Hashable, Sendable {
    package var reversePath: MailPath
    package var recipients: [MailPath] = []
    package var usesSMTPUTF8 = false
    /// Octets announced with SIZE; a hint only (RFC 1870).
    package var declaredSize: Int?

    init(reversePath: MailPath) { self.reversePath = reversePath }
}

/// A message whose end has been received.
package struct IncomingMessage: Sendable {
    package var envelope: Envelope
    package var session: SessionInfo
    package var content: MessageContent

    package var size: Int {
        switch content {
        case .memory(let octets): octets.count
        case .spooled(_, let size): size
        }
    }
}

/// The octets of a message, dots unstuffed; a spooled one is in a file that is removed once it is answered.
package enum MessageContent: Sendable {
    case memory([UInt8])
    case spooled(path: String, size: Int)

    var isInMemory: Bool {
        if case .memory = self { true } else { false }
    }
}

/// What happens to messages.
package protocol SMTPMessageReceiver: Sendable {
    /// Decides one recipient: `nil` accepts it. Quick and without waiting.
    func refusal(of recipient: MailPath, from sender: MailPath, session: SessionInfo) -> SMTPReply?

    /// Takes a message; returns when it is durable (250) or refused.
    ///
    /// Called on an event loop when the content is in memory: it may wait, in bounded time, but must
    /// not block.
    func receive(_ message: IncomingMessage) async -> SMTPReply
}
