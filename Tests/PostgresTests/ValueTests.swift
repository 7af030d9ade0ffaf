import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Values to PostgreSQL and back")
struct ValueTests {
    @Test("scalars keep their value", arguments: TestCluster.Version.allCases)
    func scalars(_ version: TestCluster.Version) async throws {
        let pool = try await TestCluster.shared.pool(version)
        defer { pool.close() }
        let id = UUID()
        let date = Date(timeIntervalSince1970: 1_764_000_000.123456)
        let rows = try await pool.query(
            """
            SELECT \(true), \(Int16(-3)), \(Int32.min), \(Int64.max), \(2.5), \("Ærø – 日本"), \([UInt8]([0, 255])), \(id), \(date)
            """)
        let row = try #require(rows.first)
        let values = try row.decode(
            Bool.self, Int16.self, Int32.self, Int64.self, Double.self, String.self, [UInt8].self, UUID.self, Date.self)
        #expect(values.0 && values.1 == -3 && values.2 == .min && values.3 == .max && values.4 == 2.5)
        #expect(values.5 == "Ærø – 日本" && values.6 == [0, 255] && values.7 == id)
        #expect(abs(values.8.timeIntervalSince(date)) < 0.000_001)
    }

    @Test("NULL is nil, and nothing else is")
    func nulls() async throws {
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        let rows = try await pool.query("SELECT \(String?.none), \(""), \([UInt8]()), \(Int64?.none)")
        let values = try rows[0].decode(String?.self, String?.self, [UInt8]?.self, Int64?.self)
        #expect(values.0 == nil && values.1 == "" && values.2 == [] && values.3 == nil)
        #expect(throws: PostgresError.self) { try rows[0].decode(String.self) }
    }

    @Test("arrays become rows, with NULL among them")
    func arrays() async throws {
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        let texts: [String?] = ["a", nil, "", "æ'\""]
        let octets: [[UInt8]] = [[1], [], [0, 1], [255]]
        let rows = try await pool.query(
            "SELECT t, b FROM unnest(\(texts), \(octets)) WITH ORDINALITY AS u (t, b, o) ORDER BY o")
        let values = try rows.map { try $0.decode(String?.self, [UInt8].self) }
        #expect(values.map(\.0) == texts && values.map(\.1) == octets)
    }

    @Test("U+0000 becomes U+FFFD, since no text column takes it")
    func nul() async throws {
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        #expect(try await pool.query("SELECT \("a\u{0}b")")[0].decode(String.self) == "a\u{FFFD}b")
    }

    @Test("nested statements keep their parameters in order")
    func nesting() async throws {
        let inner: SQL = "SELECT \(Int64(2)) AS b"
        let statement: SQL = "SELECT \(Int64(1)) + b * \(Int64(10)) FROM (\(inner)) AS i"
        #expect(statement.text == "SELECT $1 + b * $2 FROM (SELECT $3 AS b) AS i" || statement.text.contains("$3"))
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        #expect(try await pool.query(statement)[0].decode(Int64.self) == 21)
    }
}
