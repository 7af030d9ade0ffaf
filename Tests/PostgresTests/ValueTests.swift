import Foundation
import Postgres
import TestSupport
import Testing

// One after the other: the server has 60 connections for all tests.
@Suite("Values to PostgreSQL and back", .serialized)
struct ValueTests {
    @Test("scalars keep their value", arguments: TestCluster.Version.allCases)
    func scalars(_ version: TestCluster.Version) async throws {
        try await withSchema(version) { pool, _ in
            let id = UUID()
            let rows = try await pool.query(
                """
                SELECT \(true), \(Int16(-3)), \(Int32.min), \(Int64.max), \(Int.min), \(2.5), \(-Double.infinity),
                    \("Ærø – 日本"), \([UInt8]([0, 255])), \(Data([1, 0])), \(id)
                """)
            let values = try rows[0].decode(
                Bool.self, Int16.self, Int32.self, Int64.self, Int.self, Double.self, Double.self, String.self,
                [UInt8].self, Data.self, UUID.self)
            #expect(values.0 && values.1 == -3 && values.2 == .min && values.3 == .max && values.4 == .min)
            #expect(values.5 == 2.5 && values.6 == -.infinity && values.7 == "Ærø – 日本")
            #expect(values.8 == [0, 255] && values.9 == Data([1, 0]) && values.10 == id)
        }
    }

    @Test(
        "instants keep their microseconds, and are what the server says they are",
        arguments: [
            ("2000-01-01 00:00:00+00", 946_684_800.0), ("1969-12-31 23:59:59.5+00", -0.5),
            ("2026-10-25 02:30:00+02", 1_792_888_200.0), ("2025-11-24 16:00:00.123456+00", 1_764_000_000.123456),
            ("0001-01-01 00:00:00+00", -62_135_596_800.0), ("9999-12-31 23:59:59+00", 253_402_300_799.0),
        ])
    func instants(_ text: String, _ seconds: Double) async throws {
        try await withSchema { pool, _ in
            let date = Date(timeIntervalSince1970: seconds)
            let rows = try await pool.query("SELECT \(unsafe: "'\(text)'")::timestamptz = \(date), \(date)")
            let (isSame, echo) = try rows[0].decode(Bool.self, Date.self)
            #expect(isSame && abs(echo.timeIntervalSince(date)) < 0.000_001)
        }
    }

    @Test("an instant beyond what the server knows becomes its last or first one")
    func farInstants() async throws {
        try await withSchema { pool, _ in
            let rows = try await pool.query(
                """
                SELECT extract(year FROM \(Date(timeIntervalSince1970: 1e30)))::int,
                    extract(year FROM \(Date(timeIntervalSince1970: -1e30)))::int
                """)
            let (last, first) = try rows[0].decode(Int32.self, Int32.self)
            #expect(last > 290_000 && first < -4700)
        }
    }

    @Test("NULL is nil, and nothing else is")
    func nulls() async throws {
        try await withSchema { pool, _ in
            let rows = try await pool.query("SELECT \(String?.none), \(""), \([UInt8]()), \(Int64?.none)")
            let values = try rows[0].decode(String?.self, String?.self, [UInt8]?.self, Int64?.self)
            #expect(values.0 == nil && values.1 == "" && values.2 == [] && values.3 == nil)
        }
    }

    @Test("arrays become rows, with NULL among them")
    func arraysToRows() async throws {
        try await withSchema { pool, _ in
            let texts: [String?] = ["a", nil, "", "æ'\""]
            let octets: [[UInt8]] = [[1], [], [0, 1], [255]]
            let rows = try await pool.query(
                "SELECT t, b FROM unnest(\(texts), \(octets)) WITH ORDINALITY AS u (t, b, o) ORDER BY o")
            let values = try rows.map { try $0.decode(String?.self, [UInt8].self) }
            #expect(values.map(\.0) == texts && values.map(\.1) == octets)
        }
    }

    @Test("arrays come back as arrays")
    func arrays() async throws {
        try await withSchema { pool, _ in
            let dates = [Date(timeIntervalSince1970: 0), Date(timeIntervalSince1970: 1)]
            let octets: [[UInt8]?] = [[0], nil, []]
            let row = try await pool.query(
                """
                SELECT \(["a", "ø"]), \([true, false]), \([Int64.min, 0]), \([1, 2]), \([1.5]), \(dates), \(octets),
                    \([Int64?.none, 3]), \([String]()), array_agg(n) FROM generate_series(1, 3) AS g (n)
                """)[0]
            let values = try row.decode(
                [String].self, [Bool].self, [Int64].self, [Int].self, [Double].self, [Date].self, [[UInt8]?].self,
                [Int64?].self, [String].self, [Int32].self)
            #expect(
                values.0 == ["a", "ø"] && values.1 == [true, false] && values.2 == [.min, 0] && values.3 == [1, 2])
            #expect(values.4 == [1.5] && values.5 == dates && values.6 == octets && values.7 == [nil, 3])
            #expect(values.8 == [] && values.9 == [1, 2, 3])
        }
    }

    @Test("what a column does not hold is refused, by its name and type")
    func refusals() async throws {
        try await withSchema { pool, _ in
            let row = try await pool.query(
                "SELECT NULL::text AS gone, 1::int AS narrow, ARRAY[[1, 2]] AS square, ARRAY[NULL, 1] AS holes")[0]
            let attempts: [(String, () throws -> Void)] = [
                ("column gone is no String", { _ = try row.decode(String.self) }),
                ("column narrow is no Int64", { _ = try row.decode(String?.self, Int64.self) }),
                ("column narrow is no Array", { _ = try row.decode(String?.self, [Int32].self) }),
                ("column square is no Array", { _ = try row.decode(String?.self, Int32.self, [Int32].self) }),
                (
                    "column holes is no Array",
                    { _ = try row.decode(String?.self, Int32.self, [UInt8].self, [Int32].self) }
                ),
                (
                    "column 5 of 4 was asked for",
                    { _ = try row.decode(String?.self, Int32.self, [UInt8].self, [Int32?].self, Int32.self) }
                ),
            ]
            for (expected, attempt) in attempts {
                let error = await databaseError { try attempt() }
                #expect(error?.code == .decoding && error?.message.hasPrefix(expected) == true, "\(expected)")
            }
        }
    }

    @Test("U+0000 becomes U+FFFD, since no text column takes it")
    func nul() async throws {
        try await withSchema { pool, _ in
            let rows = try await pool.query("SELECT \("a\u{0}b"), \(["\u{0}"])")
            let (text, list) = try rows[0].decode(String.self, [String].self)
            #expect(text == "a\u{FFFD}b" && list == ["\u{FFFD}"])
        }
    }

    @Test("nested and joined statements keep their parameters in order")
    func nesting() async throws {
        let inner: SQL = "SELECT \(2) AS b"
        let statement: SQL = "SELECT \(1) + b * \(10) FROM (\(inner)) AS i" + " WHERE b = \(2)"
        #expect(statement.text == "SELECT $1 + b * $2 FROM (SELECT $3 AS b) AS i WHERE b = $4")
        let pool = try await TestCluster.shared.pool()
        defer { pool.close() }
        #expect(try await pool.query(statement)[0].decode(Int.self) == 21)
    }

    @Test("text that looks like SQL stays a value")
    func injection() async throws {
        try await withSchema { pool, _ in
            let hostile = "'); DROP TABLE t; --"
            let echo = try await pool.query("SELECT \(hostile)")[0].decode(String.self)
            #expect(echo == hostile)
        }
    }
}
