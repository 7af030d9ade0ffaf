import Postgres
import SMTPClient
import Synchronization

/// Mails sent by many clients at a time, and which of them were acknowledged.
package final class Load: Sendable {
    private let daemon: TestDaemon
    private let run: String
    private let next = Atomic(0)
    private let ledger = Mutex<Set<Int>>([])
    private let isStopped = Atomic(false)

    package init(on daemon: TestDaemon, run: String) {
        self.daemon = daemon
        self.run = run
    }

    /// Numbers of the mails that were answered 250.
    package var acknowledged: Set<Int> { ledger.withLock { $0 } }
    package var messageIDs: [String] { acknowledged.map { "<\(run).\($0)@fjordtek.example>" } }

    package func stop() { isStopped.store(true, ordering: .releasing) }

    /// Sends from `clients` connections until stopped, or until `limit` mails were begun.
    package func send(clients: Int, limit: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<clients {
                group.addTask { try await self.sendOne(after: limit) }
            }
            try await group.waitForAll()
        }
    }

    private func sendOne(after limit: Int) async throws {
        let client = try daemon.client()
        while !isStopped.load(ordering: .acquiring) {
            let number = next.wrappingAdd(1, ordering: .relaxed).newValue
            guard number <= limit else { return }
            let outcome = try await daemon.send(SampleMail.forward(number, run: run), by: client)
            if case .accepted = outcome {
                ledger.withLock { _ = $0.insert(number) }
            } else {
                // The daemon or its database is away; whoever is refused comes again later.
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}

extension TestDaemon {
    /// Waits until nothing is left to do, and counts what became of the mails: how often each is in the journal, as a
    /// message, and answered.
    package func settle(_ messageIDs: [String], within limit: Duration = .seconds(60)) async throws -> [String: [Int64]]
    {
        let pool = pool()
        defer { pool.close() }
        try await until("all jobs are done", within: limit) {
            let rows = try await pool.query(
                "SELECT count(*) FROM brevdue.job WHERE queue IN ('read', 'read_large', 'answer')")
            return try rows[0].decode(Int64.self) == 0
        }
        let rows = try await pool.query(
            """
            SELECT wanted.id, count(DISTINCT a.id), count(DISTINCT m.id), count(DISTINCT o.id)
            FROM unnest(\(messageIDs)) AS wanted (id)
            LEFT JOIN brevdue.message m ON m.message_id = wanted.id
            LEFT JOIN brevdue.arrival a ON a.id = m.id
            LEFT JOIN brevdue.outbox o ON o.cause_message_id = m.id
            GROUP BY wanted.id
            """)
        var counts: [String: [Int64]] = [:]
        for row in rows {
            let (id, arrivals, messages, answers) = try row.decode(String.self, Int64.self, Int64.self, Int64.self)
            counts[id] = [arrivals, messages, answers]
        }
        return counts
    }
}
