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
    private var offersReports = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A client without a connection; the first mail makes it.
    package init(relay: SMTPRelay) throws(CurlError) {
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
        let recipient = RecipientEntry(mail.recipient, isSilent: mail.isSilent)
        recipient.adapt(toReports: offersReports)
        let transfer = Transfer(mail, to: recipient, gate: gate, timeouts: relay.timeouts)
        _ = brevdue_curl_set_list(handle.pointer, CURLOPT_MAIL_RCPT, recipient.list)
        handle.prepare(mail, transfer: transfer, freshConnection: freshConnection)
        let failure = withExtendedLifetime(transfer) { handle.perform() }
        let dialogue = transfer.dialogue
        offersReports = dialogue.offersReports ?? offersReports
        let outcome = dialogue.outcome(failure: transfer.abortReason ?? failure ?? "the session ended early")
        return (outcome, dialogue.isOnUsedConnection)
    }
}
