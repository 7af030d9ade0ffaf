import Foundation
import Jobs
import Postgres
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

/// Writes the payload of each job into a table, in the transaction that finishes it.
private struct Recorder: BatchHandler {
    struct Poison: PermanentFailure {}

    let schema: String
    /// Called within the transaction, before the result is written.
    var pause: @Sendable ([Job]) async throws -> Void = { _ in }
    var followUps: [String] { [] }

    func handle(_ jobs: [Job], in transaction: Transaction) async throws {
        try await pause(jobs)
        for job in jobs {
            if job.payload.contains("poison") { throw Poison() }
            _ = try await transaction.query("INSERT INTO \(unsafe: schema).done VALUES (\(job.payload))")
        }
    }
}

@Suite("The queue")
struct QueueTests {
    /// A queue on a schema of its own, with a table for results.
    private func withQueue(
        _ times: JobQueue.Times = JobQueue.Times(), _ body: (JobQueue, String) async throws -> Void
    ) async throws {
        let pool = try await TestCluster.shared.pool(connections: 8)
        defer { pool.close() }
        let schema = TestCluster.freshSchema()
        _ = try await Migrator(schema: schema, node: "t", pool: pool, logger: TestCluster.logger)
            .run([Jobs.migration(schema: schema)])
        _ = try await pool.query("CREATE TABLE \(unsafe: schema).done (payload text)")
        try await body(JobQueue(pool: pool, schema: schema, times: times, logger: TestCluster.logger), schema)
        _ = try await pool.query("DROP SCHEMA \(unsafe: schema) CASCADE")
    }

    private func add(_ payloads: [String], to queue: JobQueue, _ schema: String, runAt: Date? = nil) async throws {
        let jobs = payloads.map { NewJob(queue: "q", kind: "k", payload: "{\"n\":\"\($0)\"}", runAt: runAt) }
        _ = try await queue.pool.query(JobQueue.insert(jobs, schema: schema))
        queue.wake("q")
    }

    private func done(_ queue: JobQueue, _ schema: String) async throws -> [String] {
        try await queue.pool.query("SELECT payload FROM \(unsafe: schema).done").map { try $0.decode(String.self) }
    }

