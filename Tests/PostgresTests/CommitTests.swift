import Postgres
import TestSupport
import Testing

/// A statement outside a transaction is committed behind its own answer, so that its rows say nothing of its success.
@Suite("Failures at the commit", .serialized)
struct CommitTests {
    /// A table whose uniqueness is checked at the commit, with 1 in it, and one connection.
    private func withTable(_ body: (PostgresPool, SQL) async throws -> Void) async throws {
        try await withSchema(connections: 1) { pool, schema in
            let table: SQL = "\(unsafe: schema).t"
            _ = try await pool.query("CREATE TABLE \(table) (n bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            _ = try await pool.query("INSERT INTO \(table) VALUES (1)")
            try await body(pool, table)
            let rows = try await pool.query("SELECT n FROM \(table) ORDER BY n").map { try $0.decode(Int64.self) }
            #expect(rows == [1])
        }
    }

    @Test("one statement that gave rows and cannot be committed throws")
    func statement() async throws {
        try await withTable { pool, table in
            let error = await databaseError {
                try await pool.query("INSERT INTO \(table) VALUES (2), (1) RETURNING n")
            }
            #expect(error?.isUniqueViolation == true)
        }
    }

    @Test("a pipeline that cannot be committed throws, and its connection is as before")
    func pipeline() async throws {
        try await withTable { pool, table in
            let process = try await pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self)
            let error = await databaseError {
                try await pool.pipeline([
                    "INSERT INTO \(table) VALUES (2) RETURNING n", "INSERT INTO \(table) VALUES (1) RETURNING n",
                ])
            }
            #expect(error?.isUniqueViolation == true)
            let answers = try await pool.pipeline(["SELECT 1::bigint", "SELECT 2::bigint"])
            #expect(try answers.map { try $0[0].decode(Int64.self) } == [1, 2])
            #expect(try await pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self) == process)
        }
    }

    @Test("a transaction that cannot be committed throws")
    func transaction() async throws {
        try await withTable { pool, table in
            let error = await databaseError {
                try await pool.transaction { try await $0.query("INSERT INTO \(table) VALUES (1) RETURNING n") }
            }
            #expect(error?.isUniqueViolation == true)
        }
    }
}
