import TestSupport
import Testing

@testable import Postgres

// One after the other: the server has 60 connections for all tests.
@Suite("Servers that will do, and servers that will not", .serialized)
struct ServerCheckTests {
    @Test("a server of ours passes", arguments: TestCluster.Version.allCases)
    func passes(_ version: TestCluster.Version) async throws {
        try await withSchema(version) { pool, _ in try await ServerCheck.run(on: pool, schema: "brevdue") }
    }

    struct Database: Sendable, CustomTestStringConvertible {
        var name: String
        var options: String
        var advice: String
        var testDescription: String { name }
    }

    @Test(
        "a database of the wrong kind is refused with what to do",
        arguments: [
            Database(
                name: "check_locale", options: "LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'UTF8'", advice: "C.UTF-8"),
            Database(
                name: "check_latin1", options: "LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'LATIN1'",
                advice: "ENCODING 'UTF8'"),
            Database(
                name: "check_ascii", options: "LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'SQL_ASCII'",
                advice: "ENCODING 'UTF8'"),
        ])
    func wrongKind(_ database: Database) async throws {
        try await withSchema { pool, _ in
            _ = try await pool.query(
                "CREATE DATABASE \(unsafe: database.name) TEMPLATE template0 \(unsafe: database.options)")
            let error = try await refusal(in: database.name, as: nil)
            #expect(error?.code == .refusedServer)
            #expect(error?.message.contains(database.advice) == true, "\(error?.message ?? "")")
            _ = try await pool.query("DROP DATABASE \(unsafe: database.name) WITH (FORCE)")
        }
    }

    @Test("a user without the right to make a schema is refused with the statement that gives it")
    func privileges() async throws {
        try await withSchema { pool, schema in
            _ = try await pool.query("CREATE ROLE \(unsafe: schema) LOGIN")
            let error = try await refusal(in: "postgres", as: schema)
            #expect(error?.message.contains("GRANT CREATE ON DATABASE postgres TO \(schema)") == true)
            _ = try await pool.query("GRANT CREATE ON DATABASE postgres TO \(unsafe: schema)")
            let noRoles = try await refusal(in: "postgres", as: schema)
            #expect(noRoles?.message.contains("ALTER ROLE \(schema) CREATEROLE") == true)
            _ = try await pool.query("REVOKE CREATE ON DATABASE postgres FROM \(unsafe: schema)")
            _ = try await pool.query("DROP ROLE \(unsafe: schema)")
        }
    }

    @Test(
        "a server is refused by its version alone when that is too old, however else it is",
        arguments: [(140_023, "14.23"), (90_624, "9.6.24"), (149_999, "14.99")])
    func tooOld(_ number: Int32, _ text: String) {
        let server = ServerCheck.Server(
            version: number, versionText: text, encoding: "LATIN1", foldsCase: false, hasVector: false, mayUse: false,
            user: "a", database: "b", isStandby: true)
        #expect(
            server.refusal(schema: "brevdue")
                == "PostgreSQL \(text) is too old: version 15 or later is needed")
    }

    @Test("the oldest version that will do passes; a standby of it is refused with whom to name instead")
    func standby() {
        var server = ServerCheck.Server(
            version: 150_000, versionText: "15.0", encoding: "UTF8", foldsCase: true, hasVector: true, mayUse: true,
            user: "a", database: "b", isStandby: false)
        #expect(server.refusal(schema: "brevdue") == nil)
        server.isStandby = true
        #expect(server.refusal(schema: "brevdue")?.contains("name the primary in database.url") == true)
    }

    private func refusal(in database: String, as user: String?) async throws -> PostgresError? {
        var url = try await TestCluster.shared.conninfo().replacing("dbname=postgres", with: "dbname=\(database)")
        if let user { url += " user=\(user)" }
        let pool = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
        defer { pool.close() }
        return await databaseError {
            try await ServerCheck.run(on: pool, schema: "not_there_yet", makesRoles: true)
        }
    }
}
