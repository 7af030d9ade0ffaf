import Jobs
import Postgres
import TestSupport
import Testing

@Suite("An effect")
struct EffectTests {
    @Test("that ends without finishing its job is put off with a reason", .timeLimit(.minutes(1)))
    func unfinished() async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"])
            try await running([fixture.effects(node) { _, _ in }]) {
                try await until("it is put off", within: .seconds(5)) { try await fixture.jobs.first?.state == "s" }
            }
            #expect(try await fixture.jobs.first?.error.contains("without finishing") == true)
        }
    }

    @Test("whose failure cannot be noted loses its lease, and is rescued", .timeLimit(.minutes(1)))
    func unnoted() async throws {
        var times = QueueFixture.quick
        times.lease = .seconds(1)
        times.renewal = .milliseconds(100)
        try await QueueFixture.with(times) { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"])
            let failed = Counter()
            let worker = fixture.effects(node) { job, lease in
                guard job.attempt == 1 else {
                    return try await lease.finish([])
                }
                // Reasons cannot be written as long as this stands.
                _ = try await fixture.queue.pool.query(
                    """
                    ALTER TABLE \(unsafe: fixture.schema).job
                        ADD CONSTRAINT refusal CHECK (last_error IS NULL OR last_error NOT LIKE '%Hiccup%')
                    """)
                failed.add()
                throw Hiccup()
            }
            try await running([worker, fixture.keeper(node)]) {
                try await until("it failed") { failed.value == 1 }
                try await until("it is rescued", within: .seconds(20)) { try await fixture.jobs.first?.state == "s" }
            }
        }
    }

    private struct Hiccup: Error {}

    @Test("is not brought about again since the database is away as it ends", .timeLimit(.minutes(1)))
    func awayAtTheEnd() async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            // What a sequence counts is not rolled back.
            _ = try await fixture.queue.pool.query("CREATE SEQUENCE \(unsafe: fixture.schema).tries")
            let away: SQL = """
                DO $$ BEGIN IF nextval('\(unsafe: fixture.schema).tries') < 3 THEN
                    RAISE 'the server is shutting down' USING ERRCODE = '57P01'; END IF; END $$
                """
            try await fixture.add(["1"])
            let effects = Counter()
            let worker = fixture.effects(node) { _, lease in
                effects.add()
                try await lease.finish([away, fixture.result("sent")])
            }
            try await running([worker]) {
                try await until("its end is noted") { try await fixture.done == ["sent"] }
            }
            #expect(effects.value == 1)
            #expect(try await fixture.jobs.isEmpty)
        }
    }

    @Test("that takes its time holds up no other", .timeLimit(.minutes(1)))
    func slow() async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            try await fixture.add(["slow"] + (0..<6).map(String.init))
            let released = Gate()
            let worker = fixture.effects(node, width: 2) { job, lease in
                if job.payload.contains("slow") { try await released.wait() }
                try await lease.finish([fixture.result(job.payload)])
            }
            try await running([worker]) {
                try await until("the others are done", within: .seconds(10)) { try await fixture.done.count == 6 }
                released.open()
                try await until("all are done") { try await fixture.done.count == 7 }
            }
        }
    }
}
