import Postgres
import TestSupport
import Testing

// One after the other: the server has 60 connections for all tests.
@Suite("Migrations", .serialized, .timeLimit(.minutes(1)))
struct MigratorTests {
    private func migrator(_ schema: String, _ pool: PostgresPool, node: String = "node") -> Migrator {
        Migrator(schema: schema, node: node, pool: pool, logger: TestCluster.logger)
    }

    private func steps(_ schema: String, _ numbers: ClosedRange<Int>) -> [Migration] {
        numbers.map { Migration(name: "step\($0)", sql: "CREATE TABLE \(schema).t\($0) (n int);") }
    }

    @Test(
        "five nodes that find an empty database at once apply each step once", arguments: TestCluster.Version.allCases)
    func race(_ version: TestCluster.Version) async throws {
        // The schema is missing as well.
        let schema = TestCluster.freshSchema()
        try await withSchema(connections: 12, version) { pool, _ in
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for number in 0..<5 {
                    group.addTask {
                        try await migrator(schema, pool, node: "node\(number)").run(steps(schema, 1...3))
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == ["step1", "step2", "step3"])
            #expect(try await pool.query("SELECT FROM \(unsafe: schema).migration_lock").isEmpty)
            _ = try await pool.query("DROP SCHEMA \(unsafe: schema) CASCADE")
        }
    }

    @Test("only what is missing is applied, and what failed leaves nothing")
    func missing() async throws {
        try await withSchema { pool, schema in
            let first = migrator(schema, pool)
            let applied = try await first.run(steps(schema, 1...1))
            #expect(applied == ["step1"])
            #expect(try await first.run(steps(schema, 1...1)) == [])
            let broken = Migration(name: "step2", sql: "CREATE TABLE \(schema).t2 (n int); SELECT 1 / 0;")
            let error = await databaseError {
                try await first.run(steps(schema, 1...1) + [broken])
            }
            #expect(error?.sqlState == "22012")
            // The mended step may have the same name: it was never applied. The lock is free again.
            let other = migrator(schema, pool, node: "other")
            #expect(try await other.missing(of: steps(schema, 1...2)).map(\.name) == ["step2"])
            #expect(try await other.run(steps(schema, 1...2)) == ["step2"])
        }
    }

    @Test("a step that was changed after it was applied is refused")
    func changed() async throws {
        try await withSchema { pool, schema in
            _ = try await migrator(schema, pool).run(steps(schema, 1...1))
            await #expect(throws: MigrationError.changed(name: "step1")) {
                try await migrator(schema, pool).run([Migration(name: "step1", sql: "SELECT 1;")])
            }
        }
    }

    @Test("an older daemon stops at a breaking step it does not know, and lives with any other")
    func newer() async throws {
        try await withSchema { pool, schema in
            _ = try await migrator(schema, pool).run(steps(schema, 1...2))
            #expect(try await migrator(schema, pool).run(steps(schema, 1...1)) == [])
            let breaking = Migration(name: "step3", sql: "-- breaking\nCREATE TABLE \(schema).t3 (n int);")
            _ = try await migrator(schema, pool).run(steps(schema, 1...2) + [breaking])
            await #expect(throws: MigrationError.newerSchema(name: "step3")) {
                try await migrator(schema, pool).run(steps(schema, 1...2))
            }
        }
    }

    @Test("a node that died while migrating holds the others up only until its lease ends")
    func deadHolder() async throws {
        try await withSchema { pool, schema in
            _ = try await migrator(schema, pool).run(steps(schema, 1...1))
            _ = try await pool.query(
                """
                INSERT INTO \(unsafe: schema).migration_lock (node, expires_at)
                VALUES ('dead', clock_timestamp() + interval '1 second')
                """)
            #expect(try await migrator(schema, pool).run(steps(schema, 1...2)) == ["step2"])
        }
    }

    @Test("a step that another node is just applying is waited for, and not applied twice")
    func inFlight() async throws {
        try await withSchema { pool, schema in
            _ = try await migrator(schema, pool).run(steps(schema, 1...1))
            let step = steps(schema, 2...2)[0]
            let started = Meeting(of: 2)
            async let applied = {
                await started.arrive()
                return try await migrator(schema, pool).run(steps(schema, 1...2))
            }()
            // A node whose lock has run out, but not its transaction.
            try await pool.transaction { transaction in
                _ = try await transaction.query(
                    """
                    INSERT INTO \(unsafe: schema).schema_migration (name, checksum, breaking, applied_by)
                    VALUES (\(step.name), sha256(convert_to(\(step.sql), 'UTF8')), false, 'slow')
                    """)
                await started.arrive()
                try await until("it waits") {
                    try await pool.query(
                        """
                        SELECT FROM pg_stat_activity
                        WHERE wait_event_type = 'Lock' AND query LIKE \("%INSERT INTO \(schema).schema_migration%")
                        """
                    ).count == 1
                }
            }
            #expect(try await applied == [])
        }
    }

    @Test("a lock that cannot be given up in the end does not matter")
    func keptLock() async throws {
        try await withSchema { pool, schema in
            let step = Migration(name: "step1", sql: "DROP TABLE \(schema).migration_lock")
            let applied = try await migrator(schema, pool).run([step])
            #expect(applied == ["step1"])
        }
    }

    @Test("a user who may only use the schema can start a daemon on it, once it is migrated")
    func leastPrivilege() async throws {
        try await withSchema { pool, schema in
            _ = try await migrator(schema, pool).run(steps(schema, 1...1))
            _ = try await pool.query("CREATE ROLE \(unsafe: schema) LOGIN")
            _ = try await pool.query("GRANT USAGE ON SCHEMA \(unsafe: schema) TO \(unsafe: schema)")
            _ = try await pool.query("GRANT SELECT ON ALL TABLES IN SCHEMA \(unsafe: schema) TO \(unsafe: schema)")
            let url = try await TestCluster.shared.conninfo() + " user=\(schema)"
            let limited = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
            try await ServerCheck.run(on: limited, schema: schema)
            #expect(try await migrator(schema, limited).run(steps(schema, 1...1)) == [])
            limited.close()
            _ = try await pool.query("DROP OWNED BY \(unsafe: schema)")
            _ = try await pool.query("DROP ROLE \(unsafe: schema)")
        }
    }
}
