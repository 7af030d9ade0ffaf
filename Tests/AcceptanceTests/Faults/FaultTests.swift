import Foundation
import Jobs
import Postgres
import SMTPClient
import Subprocess
import TestSupport
import Testing

/// Faults really caused: nothing acknowledged is lost, nothing has a second effect.
@Suite("Faults", .serialized)
struct FaultTests {
    private func withFolder(_ name: String, _ body: (String) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func expectOnce(_ counts: [String: [Int64]], _ messageIDs: [String]) {
        #expect(counts.count == messageIDs.count)
        let wrong = counts.filter { $0.value != [1, 1, 1] }
        #expect(wrong.isEmpty, "arrivals, messages and answers of \(wrong.prefix(5))")
    }

    @Test("a database that is away is answered 451 within two seconds", .timeLimit(.minutes(2)))
    func databaseAway() async throws {
        try await withFolder("away") { folder in
            let daemon = try TestDaemon(directory: folder)
            try await daemon.run { _ in
                let begin = ContinuousClock.now
                let outcome = try await daemon.withFrozenDatabase { try await daemon.send(SampleMail.forward(1)) }
                guard case .rejected(let reply) = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(reply.code == 451)
                #expect(ContinuousClock.now - begin < .seconds(3))
                try await eventually("mail is taken again") {
                    if case .accepted = try await daemon.send(SampleMail.forward(2)) { true } else { nil }
                }
            }
        }
    }

    @Test("a relay that is down for a while gets the mails afterwards, each once", .timeLimit(.minutes(3)))
    func relayDown() async throws {
        try await withFolder("relay") { folder in
            let sink = try SMTPSink(folder: folder + "/sink")
            let daemon = try TestDaemon(
                directory: folder, extra: ["BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(sink.port)"])
            try await daemon.run { _ in
                let load = Load(on: daemon, run: "relay")
                try await load.send(clients: 5, limit: 40)
                #expect(load.acknowledged.count == 40)
                _ = try await daemon.settle(load.messageIDs)
                let pool = daemon.pool()
                defer { pool.close() }
                try await until("the relay was tried") {
                    let rows = try await pool.query(
                        "SELECT count(*) FROM brevdue.outbox_attempt WHERE outcome = 'deferred'")
                    return try rows[0].decode(Int64.self) > 0
                }
                try await sink.run {
                    try await until("all mails arrive", within: .seconds(60)) { sink.mails.count >= 40 }
                    try await until("the outbox is done") {
                        let rows = try await pool.query("SELECT count(*) FROM brevdue.outbox WHERE state <> 'sent'")
                        return try rows[0].decode(Int64.self) == 0
                    }
                }
                let ids = sink.mails.compactMap { mail in
                    mail.split(separator: "\n").first { $0.hasPrefix("X-Brevdue-Id") }
                }
                #expect(ids.count == 40 && Set(ids).count == 40)
            }
        }
    }

    @Test("a mail that cannot be read is set aside with its reason, and the rest flows", .timeLimit(.minutes(2)))
    func poison() async throws {
        try await withFolder("poison") { folder in
            let daemon = try TestDaemon(directory: folder)
            try await daemon.run { _ in
                let client = try daemon.client()
                let poison = Array("\u{1}\u{2}\u{3} no header here\r\n".utf8)
                for octets in [SampleMail.forward(1), poison, SampleMail.forward(2)] {
                    guard case .accepted = try await daemon.send(octets, by: client) else {
                        Issue.record("not accepted")
                        return
                    }
                }
                let pool = daemon.pool()
                defer { pool.close() }
                let reason = try await eventually("it is set aside") {
                    try await pool.query("SELECT set_aside_reason FROM brevdue.message WHERE state = 'set_aside'")
                        .first?.decode(String.self)
                }
                #expect(reason.contains("header"))
                let ids = ["<a.1@fjordtek.example>", "<a.2@fjordtek.example>"]
                expectOnce(try await daemon.settle(ids), ids)
            }
        }
    }

    @Test("two daemons on one database answer each mail once", .timeLimit(.minutes(3)))
    func twoDaemons() async throws {
        try await withFolder("two") { folder in
            for name in ["a", "b", "c"] {
                try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
            }
            // The third one's embedded cluster serves as the database of the other two.
            let owner = try TestDaemon(directory: folder + "/c")
            try await owner.run { _ in
                let url = "host='\(owner.data)/socket' port=5432 dbname=postgres user=brevdue"
                let first = try TestDaemon(directory: folder + "/a", extra: ["BREVDUE_DATABASE_URL": url])
                let second = try TestDaemon(directory: folder + "/b", extra: ["BREVDUE_DATABASE_URL": url])
                try await first.run { _ in
                    try await second.run { _ in
                        let loads = [Load(on: first, run: "one"), Load(on: second, run: "two")]
                        try await withThrowingTaskGroup(of: Void.self) { group in
                            for load in loads { group.addTask { try await load.send(clients: 10, limit: 200) } }
                            try await group.waitForAll()
                        }
                        // The same mails at both doors at once: still one answer each.
                        let ids = loads.flatMap(\.messageIDs)
                        #expect(ids.count == 400)
                        expectOnce(try await first.settle(ids), ids)
                    }
                }
            }
        }
    }

    @Test("a second daemon on the same data directory is refused and says who has it", .timeLimit(.minutes(1)))
    func sameDirectory() async throws {
        try await withFolder("same") { folder in
            let daemon = try TestDaemon(directory: folder)
            try await daemon.run { running in
                let second = try TestDaemon(directory: folder)
                let status = try await second.run(waitUntilReady: false) { other in
                    try await until("it ends") { kill(other.pid, 0) != 0 || Self.isZombie(other.pid) }
                }.status
                #expect(status == .exited(1))
                #expect(second.logTail.contains("is in use by process \(running.pid)"))
            }
        }
    }

    private static func isZombie(_ pid: pid_t) -> Bool {
        (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z ") ?? true
    }

    @Test("a stop finishes what was accepted and ends within ten seconds", .timeLimit(.minutes(1)))
    func gracefulStop() async throws {
        try await withFolder("stop") { folder in
            let daemon = try TestDaemon(directory: folder)
            let load = Load(on: daemon, run: "stop")
            let begin = Mark()
            let status = try await daemon.run { _ in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { try? await load.send(clients: 10, limit: 2000) }
                    _ = try? await until("mails are taken") { load.acknowledged.count > 50 }
                    begin.set()
                    load.stop()
                    await group.waitForAll()
                }
            }.status
            #expect(status.isSuccess)
            #expect(begin.age < .seconds(10))
            try await daemon.run { _ in expectOnce(try await daemon.settle(load.messageIDs), load.messageIDs) }
        }
    }
}
