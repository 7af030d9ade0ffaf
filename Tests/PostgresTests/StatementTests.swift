import Postgres
import TestSupport
import Testing

// One after the other: the server has 60 connections for all tests.
@Suite("Statements", .serialized)
struct StatementTests {
    @Test("the same text with values of another type is another statement")
    func types() async throws {
        try await withSchema(connections: 2) { pool, _ in
            let narrow = try await pool.query("SELECT \(Int32(1))")[0].decode(Int32.self)
            let wide = try await pool.query("SELECT \(Int64.max)")[0].decode(Int64.self)
            let text = try await pool.query("SELECT \("one")")[0].decode(String.self)
            #expect(narrow == 1 && wide == .max && text == "one")
        }
    }

    @Test("a schema that changes under a prepared statement is met by planning anew")
    func outdatedPlan() async throws {
        try await withSchema(connections: 2) { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t AS SELECT 1 AS n")
            let all: SQL = "SELECT * FROM \(unsafe: schema).t"
            #expect(try await pool.query(all)[0].decode(Int32.self) == 1)
            _ = try await pool.query("ALTER TABLE \(unsafe: schema).t ALTER n TYPE bigint")
            #expect(try await pool.query(all)[0].decode(Int64.self) == 1)
            _ = try await pool.query("ALTER TABLE \(unsafe: schema).t ALTER n TYPE text")
            let text = try await pool.transaction { try await $0.query(all)[0].decode(String.self) }
            #expect(text == "1")
            _ = try await pool.query("ALTER TABLE \(unsafe: schema).t ALTER n TYPE int USING n::int")
            let number = try await pool.transaction { try await $0.pipeline([all])[0][0].decode(Int32.self) }
            #expect(number == 1)
        }
    }

    @Test("the server keeps a bounded number of prepared statements", .timeLimit(.minutes(1)))
    func bounded() async throws {
        try await withSchema(connections: 2) { pool, _ in
            for number in 0..<600 {
                _ = try await pool.query("SELECT \(unsafe: String(number))")
            }
            let count = try await pool.query("SELECT count(*) FROM pg_prepared_statements")[0].decode(Int.self)
            #expect(count > 0 && count <= 256)
        }
    }

    @Test("behind a transaction pooler nothing is kept on the server, and transactions have their limits")
    func pooler() async throws {
        try await withSchema(
            connections: 2,
            adjusting: {
                $0.preparesStatements = false
                $0.statementTimeout = .seconds(7)
            }
        ) { pool, _ in
            let limit: SQL = "SELECT current_setting('statement_timeout')"
            let alone = try await pool.query(limit)[0].decode(String.self)
            let within = try await pool.transaction { try await $0.query(limit)[0].decode(String.self) }
            let prepared = try await pool.query("SELECT FROM pg_prepared_statements")
            #expect(alone == "0" && within == "7s" && prepared.isEmpty)
        }
    }

    @Test("the URL goes before our own settings, and its options stand beside ours")
    func settings() async throws {
        let url = try await TestCluster.shared.conninfo() + " options='-c work_mem=7MB' application_name=mine"
        let pool = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
        defer { pool.close() }
        let rows = try await pool.query(
            """
            SELECT current_setting('work_mem'), current_setting('application_name'),
                current_setting('statement_timeout'), current_setting('search_path'),
                current_setting('client_encoding')
            """)
        let settings = try rows[0].decode(String.self, String.self, String.self, String.self, String.self)
        #expect(settings == ("7MB", "mine", "30s", "", "UTF8"))
    }

    @Test("a statement that takes too long is ended by the server")
    func timeout() async throws {
        try await withSchema(adjusting: { $0.statementTimeout = .milliseconds(100) }) { pool, _ in
            let error = await databaseError { try await pool.query("SELECT pg_sleep(60)") }
            #expect(error?.sqlState == "57014" && error?.code == .statement)
        }
    }

    @Test("an error says which statement, and never a value")
    func discretion() async throws {
        try await withSchema { pool, _ in
            let secret = "sold for 4,000,000"
            for statement in ["SELECT \(secret)::int", "SELECT \(secret)::timestamptz", "SELECT \(secret)::json"]
                as [SQL]
            {
                let error = await databaseError { try await pool.query(statement) }
                #expect(error?.sqlState?.hasPrefix("22") == true)
                #expect(error.map { "\($0)" }?.contains("4,000,000") == false)
                #expect(error?.statement == statement.text)
            }
        }
    }

    @Test("more parameters than the protocol can count are refused, and the connection lives on")
    func tooMany() async throws {
        try await withSchema(connections: 2) { pool, _ in
            var statement: SQL = "\(1)"
            for _ in 0..<17 {
                statement = statement + ", " + statement
            }
            let error = await databaseError { try await pool.query("SELECT " + statement) }
            #expect(error?.sqlState == "54000")
            let isBack = try await works(pool)
            #expect(isBack)
        }
    }
}
