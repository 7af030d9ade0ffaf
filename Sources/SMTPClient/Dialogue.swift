/// Follows one mail through a session by the commands that go out and the replies that come back, and judges what became
/// of it.
///
/// It judges by the replies, never by libcurl's result, which is the same for very different ends. A value without socket
/// and clock.
struct Dialogue {
    /// What the session is at; each has its own time limit.
    enum Stage: Hashable, Sendable { case opening, commands, content, ending, quitting }

    private enum Awaited { case opening, sender, recipient, data, ending, nothing }
    private enum Content { case none, refused, begun, ended }

    private(set) var stage = Stage.opening
    private let recipientCount: Int
    private var awaited = Awaited.opening
    private var hasBegunEnvelope = false
    private var content = Content.none
    private var reader = ReplyReader()
    private var lastOpening: SMTPReply?
    private var sender: SMTPReply?
    private var recipients: [SMTPReply] = []
    private var data: SMTPReply?
    private var ending: SMTPReply?

    init(recipientCount: Int) { self.recipientCount = recipientCount }

    /// Whether octets of the mail may have left.
    var hasBegunContent: Bool { content == .begun || content == .ended }

    /// Whether the session began before this mail: its greeting was seen by an earlier one.
    var isOnUsedConnection: Bool { hasBegunEnvelope && lastOpening == nil }

    /// A command went out.
    mutating func sent(_ command: some Collection<UInt8>) {
        // What follows a 334 is part of AUTH, whatever its letters spell (RFC 4954 section 4).
        if awaited == .opening, lastOpening?.code == 334 { return }
        switch String(decoding: command.prefix(4), as: UTF8.self) {
        case "MAIL": (awaited, stage, hasBegunEnvelope) = (.sender, .commands, true)
        case "RCPT": (awaited, stage) = (.recipient, .commands)
        case "DATA": (awaited, stage) = (.data, .commands)
        case "QUIT": (awaited, stage) = (.nothing, .quitting)
        default: (awaited, stage) = (.opening, .opening)
        }
    }

    /// A line came in; gives back whether it completed a reply.
    @discardableResult
    mutating func received(_ line: some Collection<UInt8>) -> Bool {
        guard let reply = reader.read(line) else { return false }
        switch awaited {
        case .opening: lastOpening = reply
        case .sender: sender = reply
        case .recipient: recipients.append(reply)
        case .data: data = reply
        case .ending: ending = reply
        case .nothing: break
        }
        return true
    }

    /// The relay asks for the content and the caller lets it go.
    mutating func beginContent() { (content, stage, awaited) = (.begun, .content, .nothing) }

    /// The relay asks for the content and the caller holds it back.
    mutating func refuseContent() { content = .refused }

    /// All octets were handed over; the final dot may be on its way.
    mutating func endContent() { (content, stage, awaited) = (.ended, .ending, .ending) }

    /// What became of the mail; `failure` says what ended the session where no reply does.
    func outcome(failure: String) -> SMTPOutcome {
        switch content {
        case .ended: verdict(failure)
        case .begun: .interrupted(reason: failure)
        case .refused: .abortedBeforeData
        case .none: refusal(failure)
        }
    }

    private func verdict(_ failure: String) -> SMTPOutcome {
        guard let ending else { return .uncertain(reason: failure) }
        if ending.isPositive { return .accepted(ending, recipients: recipients) }
        if ending.isRefusal { return .rejected(ending, recipients: recipients) }
        return .uncertain(reason: "unexpected answer to the mail: \(ending)")
    }

    private func refusal(_ failure: String) -> SMTPOutcome {
        if let reply = refusingReply {
            return Self.isAboutUs(reply)
                ? .failedBeforeData(reason: reply.description) : .rejected(reply, recipients: recipients)
        }
        if hasBegunEnvelope { return .failedBeforeData(reason: failure) }
        guard let lastOpening, lastOpening.isRefusal else { return .notConnected(reason: failure) }
        return .notConnected(reason: lastOpening.description)
    }

    private var refusingReply: SMTPReply? {
        if let sender, sender.isRefusal { return sender }
        // Refused by all: as long as one of them may take it later, the mail is worth another try.
        if recipients.count == recipientCount, recipients.allSatisfy(\.isRefusal) {
            return recipients.first { !$0.isPermanent } ?? recipients.first
        }
        return data.flatMap { $0.isRefusal ? $0 : nil }
    }

    /// Replies that no other mail would fare better with: going down (421), log-in wanted or wrong (RFC 4954 section 6).
    private static func isAboutUs(_ reply: SMTPReply) -> Bool { [421, 454, 530, 534, 535, 538].contains(reply.code) }
}
