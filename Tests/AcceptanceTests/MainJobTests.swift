import Foundation
import Mail
import Postgres
import SMTPClient
import TestSupport
import Testing

/// The way of a message with the real daemon, a real PostgreSQL, a real SMTP client and a real relay.
@Suite("The main job", .serialized)
struct MainJobTests {
    @Test(
        "a forwarded mail comes back as a summary at the relay", .timeLimit(.minutes(2)),
        arguments: TestCluster.Version.allCases)
    func forwardToSummary(_ version: TestCluster.Version) async throws {
        let folder = try Repository.temporaryFolder("main")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sink = try SMTPSink(folder: folder + "/sink")
        let daemon = try TestDaemon(
            directory: folder,
            extra: [
                "BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(sink.port)", "BREVDUE_DATABASE_BINARIES": version.binaries,
            ])
        let forward = try Data(contentsOf: URL(filePath: Repository.fixtures + "/outlook-da-invoices.eml"))
        try await sink.run {
            try await daemon.run { _ in
                guard case .accepted(let reply) = try await daemon.send(Array(forward)) else {
                    Issue.record("the forward was not accepted")
                    return
                }
                #expect(reply.code == 250)
                let mail = try await eventually("the summary arrives") {
                    sink.mails.first { $0.contains("X-Brevdue-Id") }
                }
                let letter = try Letter(Array(mail.utf8), reading: ReadingOptions())
                #expect(letter.inReplyTo == ["<f01@fjordtek.example>"])
                #expect(letter.subject.contains("Vestklit Emballage"))
                #expect(letter.subject.contains("[L-2026-0001]"))
                #expect(mail.contains("Auto-Submitted: auto-replied"))
                #expect(letter.to.map(\.address) == ["jh@fjordtek.example"])

                // What the API says of it.
                _ = try await daemon.command(
                    "user", "add", "--email", "jh@fjordtek.example", "--name", "Jonas", "--role", "sales")
                let token = try await daemon.command("token", "create", "--email", "jh@fjordtek.example")
                let leads = try await daemon.get("/v1/leads", token: token)
                #expect(leads.contains("\"cvr\":\"91430525\""))
                #expect(
                    try await daemon.get("/v1/messages/1/raw", token: token) == String(decoding: forward, as: UTF8.self)
                )
                try await until("the outbox knows that it was sent") {
                    try await daemon.get("/v1/outbox/1", token: token).contains("\"state\":\"sent\"")
                }
                #expect(try await daemon.get("/v1/leads").contains("\"status\":401"))
            }
        }
    }

    @Test(
        "every fixture is answered as it says, once, and a second copy gives no second answer", .timeLimit(.minutes(3)))
    func fixtures() async throws {
        let folder = try Repository.temporaryFolder("fixtures")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        let fixtures = try Fixture.all()
        #expect(fixtures.count >= 30)
        try await daemon.run { _ in
            let client = try daemon.client()
            for fixture in fixtures {
                // The same mail through another envelope is another arrival of one mail.
                for intake in ["leads@fjordtek.example", "leads+copy@fjordtek.example"] {
                    let outcome = try await daemon.send(
                        fixture.octets, from: fixture.sender, to: intake, by: client)
                    guard case .accepted = outcome else {
                        Issue.record("\(fixture.name) was not accepted")
                        continue
                    }
                }
            }
            let pool = daemon.pool()
            try await until("all is done with") {
                let rows = try await pool.query("SELECT count(*) FROM brevdue.message WHERE state = 'done'")
                return try rows[0].decode(Int64.self) == Int64(2 * fixtures.count)
            }
            let rows = try await pool.query(
                """
                SELECT m.message_id, m.cvr::text, m.cvr_status, count(DISTINCT o.id), min(o.kind)
                FROM brevdue.message m LEFT JOIN brevdue.message t ON t.duplicate_of = m.id
                LEFT JOIN brevdue.outbox o ON o.cause_message_id IN (m.id, t.id)
                WHERE m.duplicate_of IS NULL GROUP BY m.id
                """)
            #expect(rows.count == fixtures.count)
            for row in rows {
                let (id, cvr, status, answers, kind) = try row.decode(
                    String.self, String?.self, String.self, Int64.self, String?.self)
                let fixture = try #require(fixtures.first { $0.messageID == id })
                #expect(answers == (fixture.answer == "none" ? 0 : 1), "\(fixture.name)")
                #expect(
                    kind == ["none": nil, "summary": "sales_summary", "guidance": "guidance"][fixture.answer] ?? nil,
                    "\(fixture.name)")
                // What an earlier fixture taught of an address may link a mail that says nothing itself.
                if fixture.cvr.status != "none" || fixture.answer == "summary" {
                    #expect(status == fixture.cvr.status && cvr == fixture.cvr.number, "\(fixture.name)")
                }
            }
            pool.close()
        }
    }

    @Test("a large mail is stored in pieces, given back to the octet, and answered", .timeLimit(.minutes(2)))
    func largeMail() async throws {
        let folder = try Repository.temporaryFolder("large")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        var octets = SampleMail.forward(1)
        // Quoted lines below the letter: 6 MiB that nobody needs to look at.
        let line = Array(("> " + String(repeating: "x", count: 74) + "\r\n").utf8)
        while octets.count < 6 << 20 { octets += line }
        try await daemon.run { [octets] _ in
            guard case .accepted = try await daemon.send(octets) else {
                Issue.record("not accepted")
                return
            }
            let ids = ["<a.1@fjordtek.example>"]
            #expect(try await daemon.settle(ids) == ["<a.1@fjordtek.example>": [1, 1, 1]])
            let pool = daemon.pool()
            defer { pool.close() }
            let parts = try await pool.query("SELECT octets FROM brevdue.arrival_part ORDER BY ordinal")
                .map { try $0.decode([UInt8].self) }
            #expect(parts.count > 20 && parts.allSatisfy { $0.count <= 256 << 10 })
            #expect(Array(parts.joined()) == octets)
            let spool = try FileManager.default.contentsOfDirectory(atPath: daemon.data + "/spool")
            #expect(spool.isEmpty)
        }
    }
}
