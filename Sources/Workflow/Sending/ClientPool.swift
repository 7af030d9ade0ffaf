package import SMTPClient

/// A few connections to the relay, each for one mail at a time.
package actor ClientPool {
    private let relay: SMTPRelay
    private let limit: Int
    private var idle: [SMTPClient] = []
    private var open = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(relay: SMTPRelay, connections: Int = 8) {
        self.relay = relay
        limit = connections
    }

    func send(
        _ mail: SMTPTransaction, beforeData: @escaping @Sendable () async throws -> Void
    ) async -> SMTPOutcome {
        while idle.isEmpty && open >= limit {
            await withCheckedContinuation { waiting.append($0) }
        }
        let client: SMTPClient
        if let known = idle.popLast() {
            client = known
        } else {
            do {
                client = try SMTPClient(relay: relay)
                open += 1
            } catch {
                return .notConnected(reason: "\(error)")
            }
        }
        let outcome = await client.send(mail, beforeData: beforeData)
        idle.append(client)
        if !waiting.isEmpty { waiting.removeFirst().resume() }
        return outcome
    }
}
