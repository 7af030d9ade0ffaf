import Foundation
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite("Pool and transactions")
struct PoolTests {
    @Test("the statement that fails in a pipeline is named, and nothing of it stays")
    func pipelineFailure() async throws {
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        let schema = TestCluster.freshSchema()
        _ = try await pool.query("CREATE SCHEMA \(unsafe: schema)")
        _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint PRIMARY KEY)")
        let insert: SQL = "INSERT INTO \(unsafe: schema).t VALUES (\(Int64(1)))"
        let error = await #expect(throws: PostgresError.self) { try await pool.pipeline([insert, insert, "SELECT 1"]) }
        #expect(error?.isUniqueViolation == true && error?.message.contains("statement 2 of 3") == true)
        #expect(try await pool.query("SELECT count(*) FROM \(unsafe: schema).t")[0].decode(Int64.self) == 0)
        _ = try await pool.query("DROP SCHEMA \(unsafe: schema) CASCADE")
    }

    @Test("a transaction that deadlocks with another is done again until both are through", .timeLimit(.minutes(1)))
    func deadlock() async throws {
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        let schema = TestCluster.freshSchema()
        _ = try await pool.query("CREATE SCHEMA \(unsafe: schema)")
        _ = try await pool.query(
            "CREATE TABLE \(unsafe: schema).t AS SELECT generate_series(1, 2) AS n, 0::bigint AS v")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for order in [[1, 2], [2, 1]] {
                group.addTask {
                    for _ in 0..<2 {
                        try await pool.transaction { transaction in
                            for n in order {
                                _ = try await transaction.query(
                                    "UPDATE \(unsafe: schema).t SET v = v + 1 WHERE n = \(Int32(n))")
                                _ = try await transaction.query("SELECT pg_sleep(0.01)")
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let sums = try await pool.query("SELECT v FROM \(unsafe: schema).t").map { try $0.decode(Int64.self) }
        #expect(sums == [4, 4])
        _ = try await pool.query("DROP SCHEMA \(unsafe: schema) CASCADE")
    }

    @Test("a body that throws leaves nothing, and a savepoint undoes only its own part")
    func rollback() async throws {
        struct Stop: Error {}
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        let schema = TestCluster.freshSchema()
        _ = try await pool.query("CREATE SCHEMA \(unsafe: schema)")
        _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint)")
        await #expect(throws: Stop.self) {
            try await pool.transaction { transaction in
                _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (1)")
                throw Stop()
            }
        }
        try await pool.transaction { transaction in
            _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (2)")
            try? await transaction.savepoint {
                _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (3)")
                throw Stop()
            }
        }
        let left = try await pool.query("SELECT n FROM \(unsafe: schema).t").map { try $0.decode(Int64.self) }
        #expect(left == [2])
        _ = try await pool.query("DROP SCHEMA \(unsafe: schema) CASCADE")
    }

    @Test(
        "who finds every connection taken is told in time, and the reserved one is still there", .timeLimit(.minutes(1))
    )
    func exhaustion() async throws {
        var configuration = PostgresConfiguration(url: try await TestCluster.shared.conninfo())
        configuration.connections = 2
        configuration.acquireTimeout = .milliseconds(200)
        let pool = PostgresPool(configuration, logger: TestCluster.logger)
        defer { pool.close() }
        let isTaken = Flag()
        let isReleased = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await pool.transaction { _ in
                    isTaken.value.withLock { $0 = true }
                    while !isReleased.value.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
                }
            }
            try await until("the connection is taken") { isTaken.value.withLock { $0 } }
            let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
            #expect(error?.code == .poolExhausted)
            #expect(try await pool.query("SELECT 1", slot: .reserved).count == 1)
            isReleased.value.withLock { $0 = true }
            try await group.waitForAll()
        }
        #expect(try await pool.query("SELECT 1").count == 1)
    }

    @Test("a connection that the server ends is replaced", .timeLimit(.minutes(1)))
    func terminated() async throws {
        let pool = try await TestCluster.shared.pool(connections: 2)
        defer { pool.close() }
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query("SELECT pg_terminate_backend(pg_backend_pid())")
        }
        #expect(error?.code == .connectionLost && error?.isUnavailable == true)
        #expect(try await pool.query("SELECT 1").count == 1)
    }

    @Test("a server that is not there is unavailable at once, without a wait", .timeLimit(.minutes(1)))
    func away() async throws {
        let pool = PostgresPool(PostgresConfiguration(url: "host=/nonexistent dbname=none"), logger: TestCluster.logger)
        let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
        #expect(error?.code == .unavailable)
    }

    @Test("a notification is heard", .timeLimit(.minutes(1)))
    func listening() async throws {
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        var heard = Listener.notifications(on: "hint", pool.configuration, logger: TestCluster.logger)
            .makeAsyncIterator()
        await heard.next()  // connected
        _ = try await pool.query("SELECT pg_notify('hint', '')")
        #expect(await heard.next() != nil)
    }

    @Test("five nodes that migrate an empty schema at once apply each step once", .timeLimit(.minutes(1)))
    func migrationRace() async throws {
        let schema = TestCluster.freshSchema()
        let steps = (1...3).map { Migration(name: "step\($0)", sql: "CREATE TABLE \(schema).t\($0) (n int);") }
        let pools = try await withThrowingTaskGroup(of: PostgresPool.self) { group in
            for _ in 0..<5 { group.addTask { try await TestCluster.shared.pool(connections: 2) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for (index, pool) in pools.enumerated() {
                group.addTask {
                    try await Migrator(schema: schema, node: "node\(index)", pool: pool, logger: TestCluster.logger)
                        .run(steps)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == ["step1", "step2", "step3"])
        let changed = [Migration(name: "step1", sql: "SELECT 1;")]
        await #expect(throws: MigrationError.changed(name: "step1")) {
            try await Migrator(schema: schema, node: "x", pool: pools[0], logger: TestCluster.logger).run(changed)
        }
        _ = try await pools[0].query("DROP SCHEMA \(unsafe: schema) CASCADE")
        pools.forEach { $0.close() }
    }

    @Test("a server of ours passes the check", arguments: TestCluster.Version.allCases)
    func serverCheck(_ version: TestCluster.Version) async throws {
        let pool = try await TestCluster.shared.pool(version)
        defer { pool.close() }
        try await ServerCheck.run(on: pool, schema: "brevdue")
    }

    @Test("a database whose lower() does not know Danish is refused with what to do")
    func wrongLocale() async throws {
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        _ = try await pool.query(
            "CREATE DATABASE wrong TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'UTF8'")
        let url = try await TestCluster.shared.conninfo().replacing("dbname=postgres", with: "dbname=wrong")
        let wrong = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
        let error = await #expect(throws: PostgresError.self) {
            try await ServerCheck.run(on: wrong, schema: "brevdue")
        }
        #expect(error?.code == .refusedServer && error?.message.contains("C.UTF-8") == true)
        wrong.close()
    }
}

/// Raised by one task for another.
private final class Flag: Sendable {
    let value = Mutex(false)
}
