import Postgres
import TestSupport
import Testing

@Suite("Listening", .timeLimit(.minutes(1)))
struct ListenerTests {
    @Test("a notification is heard; our own is passed over")
    func listening() async throws {
        try await withSchema { pool, schema in
            var heard = Listener.notifications(
                on: schema, ignoring: "me", pool.configuration, logger: TestCluster.logger
            ).makeAsyncIterator()
            await heard.next()  // connected
            _ = try await pool.query("SELECT pg_notify(\(schema), 'me')")
            _ = try await pool.query("SELECT pg_notify(\(schema), 'you')")
            #expect(await heard.next() != nil)
            // Nothing more is to come but the end: the first one was not heard late.
            let more = Task { await heard.next() }
            more.cancel()
            #expect(await more.value == nil)
        }
    }

    @Test("a listener whose connection is lost connects again, says so, and hears on")
    func recovery() async throws {
        try await withSchema { pool, schema in
            var heard = Listener.notifications(on: schema, pool.configuration, logger: TestCluster.logger)
                .makeAsyncIterator()
            await heard.next()
            let ended = try await pool.query(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query = \("LISTEN \"\(schema)\"")")
            #expect(ended.count == 1)
            #expect(await heard.next() != nil, "connected again")
            _ = try await pool.query("SELECT pg_notify(\(schema), '')")
            #expect(await heard.next() != nil)
        }
    }

    @Test("nobody who stops listening leaves a connection behind")
    func stop() async throws {
        try await withSchema { pool, schema in
            let connections: SQL = "SELECT FROM pg_stat_activity WHERE query = \("LISTEN \"\(schema)\"")"
            let listening = Task {
                for await _ in Listener.notifications(on: schema, pool.configuration, logger: TestCluster.logger) {}
            }
            try await until("it listens") { try await pool.query(connections).count == 1 }
            listening.cancel()
            try await until("it is gone") { try await pool.query(connections).isEmpty }
        }
    }
}
