import Foundation
import Postgres
import SMTPClient
import TestSupport
import Testing

/// Outgoing mail of the real daemon, and the commands of whoever looks after it.
@Suite("Outgoing mail of a daemon", .serialized, .enabled(if: SMTPSink.isInstalled))
struct OutgoingMailTests {
    private struct Mail: Decodable {
        struct Attempt: Decodable {
            var at: String
            var outcome: String
            var reply: String?
        }
        var state: String
        var held_reason: String?
        var attempts: [Attempt]
    }

    private static func mail(_ text: String) throws -> Mail {
        try JSONDecoder().decode(Mail.self, from: Data(text.utf8))
    }

    private static func accept(_ number: Int, _ daemon: TestDaemon) async throws {
        guard case .accepted = try await daemon.send(SampleMail.forward(number)) else {
            throw TestFailure("mail \(number) was not accepted")
        }
    }

    @Test(
        "killed between 354 and 250, it does not send again by itself; a person's word sends it, once",
        .timeLimit(.minutes(2)))
    func killedBehindTheDot() async throws {
        let folder = try Repository.temporaryFolder("dot")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // Says 354 and reads no further.
        let silent = try SMTPSink(folder: folder + "/silent", behaviour: ["-A", "100"])
        let daemon = try TestDaemon(
            directory: folder, extra: ["BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(silent.port)"])
        try await silent.run {
            try await daemon.run { running in
                try await Self.accept(1, daemon)
                let pool = daemon.pool()
                defer { pool.close() }
                try await until("the attempt began") {
                    try await !pool.query("SELECT FROM brevdue.outbox_attempt WHERE outcome = 'began'").isEmpty
                }
                await #expect(throws: TestFailure.self) { try await daemon.command("outbox", "drop", "1") }
                running.signal(SIGKILL)
            }
        }
        let sink = try SMTPSink(folder: folder + "/sink", port: silent.port)
        try await sink.run {
            try await daemon.run { _ in
                try await until("it is uncertain") {
                    try Self.mail(await daemon.command("outbox", "show", "--json", "1")).state == "uncertain"
                }
                #expect(sink.mails.isEmpty)
                _ = try await daemon.command("outbox", "retry", "1")
                try await until("it is sent") { try await daemon.command("outbox", "list").contains("\tsent\t") }
                let mail = try Self.mail(await daemon.command("outbox", "show", "--json", "1"))
                #expect(mail.attempts.map(\.outcome) == ["uncertain", "sent"])
                #expect(mail.attempts.last?.reply?.hasPrefix("250 ") == true)
                #expect(sink.mails.count == 1)
            }
        }
    }

    @Test("mails are held, listed by their state, dropped and tried again beside the daemon", .timeLimit(.minutes(2)))
    func orders() async throws {
        let folder = try Repository.temporaryFolder("orders")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sink = try SMTPSink(folder: folder + "/sink", behaviour: ["-r", "RCPT"])
        let daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(sink.port)"])
        try await daemon.run { _ in
            try await sink.run {
                for number in 1...2 { try await Self.accept(number, daemon) }
                try await until("both are put off by the relay") {
                    try await daemon.command("outbox", "list", "--state", "deferred").split(separator: "\n")
                        .filter { $0.hasSuffix("450 4.3.0 Error: command failed") }.count == 2
                }
                let health = try await daemon.get("/readyz")
                #expect(health.contains("\"last_attempt\":\"deferred\"") && health.contains("\"ready\":true"))
                #expect(!health.contains("\"oldest_waiting_seconds\":null"))
                let held = try Self.mail(try await daemon.command("outbox", "hold", "--json", "1"))
                #expect(held.state == "held" && held.held_reason == "held by a person")
                #expect(try await daemon.command("outbox", "drop", "2").contains("\tdropped\t"))
            }
            let good = try SMTPSink(folder: folder + "/good", port: sink.port)
            try await good.run {
                _ = try await daemon.command("outbox", "retry", "1")
                try await until("the first is sent") { good.mails.count == 1 }
                try await until("and known to be") {
                    try await daemon.command("outbox", "list", "--state", "sent").hasPrefix("1\t")
                }
                await #expect(throws: TestFailure.self) { try await daemon.command("outbox", "retry", "2") }
                await #expect(throws: TestFailure.self) {
                    try await daemon.command("outbox", "list", "--state", "gone")
                }
                let metrics = try await daemon.get("/metrics")
                #expect(metrics.contains("brevdue_outbox_mails{state=\"held\"} 0\n"))
            }
        }
    }
}
