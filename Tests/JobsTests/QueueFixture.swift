import Foundation
import Jobs
import Postgres
import ServiceLifecycle
import Synchronization
import TestSupport

/// A queue on a schema of its own, with a table for results.
struct QueueFixture: Sendable {
    let queue: JobQueue
    let schema: String

    static func with(
        _ times: JobQueue.Times = JobQueue.Times(), _ body: (QueueFixture) async throws -> Void
    ) async throws {
        let pool = try await TestCluster.shared.pool(connections: 10)
        defer { pool.close() }
        let schema = TestCluster.freshSchema()
        _ = try await Migrator(schema: schema, node: "t", pool: pool, logger: TestCluster.logger)
            .run([Jobs.migration(schema: schema)])
        _ = try await pool.query("CREATE TABLE \(unsafe: schema).done (payload text)")
        let queue = JobQueue(pool: pool, schema: schema, times: times, logger: TestCluster.logger)
        try await body(QueueFixture(queue: queue, schema: schema))
        _ = try await pool.query("DROP SCHEMA \(unsafe: schema) CASCADE")
    }

    /// Times at which a test need not wait long.
    static var quick: JobQueue.Times {
        var times = JobQueue.Times()
        times.poll = .milliseconds(50)
        return times
    }

    func add(_ payloads: [String], runAt: Date? = nil, key: [UInt8]? = nil) async throws {
        let jobs = payloads.map {
            NewJob(queue: "q", kind: "k", payload: "{\"n\":\"\($0)\"}", runAt: runAt, uniqueKey: key)
        }
        _ = try await queue.pool.query(JobQueue.insert(jobs, schema: schema))
        queue.wake("q")
    }

    /// Makes every waiting job one that the node works on, as after a claim whose process is gone.
    func leave(with node: Node, lease: String = "1 hour", attempt: Int16 = 1) async throws {
        _ = try await queue.pool.query(
            """
            UPDATE \(unsafe: schema).job SET state = 'x', attempt = \(attempt), node_id = \(node.id),
                lease_token = nextval('\(unsafe: schema).job_lease'), lease_until = clock_timestamp() + \(lease)::text::interval
            WHERE state = 'r'
            """)
    }

    /// What a job looks like in the table.
    struct Seen: Sendable, Hashable {
        var state: String
        var attempt: Int16
        var error: String
    }

    var jobs: [Seen] {
        get async throws {
            try await queue.pool.query(
                "SELECT state::text, attempt, coalesce(last_error, '') FROM \(unsafe: schema).job ORDER BY id"
            ).map { row in
                let (state, attempt, error) = try row.decode(String.self, Int16.self, String.self)
                return Seen(state: state, attempt: attempt, error: error)
            }
        }
    }

    var reasonsOfDeath: [String] {
        get async throws { try await texts("SELECT reason FROM \(unsafe: schema).job_dead ORDER BY id") }
    }

    var done: [String] {
        get async throws { try await texts("SELECT payload FROM \(unsafe: schema).done") }
    }

    func texts(_ query: SQL) async throws -> [String] {
        try await queue.pool.query(query).map { try $0.decode(String.self) }
    }

    func node(_ name: String = "a") async throws -> Node { try await Node.start(name: name, queue: queue) }

    func worker(_ node: Node, batch: Int = 10, before: @escaping Recorder.Pause = { _, _ in }) -> any Service {
        BatchWorker(
            queue: "q", batch: batch, node: node, of: queue, handler: Recorder(schema: schema, before: before))
    }

    func effects(_ node: Node, width: Int = 1, _ perform: @escaping Effect.Perform) -> any Service {
        EffectWorker(queue: "q", width: width, node: node, of: queue, handler: Effect(perform: perform))
    }

    func keeper(_ node: Node) -> any Service { QueueKeeper(queue: queue, node: node, listens: false) }

    /// A statement that notes a result.
    func result(_ text: String) -> SQL { "INSERT INTO \(unsafe: schema).done VALUES (\(text))" }
}

/// Writes the payload of each job into a table, in the transaction that finishes it.
struct Recorder: BatchHandler {
    struct Poison: PermanentFailure {}
    typealias Pause = @Sendable ([Job], Transaction) async throws -> Void

    let schema: String
    /// Called within the transaction, before the result is written.
    var before: Pause
    var followUps: [String] { [] }

    func handle(_ jobs: [Job], in transaction: Transaction) async throws {
        try await before(jobs, transaction)
        for job in jobs {
            if job.payload.contains("poison") { throw Poison() }
            _ = try await transaction.query("INSERT INTO \(unsafe: schema).done VALUES (\(job.payload))")
        }
    }
}

/// An effect of the test's.
struct Effect: EffectHandler {
    typealias Perform = @Sendable (Job, Lease) async throws -> Void
    let perform: Perform

    func perform(_ job: Job, lease: Lease) async throws { try await perform(job, lease) }
}

/// Runs services until the body is through.
func running(_ services: [any Service], _ body: () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for service in services { group.addTask { try await service.run() } }
        try await body()
        group.cancelAll()
    }
}

/// Counts from several tasks.
final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}

/// Holds up whoever waits until it is opened.
final class Gate: Sendable {
    private let opening = AsyncStream.makeStream(of: Void.self)

    func open() { opening.continuation.finish() }

    func wait() async throws {
        for await _ in opening.stream {}
        try Task.checkCancellation()
    }
}
