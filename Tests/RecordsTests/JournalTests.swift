import Cryptography
import Foundation
import Jobs
import Postgres
import Records
import TestSupport
import Testing

/// The journal on a real server, in a database of its own.
@Suite("The journal", .serialized)
struct JournalTests {
    private typealias Result = Swift.Result<JournalReceipt, JournalError>

    private static func arrival(
        _ text: String, octets: [UInt8]? = nil, at instant: Date = Date(), isTrusted: Bool = true
    ) -> Arrival {
        let octets = octets ?? Array("Subject: \(text)\r\n\r\n\(text)\r\n".utf8)
        return Arrival(
            door: .smtp, receivedAt: instant,
            envelope: ArrivalEnvelope(from: "\(text)@fjordtek.example", recipients: ["leads@fjordtek.example"]),
            trusted: isTrusted, trace: nil, content: .memory(octets), digest: SHA256.hash(octets))
    }

    /// Hands arrivals in before there is a writer, so that the first one takes them all in one statement; gives back the
    /// answers in their order.
    private func append(_ arrivals: [Arrival], to journal: Journal) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, arrival) in arrivals.enumerated() {
                group.addTask {
                    do throws(JournalError) {
                        return (index, .success(try await journal.append(arrival)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            while journal.waitingArrivals < arrivals.count, !Task.isCancelled { await Task.yield() }
            let writers = Task { await journal.run() }
            defer { writers.cancel() }
            var results: [Int: Result] = [:]
            for await (index, result) in group { results[index] = result }
            return arrivals.indices.compactMap { results[$0] }
        }
    }

    private func counts(_ pool: PostgresPool) async throws -> [Int64] {
        let row = try await pool.query(
            """
            SELECT (SELECT count(*) FROM brevdue.arrival), (SELECT count(*) FROM brevdue.arrival_key),
                (SELECT count(*) FROM brevdue.job WHERE queue LIKE 'read%'), (SELECT count(*) FROM brevdue.arrival_part)
            """)[0]
        let (arrivals, keys, jobs, parts) = try row.decode(Int64.self, Int64.self, Int64.self, Int64.self)
        return [arrivals, keys, jobs, parts]
    }

    @Test(
        "the same octets from outside stand in for no mail of one of our own people; each is known again",
        .timeLimit(.minutes(1)))
    func copyFromOutside() async throws {
        try await withRecords { pool, journal in
            let results = await append(
                [false, true, false, true].map { Self.arrival("en", isTrusted: $0) }, to: journal)
            let ids = try results.map { try $0.get().id }
            #expect(ids[0] == ids[2] && ids[1] == ids[3] && ids[0] != ids[1])
            #expect(try await counts(pool) == [2, 2, 2, 0])
        }
    }

    @Test(
        "in one shared transaction mails that are too large are refused, a twin is known, and the rest commits",
        .timeLimit(.minutes(1)))
    func faultsInOneBatch() async throws {
        try await withRecords { pool, journal in
            // The most that a row may hold, and one octet more.
            let large = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
            let tooLarge = large + [UInt8(ascii: "x")]
            let results = await append(
                [
                    Self.arrival("en"), Self.arrival("to", octets: tooLarge), Self.arrival("tre"),
                    Self.arrival("en"), Self.arrival("fire", octets: tooLarge), Self.arrival("fem", octets: large),
                ], to: journal)
            let receipts = results.map { try? $0.get() }
            for place in [0, 2, 3, 5] { #expect(receipts[place] != nil, "\(results[place])") }
            for place in [1, 4] {
                guard case .failure(.refused) = results[place] else {
                    Issue.record("\(results[place])")
                    continue
                }
            }
            #expect(receipts[0]?.id == receipts[3]?.id)
            #expect([receipts[0], receipts[3]].compactMap { $0?.duplicate }.sorted { !$0 && $1 } == [false, true])
            #expect(receipts[2]?.duplicate == false && receipts[5]?.duplicate == false)
            let rows = try await counts(pool)
            #expect(rows == [3, 3, 3, 0])
        }
    }

    @Test("twins alone in one shared transaction are stored once and have one id", .timeLimit(.minutes(1)))
    func twins() async throws {
        try await withRecords { pool, journal in
            let results = await append(Array(repeating: Self.arrival("en"), count: 10), to: journal)
            let receipts = results.compactMap { try? $0.get() }
            #expect(receipts.count == 10 && Set(receipts.map(\.id)).count == 1)
            #expect(receipts.filter { !$0.duplicate }.count == 1)
            let rows = try await counts(pool)
            #expect(rows == [1, 1, 1, 0])
        }
    }

    @Test(
        "a month without a partition is our fault, not the mail's: it is asked to come again", .timeLimit(.minutes(1)))
    func noPartition() async throws {
        try await withRecords { pool, journal in
            let results = await append([Self.arrival("en", at: Date(timeIntervalSince1970: 0))], to: journal)
            guard case .failure(.unavailable) = results[0] else {
                Issue.record("\(results[0])")
                return
            }
            let rows = try await counts(pool)
            #expect(rows == [0, 0, 0, 0])
        }
    }

    @Test("a fault of the database is not the mail's either: it is asked to come again", .timeLimit(.minutes(1)))
    func faultOfTheDatabase() async throws {
        try await withRecords { pool, journal in
            _ = try await pool.query("ALTER TABLE brevdue.arrival_key RENAME TO elsewhere")
            let results = await append([Self.arrival("en"), Self.arrival("to")], to: journal)
            for result in results {
                guard case .failure(.unavailable) = result else {
                    Issue.record("\(result)")
                    continue
                }
            }
        }
    }

    @Test("intake reads no more of the keys that are there, however many they become", .timeLimit(.minutes(1)))
    func cost() async throws {
        try await withRecords { pool, journal in
            let writers = Task { await journal.run() }
            defer { writers.cancel() }
            for batch in 0..<20 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<50 {
                        group.addTask { _ = try await journal.append(Self.arrival("\(batch)-\(number)")) }
                    }
                    try await group.waitForAll()
                }
            }
            try await until("the statistics are in") {
                try await pool.query(
                    "SELECT n_tup_ins >= 1000 FROM pg_stat_user_tables WHERE relname = 'arrival_key'")[0].decode(
                        Bool.self)
            }
            let read = try await pool.query(
                "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'arrival_key'")[0].decode(Int64.self)
            #expect(read == 0)
        }
    }

    @Test("a mail above 1 MiB comes back octet by octet, and again it is a duplicate", .timeLimit(.minutes(1)))
    func large() async throws {
        try await withRecords { pool, journal in
            let folder = try Repository.temporaryFolder("journal")
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // Not a multiple of a part, with every octet there is.
            let octets = (0..<(3 << 20 + 77)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
            let path = folder + "/large.spool"
            try Data(octets).write(to: URL(filePath: path))
            var arrival = Self.arrival("stor", octets: octets)
            arrival.content = .file(path: path, size: octets.count)
            let results = await append([arrival, arrival], to: journal)
            let receipts = results.compactMap { try? $0.get() }
            #expect(receipts.count == 2 && Set(receipts.map(\.id)).count == 1, "\(results)")
            #expect(receipts.filter(\.duplicate).count == 1)
            let rows = try await counts(pool)
            #expect(rows == [1, 1, 1, 13])
            let id = try #require(receipts.first?.id)
            var pieces: [UInt8] = []
            var ordinal: Int32 = 0
            while let piece = try await Journal.piece(ordinal, of: id, in: pool) {
                pieces += piece
                ordinal += 1
            }
            #expect(pieces == octets)
        }
    }
}
