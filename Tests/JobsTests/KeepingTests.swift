import Jobs
import Postgres
import TestSupport
import Testing

@Suite("The keeper of the queue")
struct KeepingTests {
    @Test("writes the leader's row when its term is to be renewed, not at each look", .timeLimit(.minutes(1)))
    func leaderRow() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            let version: SQL = "SELECT xmin::text FROM \(unsafe: fixture.schema).leader"
            try await running([fixture.keeper(try await fixture.node())]) {
                let first = try await eventually("there is a leader") { try await fixture.texts(version).first }
                try await Task.sleep(for: .seconds(1))
                #expect(try await fixture.texts(version) == [first])
            }
        }
    }

    @Test("renews leases although a batch holds others locked", .timeLimit(.minutes(1)))
    func renewal() async throws {
        var times = QueueFixture.quick
        times.renewal = .milliseconds(100)
        try await QueueFixture.with(times) { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"])
            let (locked, released) = (Counter(), Gate())
            let batch = fixture.worker(node) { _, _ in
                locked.add()
                try await released.wait()
            }
            let effects = EffectWorker(
                queue: "other", width: 1, node: node, of: fixture.queue,
                handler: Effect { _, lease in
                    try await released.wait()
                    try await lease.finish([])
                })
            try await running([batch, effects, fixture.keeper(node)]) {
                try await until("the batch holds its job") { locked.value == 1 }
                let job = NewJob(queue: "other", kind: "k", payload: "{}")
                _ = try await fixture.queue.pool.query(JobQueue.insert([job], schema: fixture.schema))
                fixture.queue.wake("other")
                let lease: SQL = """
                    SELECT lease_until::text FROM \(unsafe: fixture.schema).job WHERE queue = 'other' AND state = 'x'
                    """
                let first = try await eventually("it is claimed") { try await fixture.texts(lease).first }
                try await until("it is renewed", within: .seconds(5)) { try await fixture.texts(lease).first != first }
                released.open()
                try await until("both are done") { try await fixture.jobs.isEmpty }
            }
        }
    }

    @Test("vacuums the table when many of its rows are dead", .timeLimit(.minutes(1)))
    func vacuum() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            // The server's own vacuum would now and then be the first.
            _ = try await fixture.queue.pool.query(
                "ALTER TABLE \(unsafe: fixture.schema).job SET (autovacuum_enabled = false)")
            _ = try await fixture.queue.pool.query(
                """
                INSERT INTO \(unsafe: fixture.schema).job (queue, kind, state, run_at, payload)
                SELECT 'q', 'k', 'r', now(), '{}' FROM generate_series(1, 60000)
                """)
            _ = try await fixture.queue.pool.query("DELETE FROM \(unsafe: fixture.schema).job")
            let count: SQL = """
                SELECT vacuum_count::text FROM pg_stat_user_tables
                WHERE relid = '\(unsafe: fixture.schema).job'::regclass
                """
            try await running([fixture.keeper(try await fixture.node())]) {
                try await until("it was vacuumed", within: .seconds(40)) { try await fixture.texts(count) != ["0"] }
            }
        }
    }

    @Test("does the maintenance although the table cannot be vacuumed", .timeLimit(.minutes(1)))
    func noVacuum() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            let node = try await fixture.node()
            // Found before the server's own, this view fails the look at how many rows are dead.
            _ = try await fixture.queue.pool.query(
                """
                CREATE VIEW \(unsafe: fixture.schema).pg_stat_user_tables AS
                    SELECT 0::oid AS relid, 1 / 0 AS n_dead_tup
                """)
            let path = " options='-c search_path=\(fixture.schema),pg_catalog'"
            let url = try await TestCluster.shared.conninfo() + path
            let pool = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
            defer { pool.close() }
            let queue = JobQueue(
                pool: pool, schema: fixture.schema, times: QueueFixture.quick, logger: TestCluster.logger)
            await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT n_dead_tup FROM pg_stat_user_tables")
            }
            let maintained = Counter()
            let keeper = QueueKeeper(queue: queue, node: node, listens: false) { maintained.add() }
            try await running([keeper]) {
                try await until("it is maintained", within: .seconds(10)) { maintained.value > 0 }
                // Not at each look.
                try await Task.sleep(for: .seconds(1))
            }
            #expect(maintained.value == 1)
        }
    }
}
