import Foundation
import Jobs
import Postgres
import TestSupport
import Testing

@Suite("A job that fails")
struct FailureTests {
    private struct Hiccup: Error {}

    @Test(
        "is set aside with its reason when no second try will mend it, and those beside it are done",
        .timeLimit(.minutes(1)))
    func poison() async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1", "poison", "2"])
            try await running([fixture.worker(node)]) {
                try await until("two are done") { try await fixture.done.count == 2 }
                try await until("one is dead") { try await fixture.reasonsOfDeath.first?.contains("Poison") == true }
            }
        }
    }

    @Test("is tried again later when the failure may pass, with its reason kept", .timeLimit(.minutes(1)))
    func transient() async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"])
            try await running([fixture.worker(node) { _, _ in throw Hiccup() }]) {
                try await until("it is put off") { try await fixture.jobs.first?.state == "s" }
                #expect(try await fixture.jobs.first?.error.contains("Hiccup") == true)
                let isLater: SQL = "SELECT (run_at > clock_timestamp())::text FROM \(unsafe: fixture.schema).job"
                #expect(try await fixture.texts(isLater) == ["true"])
            }
        }
    }

    /// What a job can bring about itself although it looks like the server's failure.
    enum Cause: String, CaseIterable {
        case statementTimeout = "57014"
        case idleTransaction = "idle"
        case lockTimeout = "55P03"
    }

    @Test("by what it does to the server is counted and put off", .timeLimit(.minutes(1)), arguments: Cause.allCases)
    func counted(cause: Cause) async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"])
            let worker = fixture.worker(node) { _, transaction in
                switch cause {
                case .statementTimeout:
                    _ = try await transaction.query("SET LOCAL statement_timeout = '50ms'")
                    _ = try await transaction.query("SELECT pg_sleep(20)::text")
                case .idleTransaction:
                    _ = try await transaction.query("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
                    try await Task.sleep(for: .milliseconds(300))
                case .lockTimeout:
                    _ = try await transaction.query("DO $$ BEGIN RAISE 'locked' USING ERRCODE = '55P03'; END $$")
                }
            }
            try await running([worker]) {
                try await until("it is put off") { try await fixture.jobs.first?.state == "s" }
            }
            #expect(try await fixture.jobs.first?.attempt == 1)
        }
    }

    @Test("because the disk is full waits a while and is never given up", .timeLimit(.minutes(1)))
    func diskFull() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"])
            let tries = Counter()
            let worker = fixture.worker(node) { _, transaction in
                tries.add()
                _ = try await transaction.query("DO $$ BEGIN RAISE 'full' USING ERRCODE = '53100'; END $$")
            }
            try await running([worker, fixture.keeper(node)]) {
                try await until("it was tried") { tries.value > 0 }
                try await Task.sleep(for: .seconds(1))
            }
            #expect(tries.value == 1)
            #expect(try await fixture.jobs.map(\.attempt) == [0])
        }
    }

    @Test("for want of a connection is not counted, and the worker pauses longer each time", .timeLimit(.minutes(1)))
    func noConnection() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"])
            let tries = Counter()
            let worker = fixture.worker(node) { _, transaction in
                tries.add()
                if tries.value < 4 { throw PostgresError(.poolExhausted, "none free") }
            }
            let begin = ContinuousClock.now
            try await running([worker]) {
                try await until("it is done") { try await fixture.done.count == 1 }
            }
            #expect(tries.value == 4)
            #expect(ContinuousClock.now - begin > .milliseconds(400))
        }
    }

    @Test("returns beside one of the same key that came meanwhile", .timeLimit(.minutes(1)))
    func twin() async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            try await fixture.add(["1"], key: [7])
            let tries = Counter()
            let worker = fixture.worker(node, batch: 1) { _, _ in
                tries.add()
                guard tries.value == 1 else { return }
                try await fixture.add(["2"], key: [7])
                throw Hiccup()
            }
            try await running([worker, fixture.keeper(node)]) {
                try await until("both are done", within: .seconds(15)) { try await fixture.done.count == 2 }
            }
        }
    }
}
