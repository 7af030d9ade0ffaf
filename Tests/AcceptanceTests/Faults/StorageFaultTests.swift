import Foundation
import Postgres
import SMTPClient
import Synchronization
import TestSupport
import Testing

/// Storage that is full or frozen: doors answer in time, keep what they acknowledged, and recover by themselves.
@Suite("Storage faults", .serialized)
struct StorageFaultTests {
    private static let permission = Comment("a file system of the test's own cannot be mounted here (needs root)")

    /// The reply to one mail; it must come in time, since senders have few connections to wait on.
    private func reply(
        _ octets: [UInt8], at daemon: TestDaemon, within limit: Duration = .milliseconds(2500),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Int {
        let begin = ContinuousClock.now
        let outcome = try await daemon.send(octets)
        let time = ContinuousClock.now - begin
        #expect(time < limit, "\(outcome)", sourceLocation: sourceLocation)
        switch outcome {
        case .accepted: return 250
        case .rejected(let reply): return reply.code
        default: throw TestFailure("\(outcome)")
        }
    }

    private func expectOnce(_ counts: [String: [Int64]], _ messageIDs: [String]) {
        #expect(counts.count == messageIDs.count)
        let wrong = counts.filter { $0.value != [1, 1, 1] }
        #expect(wrong.isEmpty, "arrivals, messages and answers of \(wrong.prefix(5))")
    }

    @Test(
        "a full disk is answered 452 or 451 in time, loses nothing acknowledged, and ends by itself when there is room",
        .enabled(if: SmallDisk.isPermitted && MixedLoad.isPossible, permission), .timeLimit(.minutes(4)))
    func fullDisk() async throws {
        try await MixedLoad.with("full") { load in
            let daemon = try load.daemon()
            try await SmallDisk.with(mebibytes: 512, at: daemon.data) { disk in
                try await daemon.run { running in
                    let taken = Mutex<[Int]>([])
                    try await load.whileDelivering {
                        // Tables that cannot grow first; then a log that cannot, which stops the whole server.
                        for (round, stopsServer) in [false, true].enumerated() {
                            try await load.waitForProgress(after: load.senders.progress, of: running)
                            try disk.fill()
                            if stopsServer { await switchLog(of: daemon) }
                            let accepted = try await refused(from: 1000 * (round + 1), at: daemon)
                            taken.withLock { $0 += accepted }
                            #expect([451, 452].contains(try await reply(SampleMail.large(1, run: "full"), at: daemon)))
                            disk.free()
                            try await load.waitForProgress(after: load.senders.progress, of: running)
                        }
                    }
                    let others = taken.withLock { $0.map { "<full.\($0)@fjordtek.example>" } }
                    try await load.settle(at: daemon, others: others)
                }
            }
        }
    }

    /// Sends until mails are refused, those after the given number; gives back the numbers of those that were taken still,
    /// by pages and log that were given out before.
    private func refused(from first: Int, at daemon: TestDaemon) async throws -> [Int] {
        var taken: [Int] = []
        var refusals: [Int] = []
        for number in first..<first + 1000 where refusals.count < 6 {
            let code = try await reply(SampleMail.forward(number, run: "full"), at: daemon)
            if code == 250 { taken.append(number) } else { refusals.append(code) }
        }
        #expect(refusals.count == 6 && refusals.allSatisfy { [451, 452].contains($0) }, "\(refusals)")
        return taken
    }

    /// Has the server begin a new file of its log, for which there may be no room.
    private func switchLog(of daemon: TestDaemon) async {
        let pool = daemon.pool()
        defer { pool.close() }
        _ = try? await pool.query("SELECT pg_switch_wal()")
    }

    @Test(
        "a full spool is answered 452 for large mails only, leaves nothing behind, and takes them once there is room",
        .enabled(if: SmallDisk.isPermitted, permission), .timeLimit(.minutes(2)))
    func fullSpool() async throws {
        let folder = try Repository.temporaryFolder("spool")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        let spool = daemon.data + "/spool"
        try await SmallDisk.with(mebibytes: 8, at: spool) { disk in
            try await daemon.run { _ in
                try disk.fill(leaving: 1 << 20)
                for _ in 0..<3 {
                    #expect(try await reply(SampleMail.large(1), at: daemon) == 452)
                }
                #expect(try await reply(SampleMail.forward(1), at: daemon) == 250)
                disk.free()
                #expect(try await reply(SampleMail.large(1), at: daemon) == 250)
                try await until("the spool is empty") {
                    try FileManager.default.contentsOfDirectory(atPath: spool).isEmpty
                }
                let ids = ["<a.1@fjordtek.example>", "<large.1@fjordtek.example>"]
                expectOnce(try await daemon.settle(ids), ids)
            }
        }
    }

    @Test(
        "large mails are answered 451 in time by a frozen database, and are stored once when they come again",
        .timeLimit(.minutes(2)))
    func frozenDatabase() async throws {
        let folder = try Repository.temporaryFolder("frozen")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        try await daemon.run { _ in
            let numbers = 1...5
            // More than are written at the same time, so that some wait behind the others.
            try await daemon.withFrozenDatabase {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in numbers {
                        group.addTask { try await reply(SampleMail.large(number), at: daemon, within: .seconds(4)) }
                    }
                    for try await code in group { #expect(code == 451) }
                }
                #expect(try await reply(SampleMail.forward(1), at: daemon, within: .seconds(4)) == 451)
            }
            for number in numbers {
                try await until("mail \(number) is taken") {
                    try await reply(SampleMail.large(number), at: daemon, within: .seconds(10)) == 250
                }
            }
            let ids = numbers.map { "<large.\($0)@fjordtek.example>" }
            expectOnce(try await daemon.settle(ids), ids)
        }
    }
}
