import CCurl

/// One mail on its way: what libcurl's callbacks work on.
///
/// It lives on the client's thread for the time of one perform.
final class Transfer {
    /// Why we ended it ourselves, when we did.
    private(set) var abortReason: String?
    private(set) var dialogue: Dialogue
    private let recipient: RecipientEntry
    private let octets: [UInt8]
    private let gate: DataGate
    private let timeouts: SMTPRelay.Timeouts
    private var position = 0
    private var lastEvent = ContinuousClock.now
    private var cancelledSince: ContinuousClock.Instant?

    /// `offer`: what the relay offered on the connection that may be used again.
    init(
        _ mail: SMTPTransaction, to recipient: RecipientEntry, offer: RelayOffer, gate: DataGate,
        timeouts: SMTPRelay.Timeouts
    ) {
        let lines = RecipientLines(mail.recipient, isSilent: mail.isSilent)
        dialogue = Dialogue(needsUTF8: mail.needsUTF8, recipientLines: lines, offer: offer)
        self.recipient = recipient
        octets = mail.octets
        self.gate = gate
        self.timeouts = timeouts
    }

    /// The transfer that a callback's context stands for.
    static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Hands over the next octets.
    ///
    /// libcurl asks first after the 354, which is where the caller commits the attempt.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if !dialogue.hasBegunContent {
            guard dialogue.obstacle == nil, gate.pass() else {
                dialogue.refuseContent()
                return Int(CURL_READFUNC_ABORT)
            }
            dialogue.beginContent()
        }
        let count = min(buffer.count, octets.count - position)
        buffer.copyBytes(from: octets[position..<position + count])
        position += count
        // Told the size, libcurl does not come back for an end of file: with the last octets goes the dot.
        if position == octets.count { dialogue.endContent() }
        lastEvent = .now
        return count
    }

    /// Sees every command and reply; their text goes nowhere else, credentials included.
    func observe(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        switch kind {
        case CURLINFO_HEADER_OUT: dialogue.sent(bytes)
        case CURLINFO_HEADER_IN:
            // A reply that never ends must not put off its own time limit.
            guard dialogue.received(bytes) else { return }
            recipient.adapt(toReports: dialogue.offer.reports)
        default: return
        }
        lastEvent = .now
    }

    /// Asked by libcurl at least once a second.
    func mayGoOn() -> Bool {
        abortReason = abortReason ?? reasonToStop(at: .now)
        return abortReason == nil
    }

    private func reasonToStop(at now: ContinuousClock.Instant) -> String? {
        if let obstacle = dialogue.obstacle { return obstacle }
        if let limit = timeLimit, now - lastEvent > limit { return "time-out after \(limit) while \(doing)" }
        guard Task.isCancelled else { return nil }
        let since = cancelledSince ?? now
        cancelledSince = since
        // Content that has begun gets a moment to end well: breaking off now would leave its fate unknown.
        let isOver = !dialogue.hasBegunContent || now - since > timeouts.afterCancellation
        return isOver ? "stopped while \(doing)" : nil
    }

    private var timeLimit: Duration? {
        switch dialogue.stage {
        case .opening: nil
        case .commands: timeouts.command
        case .content: timeouts.content
        case .ending: timeouts.finalReply
        case .quitting: .seconds(2)
        }
    }

    private var doing: String {
        switch dialogue.stage {
        case .opening: "connecting"
        case .commands: "waiting for an answer to the envelope"
        case .content: "sending the content"
        case .ending: "waiting for the answer to the mail"
        case .quitting: "closing the connection"
        }
    }
}
