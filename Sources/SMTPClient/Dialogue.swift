/// Follows one mail through a session by the commands that go out and the replies that come back, and judges what became
/// of it.
///
/// It judges by the replies, never by libcurl's result, which is the same for very different ends. A value without socket
/// and clock.
struct Dialogue {
    /// What the session is at; each has its own time limit.
    enum Stage: Hashable, Sendable { case opening, commands, content, ending, quitting }

    private enum Awaited { case opening, offer, sender, recipient, data, ending, nothing }
    private enum Content { case none, refused, begun, ended }

    private(set) var stage = Stage.opening
    private let needsUTF8: Bool
    private let recipientLines: RecipientLines
    /// What the relay offers on this connection.
    private(set) var offer: RelayOffer
    private var awaited = Awaited.opening
    private var hasBegunEnvelope = false
    private var content = Content.none
    private var reader = ReplyReader()
    private var lastOpening: SMTPReply?
    private var sender: SMTPReply?
    private var recipient: SMTPReply?
    private var data: SMTPReply?
    private var ending: SMTPReply?

    /// What the relay would have to offer for this mail, and does not; nothing of it may leave then.
    private(set) var lack: String?
    /// Why nothing of the mail may leave this time.
    private(set) var doubt: String?
    /// Whether RCPT went out otherwise than it was meant.
    private(set) var hasForeignRecipient = false

    /// `needsUTF8`: whether the envelope holds more than ASCII; `offer`: what the relay offered on the connection that is
    /// used again, if one is.
    init(needsUTF8: Bool, recipientLines: RecipientLines, offer: RelayOffer = RelayOffer()) {
        self.needsUTF8 = needsUTF8
        self.recipientLines = recipientLines
        self.offer = offer
    }

    /// Why the content must not leave.
    var obstacle: String? { lack ?? doubt }

    /// Whether octets of the mail may have left.
    var hasBegunContent: Bool { content == .begun || content == .ended }

    /// Whether the session began before this mail: its greeting was seen by an earlier one.
    var isOnUsedConnection: Bool { hasBegunEnvelope && lastOpening == nil }

    /// A command went out.
    mutating func sent(_ command: some Collection<UInt8>) {
        // What follows a 334 is part of AUTH, whatever its letters spell (RFC 4954 section 4).
        if awaited == .opening, lastOpening?.code == 334 { return }
        switch String(decoding: command.prefix(4), as: UTF8.self) {
        case "MAIL":
            (awaited, stage, hasBegunEnvelope) = (.sender, .commands, true)
            if needsUTF8 { expectUTF8(in: command) }
        case "RCPT":
            (awaited, stage) = (.recipient, .commands)
            guard !recipientLines.allow(command, offersReports: offer.reports) else { return }
            hasForeignRecipient = true
            doubt = "libcurl put the recipient otherwise than it was meant"
        case "DATA": (awaited, stage) = (.data, .commands)
        case "QUIT": (awaited, stage) = (.nothing, .quitting)
        case "EHLO": (awaited, stage, offer) = (.offer, .opening, RelayOffer())
        case "HELO": (awaited, stage, offer) = (.opening, .opening, RelayOffer())
        default: (awaited, stage) = (.opening, .opening)
        }
    }

    /// libcurl asks for the extension wherever the relay offers it (RFC 6531 section 3.4), which after HELO nobody knows.
    private mutating func expectUTF8(in command: some Collection<UInt8>) {
        guard !String(decoding: command, as: UTF8.self).contains(" SMTPUTF8") else { return }
        let word = "address with letters beyond ASCII before the @"
        switch (offer.isKnown, offer.utf8) {
        case (false, _): doubt = "the relay did not say whether it takes an \(word) (SMTPUTF8)"
        case (true, false): lack = "the relay takes no \(word) (it does not offer SMTPUTF8)"
        case (true, true): doubt = "libcurl did not ask the relay to take an \(word) (SMTPUTF8)"
        }
    }

    /// A line came in; gives back whether it completed a reply.
    @discardableResult
    mutating func received(_ line: some Collection<UInt8>) -> Bool {
        if awaited == .offer { offer.read(line) }
        guard let reply = reader.read(line) else { return false }
        switch awaited {
        case .opening, .offer: lastOpening = reply
        case .sender: sender = reply
        case .recipient: recipient = reply
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
        if let lack { return .unsupported(reason: lack) }
        if let doubt { return .failedBeforeData(reason: doubt) }
        return switch content {
        case .ended: verdict(failure)
        case .begun: .interrupted(reason: failure)
        case .refused: .abortedBeforeData
        case .none: refusal(failure)
        }
    }

    private func verdict(_ failure: String) -> SMTPOutcome {
        guard let ending else { return .uncertain(reason: failure) }
        if ending.isPositive { return .accepted(ending) }
        if ending.isRefusal { return .rejected(ending) }
        return .uncertain(reason: "unexpected answer to the mail: \(ending)")
    }

    private func refusal(_ failure: String) -> SMTPOutcome {
        if let reply = refusingReply {
            return Self.isAboutUs(reply)
                ? .failedBeforeData(reason: reply.description) : .rejected(reply)
        }
        if hasBegunEnvelope { return .failedBeforeData(reason: failure) }
        guard let lastOpening, lastOpening.isRefusal else { return .notConnected(reason: failure) }
        return .notConnected(reason: lastOpening.description)
    }

    private var refusingReply: SMTPReply? {
        [sender, recipient, data].lazy.compactMap { $0 }.first(where: \.isRefusal)
    }

    /// Replies that no other mail would fare better with: going down (421), log-in wanted or wrong (RFC 4954 section 6).
    private static func isAboutUs(_ reply: SMTPReply) -> Bool { [421, 454, 530, 534, 535, 538].contains(reply.code) }
}