    /// Runs services until the body is through.
    private func running(_ services: [any Service], _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            try await body()
            group.cancelAll()
        }
    }

    @Test("each job is done once by two workers on two nodes", .timeLimit(.minutes(1)))
    func once() async throws {
        try await withQueue { queue, schema in
            let nodes = [try await Node.start(name: "a", queue: queue), try await Node.start(name: "b", queue: queue)]
            let workers = nodes.map {
                BatchWorker(queue: "q", batch: 7, node: $0, of: queue, handler: Recorder(schema: schema))
            }
            try await running(workers) {
                try await add((0..<300).map(String.init), to: queue, schema)
                try await until("all are done") { try await done(queue, schema).count == 300 }
            }
            #expect(Set(try await done(queue, schema)).count == 300)
        }
    }

    @Test("a poison job is set aside with its reason, and those beside it are done", .timeLimit(.minutes(1)))
    func poison() async throws {
        try await withQueue { queue, schema in
            let node = try await Node.start(name: "a", queue: queue)
            try await add(["1", "poison", "2"], to: queue, schema)
            let worker = BatchWorker(queue: "q", batch: 10, node: node, of: queue, handler: Recorder(schema: schema))
            try await running([worker]) {
                try await until("two are done") { try await done(queue, schema).count == 2 }
                let reason = try await eventually("one is dead") {
                    try await queue.pool.query("SELECT reason FROM \(unsafe: schema).job_dead").first?.decode(
                        String.self)
                }
                #expect(reason.contains("Poison"))
            }
        }
    }

    @Test("a worker that is paused past its lease commits nothing", .timeLimit(.minutes(1)))
    func fenced() async throws {
        var times = JobQueue.Times()
        times.lease = .milliseconds(300)
        times.renewal = .seconds(60)  // never renewed: the worker is as good as stopped
        times.poll = .milliseconds(50)
        try await withQueue(times) { queue, schema in
            let slow = try await Node.start(name: "slow", queue: queue)
            let quick = try await Node.start(name: "quick", queue: queue)
            let slowQueue = JobQueue(pool: queue.pool, schema: schema, times: times, logger: TestCluster.logger)
            let attempts = Mutex(0)
            // The slow one holds its claim outside any transaction until the other one is through.
            let released = Mutex(false)
            let handler = SlowEffect(schema: schema, attempts: { attempts.withLock { $0 += 1 } }) {
                while !released.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(20)) }
            }
            let stalled = EffectWorker(queue: "q", width: 1, node: slow, of: slowQueue, handler: handler)
            let keeper = QueueKeeper(queue: queue, node: quick, listens: false)
            try await add(["1"], to: queue, schema)
            try await running([stalled]) {
                try await until("the slow one has it") { attempts.withLock { $0 } == 1 }
                let worker = BatchWorker(
                    queue: "q", batch: 1, node: quick, of: queue, handler: Recorder(schema: schema))
                try await running([keeper, worker]) {
                    try await until("the other one did it") { try await done(queue, schema).count == 1 }
                }
                released.withLock { $0 = true }
                try await until("the slow one noticed") { handler.lost.withLock { $0 } }
            }
            #expect(try await done(queue, schema).count == 1)
        }
    }

    @Test("a node that comes back takes its own leases at once", .timeLimit(.minutes(1)))
    func takeBack() async throws {
        try await withQueue { queue, schema in
            try await add(["1", "2"], to: queue, schema)
            let node = try await Node.start(name: "a", queue: queue)
            // An earlier life that claimed and was killed.
            _ = try await queue.pool.query(
                "UPDATE \(unsafe: schema).job SET state = 'x', attempt = 1, lease_token = 7, node_id = \(node.id), lease_until = now() + interval '1 hour'"
            )
            let again = try await Node.start(name: "a", queue: queue)
            #expect(again.id == node.id)
            let worker = BatchWorker(queue: "q", batch: 10, node: again, of: queue, handler: Recorder(schema: schema))
            try await running([worker]) {
                try await until("both are done", within: .seconds(10)) { try await done(queue, schema).count == 2 }
            }
        }
    }

    @Test("a job for later waits, and is made ready by the leader when its time comes", .timeLimit(.minutes(1)))
    func scheduled() async throws {
        var times = JobQueue.Times()
        times.poll = .milliseconds(50)
        try await withQueue(times) { queue, schema in
            let node = try await Node.start(name: "a", queue: queue)
            try await add(["later"], to: queue, schema, runAt: Date().addingTimeInterval(1))
            #expect(try await queue.pool.query("SELECT FROM \(unsafe: schema).job WHERE state = 'r'").isEmpty)
            let worker = BatchWorker(queue: "q", batch: 10, node: node, of: queue, handler: Recorder(schema: schema))
            let begin = ContinuousClock.now
            try await running([worker, QueueKeeper(queue: queue, node: node, listens: false)]) {
                try await until("it is done") { try await done(queue, schema).count == 1 }
            }
            #expect(ContinuousClock.now - begin > .milliseconds(800))
        }
    }

    @Test("while a job of a key waits, a second one is left out")
    func unique() async throws {
        try await withQueue { queue, schema in
            let job = NewJob(queue: "q", kind: "k", payload: "{}", uniqueKey: [1, 2])
            _ = try await queue.pool.query(JobQueue.insert([job], schema: schema))
            _ = try await queue.pool.query(JobQueue.insert([job], schema: schema))
            #expect(try await queue.pool.query("SELECT FROM \(unsafe: schema).job").count == 1)
        }
    }

    @Test("a failure that may pass is tried again later, with its reason kept", .timeLimit(.minutes(1)))
    func transient() async throws {
        struct Hiccup: Error {}
        try await withQueue { queue, schema in
            let node = try await Node.start(name: "a", queue: queue)
            try await add(["1"], to: queue, schema)
            let handler = Recorder(schema: schema) { _ in throw Hiccup() }
            try await running([BatchWorker(queue: "q", batch: 1, node: node, of: queue, handler: handler)]) {
                let row = try await eventually("it is put off") {
                    try await queue.pool.query(
                        "SELECT last_error, run_at > clock_timestamp() FROM \(unsafe: schema).job WHERE state = 's'"
                    ).first
                }
                let (reason, isLater) = try row.decode(String.self, Bool.self)
                #expect(reason.contains("Hiccup") && isLater)
            }
        }
    }
}

/// An effect that takes its time and then finishes its job.
private final class SlowEffect: EffectHandler {
    let lost = Mutex(false)
    private let schema: String
    private let attempts: @Sendable () -> Void
    private let wait: @Sendable () async throws -> Void

    init(schema: String, attempts: @escaping @Sendable () -> Void, wait: @escaping @Sendable () async throws -> Void) {
        self.schema = schema
        self.attempts = attempts
        self.wait = wait
    }

    func perform(_ job: Job, lease: Lease) async throws {
        attempts()
        try await wait()
        do {
            try await lease.finish(["INSERT INTO \(unsafe: schema).done VALUES ('too late')"])
        } catch {
            lost.withLock { $0 = error is LostLease }
            throw error
        }
    }
}
