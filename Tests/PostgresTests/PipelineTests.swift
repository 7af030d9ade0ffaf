import Postgres
import TestSupport
import Testing

// One after the other: the server has 60 connections for all tests.
@Suite("Pipelines", .serialized)
struct PipelineTests {
    @Test("the statement that fails is named, and nothing of it stays", arguments: [true, false])
    func failure(prepares: Bool) async throws {
        try await withSchema(adjusting: { $0.preparesStatements = prepares }) { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint PRIMARY KEY)")
            let insert: SQL = "INSERT INTO \(unsafe: schema).t VALUES (\(1))"
            for _ in 0..<2 {
                let error = await databaseError {
                    try await pool.pipeline([insert, insert, "SELECT 1"])
                }
                #expect(error?.isUniqueViolation == true && error?.constraint == "t_pkey")
                #expect(error?.message.hasPrefix("statement 2 of 3: ") == true)
            }
            #expect(try await pool.query("SELECT FROM \(unsafe: schema).t").isEmpty)
        }
    }

    @Test(
        "before many others that are new, the statement that fails is named, and the connection goes on",
        arguments: ["SELECT 1 / (SELECT 0)", "SELECT n FROM missing"])
    func failureBeforeMany(_ statement: String) async throws {
        try await withSchema(connections: 1) { pool, _ in
            let process: SQL = "SELECT pg_backend_pid()"
            let before = try await pool.query(process)[0].decode(Int32.self)
            let error = await databaseError {
                try await pool.pipeline(["\(unsafe: statement)", "SELECT 2", "SELECT 3", "SELECT 4", "SELECT 5"])
            }
            #expect(["22012", "42P01"].contains(error?.sqlState), "\(String(describing: error))")
            #expect(error?.message.hasPrefix("statement 1 of 5: ") == true)
            #expect(try await pool.query(process)[0].decode(Int32.self) == before)
        }
    }

    @Test("a statement may need what one before it makes")
    func dependent() async throws {
        try await withSchema { pool, schema in
            let results = try await pool.pipeline([
                "CREATE TABLE \(unsafe: schema).t (n bigint)", "INSERT INTO \(unsafe: schema).t VALUES (\(7))",
                "SELECT n FROM \(unsafe: schema).t",
            ])
            #expect(try results[2][0].decode(Int.self) == 7)
        }
    }

    @Test("a statement that cannot be planned is named, and the next pipeline works")
    func unplanned() async throws {
        try await withSchema(connections: 2) { pool, schema in
            for _ in 0..<2 {
                let error = await databaseError {
                    try await pool.pipeline(["SELECT 1", "SELECT n FROM \(unsafe: schema).missing"])
                }
                #expect(error?.sqlState == "42P01" && error?.message.hasPrefix("statement 2 of 2: ") == true)
            }
            let results = try await pool.pipeline(["SELECT 1", "SELECT 2"])
            #expect(results.count == 2)
        }
    }

    @Test("large values go both ways without a standstill", .timeLimit(.minutes(1)))
    func large() async throws {
        try await withSchema { pool, _ in
            let octets = [UInt8](repeating: 7, count: 256 << 10)
            let results = try await pool.pipeline((0..<100).map { "SELECT \(octets), \($0)" })
            for (index, rows) in results.enumerated() {
                let (echo, number) = try rows[0].decode([UInt8].self, Int.self)
                #expect(number == index && echo.count == octets.count)
            }
        }
    }

    @Test("a connection that is lost on the way fails all of it, and is replaced", .timeLimit(.minutes(1)))
    func lost() async throws {
        try await withSchema(connections: 2) { pool, _ in
            let error = await databaseError {
                try await pool.pipeline(["SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 2"])
            }
            #expect(error?.code == .connectionLost)
            let results = try await pool.pipeline(["SELECT 1"])
            #expect(results.count == 1)
        }
    }

    @Test("nothing to do is done")
    func empty() async throws {
        try await withSchema { pool, _ in
            let alone = try await pool.pipeline([])
            let within = try await pool.transaction { try await $0.pipeline([]) }
            #expect(alone.isEmpty && within.isEmpty)
        }
    }
}
