import Foundation
import Postgres
import SMTPClient
import TestSupport
import Testing

@Suite("What a mail costs")
struct ConstantCostTests {
    /// Counted in entries of indices that the server reads, so that it does not depend on how fast the machine is.
    @Test("does not grow with the mails that there are", .timeLimit(.minutes(3)))
    func entriesRead() async throws {
        let folder = try Repository.temporaryFolder("cost")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        try await daemon.run { _ in
            let pool = daemon.pool()
            defer { pool.close() }
            let client = try daemon.client()
            var read: [Int64] = []
            for round in 0..<3 {
                let before = try await Self.entriesRead(pool)
                for number in 0..<400 {
                    // A hundred companies, each of which writes again and again.
                    let mail = SampleMail.forward(
                        1 + number % 100, cvr: SampleMail.cvr(1 + number % 100), run: "r\(round).\(number)")
                    guard case .accepted = try await daemon.send(mail, by: client) else {
                        throw TestFailure("not accepted")
                    }
                }
                try await until("all jobs are done", within: .seconds(60)) {
                    let rows = try await pool.query(
                        "SELECT count(*) FROM brevdue.job WHERE queue IN ('read', 'read_large', 'answer')")
                    return try rows[0].decode(Int64.self) == 0
                }
                read.append(try await Self.entriesRead(pool) - before)
            }
            #expect(read[2] < read[0] * 3, "entries read for 400 mails each: \(read)")
            #expect(read[2] / 400 < 150, "entries read for 400 mails each: \(read)")
        }
    }

    /// Of the messages' indices; the server counts them up when it is idle, at the latest after ten seconds.
    private static func entriesRead(_ pool: PostgresPool) async throws -> Int64 {
        let query: SQL = """
            SELECT coalesce(sum(idx_tup_read), 0)::bigint FROM pg_stat_user_indexes WHERE relname = 'message'
            """
        var last: Int64 = -1
        return try await eventually("the statistics are complete", within: .seconds(30)) {
            let now = try await pool.query(query)[0].decode(Int64.self)
            defer { last = now }
            guard now == last else {
                try await Task.sleep(for: .seconds(2))
                return nil
            }
            return now
        }
    }
}
