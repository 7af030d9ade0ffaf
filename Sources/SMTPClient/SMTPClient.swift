import CCurl
package import Curl
import Threads

/// Sends mails to one relay over one connection that is kept and used again, one mail at a time.
///
/// An actor on a thread of its own: libcurl's blocking calls hold up nobody else. For more connections make more clients.
package actor SMTPClient {
    private let executor: ThreadExecutor
    let relay: SMTPRelay
    private let handle: CurlHandle
    /// What the relay offered on the connection that is kept.
    private var offer = RelayOffer()
    /// Whether libcurl still puts a recipient with a wish as it was meant.
    private var asksForSilence = true
    private let wish: @Sendable (String) -> String?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A client without a connection; the first mail makes it.
    package init(relay: SMTPRelay) throws(CurlError) { try self.init(relay: relay, wish: RecipientEntry.wish) }

    /// `wish`: how the recipient is put so that libcurl makes of it what is wanted.
    init(relay: SMTPRelay, wish: @escaping @Sendable (String) -> String?) throws(CurlError) {
        self.wish = wish
        handle = try CurlHandle()
        handle.configure(for: relay)
        self.relay = relay
        executor = .start(name: "smtp client")
    }

    deinit { executor.stop() }

    /// Sends one mail and tells what became of it.
    ///
    /// `beforeData` runs once the relay has answered DATA with 354 and before the first octet leaves: the place to commit
    /// that an attempt begins. When it throws, nothing leaves. It does not run when the session never comes that far.
    ///
    /// Cancelling the task ends a transfer before its content, which is safe; content that has begun gets
    /// `Timeouts.afterCancellation` to end well.
    package func send(
        _ mail: SMTPTransaction, beforeData: @escaping @Sendable () async throws -> Void
    ) async -> SMTPOutcome {
        let gate = DataGate()
        async let answered: Void = gate.answer(with: beforeData)
        let outcome = transmit(mail, gate)
        gate.close()
        await answered
        return outcome
    }

    private func transmit(_ mail: SMTPTransaction, _ gate: DataGate) -> SMTPOutcome {
        let first = perform(mail, gate, freshConnection: false)
        // A relay may close a connection that was idle, or had enough mails, just when it is to be used again.
        guard case .failedBeforeData = first.outcome, first.onUsedConnection, !Task.isCancelled else {
            return first.outcome
        }
        return perform(mail, gate, freshConnection: true).outcome
    }

    private func perform(
        _ mail: SMTPTransaction, _ gate: DataGate, freshConnection: Bool
    ) -> (outcome: SMTPOutcome, onUsedConnection: Bool) {
        let wish = mail.isSilent && asksForSilence ? wish(mail.recipient) : nil
        guard let recipient = RecipientEntry(mail.recipient, wish: wish) else { return (Self.noMemory, false) }
        recipient.adapt(toReports: offer.reports)
        let transfer = Transfer(mail, to: recipient, offer: offer, gate: gate, timeouts: relay.timeouts)
        defer { handle.forgetMail() }
        guard handle.prepare(mail, to: recipient, transfer: transfer, freshConnection: freshConnection) else {
            return (Self.noMemory, false)
        }
        let failure = withExtendedLifetime((recipient, transfer)) { handle.perform() }
        let dialogue = transfer.dialogue
        offer = dialogue.offer
        if dialogue.hasForeignRecipient { asksForSilence = false }
        let outcome = dialogue.outcome(failure: transfer.abortReason ?? failure ?? "the session ended early")
        return (outcome, dialogue.isOnUsedConnection)
    }

    private static let noMemory = SMTPOutcome.notConnected(reason: "libcurl did not take the envelope: out of memory")
}
