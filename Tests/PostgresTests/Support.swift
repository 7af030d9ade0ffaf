import Postgres
import Synchronization
import TestSupport
import Testing

/// Runs the body on a pool and a schema of its own.
func withSchema(
    connections: Int = 6, _ version: TestCluster.Version = .v18,
    adjusting adjust: (inout PostgresConfiguration) -> Void = { _ in },
    _ body: (PostgresPool, String) async throws -> Void
) async throws {
    var configuration = PostgresConfiguration(url: try await TestCluster.shared.conninfo(version))
    configuration.connections = connections
    adjust(&configuration)
    let pool = PostgresPool(configuration, logger: TestCluster.logger)
    defer { pool.close() }
    let schema = TestCluster.freshSchema()
    _ = try await pool.query("CREATE SCHEMA \(unsafe: schema)")
    try await body(pool, schema)
    _ = try await pool.query("DROP SCHEMA \(unsafe: schema) CASCADE")
}

/// Lets tasks go on when all of them have arrived.
actor Meeting {
    private let count: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOver = false

    init(of count: Int) { self.count = count }

    /// Returns when all are there; at once after the first time.
    func arrive() async {
        if isOver { return }
        guard waiting.count + 1 == count else { return await withCheckedContinuation { waiting.append($0) } }
        isOver = true
        waiting.forEach { $0.resume() }
        waiting.removeAll()
    }
}

/// The database's error that the body throws; the test fails when it throws none.
func databaseError<Value>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async -> PostgresError? {
    await #expect(throws: PostgresError.self, sourceLocation: sourceLocation) { _ = try await body() }
}

/// Counts how often something was done.
final class Counter: Sendable {
    private let count = Atomic(0)

    @discardableResult
    func add() -> Int { count.add(1, ordering: .relaxed).newValue }
    var value: Int { count.load(ordering: .relaxed) }
}

/// What a test stops with on purpose.
struct Stop: Error, Equatable {}

/// Whether a connection can be had and works.
func works(_ pool: PostgresPool) async throws -> Bool { try await pool.query("SELECT 1").count == 1 }
