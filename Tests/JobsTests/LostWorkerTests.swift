import Jobs
import Postgres
import TestSupport
import Testing

@Suite("A job whose worker is lost")
struct LostWorkerTests {
    @Test("is taken at once by its node when that comes back", .timeLimit(.minutes(1)))
    func takenBack() async throws {
        try await QueueFixture.with { fixture in
            try await fixture.add(["1", "2"])
            let node = try await fixture.node()
            try await fixture.leave(with: node)
            let again = try await fixture.node()
            #expect(again.id == node.id)
            try await running([fixture.worker(again)]) {
                try await until("both are done", within: .seconds(10)) { try await fixture.done.count == 2 }
            }
        }
    }

    @Test("for the second time waits a little, since it may be what ends the process", .timeLimit(.minutes(1)))
    func secondTime() async throws {
        try await QueueFixture.with { fixture in
            try await fixture.add(["1"])
            try await fixture.leave(with: try await fixture.node(), attempt: 2)
            _ = try await fixture.node()
            #expect(try await fixture.jobs.map(\.state) == ["s"])
        }
    }

    @Test("after very many attempts comes back all the same")
    func manyAttempts() async throws {
        try await QueueFixture.with { fixture in
            try await fixture.add(["1"])
            _ = try await fixture.queue.pool.query("UPDATE \(unsafe: fixture.schema).job SET max_attempts = 32767")
            try await fixture.leave(with: try await fixture.node(), attempt: 2000)
            _ = try await fixture.node()
            #expect(try await fixture.jobs.map(\.state) == ["s"])
        }
    }

    @Test("at its limit becomes a dead letter when its node comes back", .timeLimit(.minutes(1)))
    func buriedAtStart() async throws {
        try await QueueFixture.with { fixture in
            try await fixture.add(["1"])
            try await fixture.leave(with: try await fixture.node(), attempt: 20)
            _ = try await fixture.node()
            #expect(try await fixture.jobs.isEmpty)
            #expect(try await fixture.reasonsOfDeath == ["attempt 20 of 20: its process ended during the work"])
        }
    }

    @Test("at its limit becomes a dead letter when its lease is over", .timeLimit(.minutes(1)))
    func buriedByLeader() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            try await fixture.add(["1"])
            try await fixture.leave(with: try await fixture.node("gone"), lease: "-1 s", attempt: 20)
            try await running([fixture.keeper(try await fixture.node())]) {
                try await until("it is dead") { try await fixture.reasonsOfDeath.count == 1 }
            }
            #expect(try await fixture.reasonsOfDeath == ["attempt 20 of 20: its lease ran out"])
        }
    }

    @Test("returns to its node beside one of the same key that waits", .timeLimit(.minutes(1)))
    func twinWaits() async throws {
        try await QueueFixture.with { fixture in
            try await fixture.add(["1"], key: [7])
            try await fixture.leave(with: try await fixture.node())
            try await fixture.add(["2"], key: [7])
            let node = try await fixture.node()
            try await running([fixture.worker(node)]) {
                try await until("both are done") { try await fixture.done.count == 2 }
            }
        }
    }

    @Test("returns together with one of the same key, and only one of them keeps the key", .timeLimit(.minutes(1)))
    func twinsReturn() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            let gone = try await fixture.node("gone")
            for _ in 0..<2 {
                try await fixture.add(["1"], key: [7])
                try await fixture.leave(with: gone, lease: "-1 s")
            }
            try await running([fixture.keeper(try await fixture.node())]) {
                try await until("both are back") { try await fixture.jobs.allSatisfy { $0.state == "s" } }
            }
            try await fixture.add(["1"], key: [7])
            #expect(try await fixture.jobs.count == 2)
        }
    }

    @Test("since the answer to a claim was lost is back within seconds", .timeLimit(.minutes(1)))
    func lostAnswer() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            let node = try await fixture.node()
            let pool = fixture.queue.pool
            try await running([fixture.worker(node)]) {
                // A claim waits for the table, its connection is cut, and what it claimed is not known to the worker.
                try await pool.transaction { transaction in
                    _ = try await transaction.query("LOCK TABLE \(unsafe: fixture.schema).job IN ACCESS EXCLUSIVE MODE")
                    try await until("the claim is cut") {
                        try await !pool.query(
                            """
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE wait_event_type = 'Lock' AND query LIKE '%' || \(fixture.schema) || '%SKIP LOCKED%'
                            """
                        ).isEmpty
                    }
                    _ = try await transaction.query(
                        """
                        INSERT INTO \(unsafe: fixture.schema).job
                            (queue, kind, state, run_at, attempt, node_id, lease_token, lease_until, payload)
                        VALUES ('q', 'k', 'x', now(), 1, \(node.id), nextval('\(unsafe: fixture.schema).job_lease'),
                            now() + interval '1 hour', '{}')
                        """)
                }
                try await until("it is done", within: .seconds(10)) { try await fixture.done.count == 1 }
            }
        }
    }
}
