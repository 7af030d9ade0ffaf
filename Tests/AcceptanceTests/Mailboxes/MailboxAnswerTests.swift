import Foundation
import Postgres
import TestSupport
import Testing

/// What is answered of mail that is read from a mailbox.
@Suite("Mail of mailboxes and its answers", .serialized, .enabled(if: DovecotServer.isUsable))
struct MailboxAnswerTests {
    private static let lead = "Hej, vi vil gerne have et tilbud. CVR-nr.: 91430525.\n"

    /// The mailbox's own server says who sent it.
    private static let proof = Array(
        """
        Return-Path: <jh@fjordtek.example>\r
        Authentication-Results: mx.fjordtek.example; dkim=pass header.d=fjordtek.example;\r
         dmarc=pass header.from=fjordtek.example\r\n
        """.utf8)

    private func withDesk(
        _ name: String, lines: [String], _ prepare: (DovecotServer) throws -> Void = { _ in },
        _ body: @Sendable (MailboxDesk, PostgresPool) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(folder, dovecot, lines: [MailboxDesk.password] + lines)
        try prepare(dovecot)
        try await dovecot.run {
            try await desk.daemon.run { _ in
                let pool = desk.daemon.pool()
                defer { pool.close() }
                try await body(desk, pool)
            }
        }
    }

    private func settle(_ pool: PostgresPool) async throws {
        try await until("all jobs are done") {
            try await pool.query("SELECT count(*) FROM brevdue.job WHERE queue IN ('read', 'read_large', 'answer')")[0]
                .decode(
                    Int64.self) == 0
        }
    }

    private func count(_ query: SQL, _ pool: PostgresPool) async throws -> Int64 {
        try await pool.query(query)[0].decode(Int64.self)
    }

    @Test(
        "The same mail by SMTP, from a mailbox and by a command is one message with one answer, whatever comes first",
        .timeLimit(.minutes(2)), arguments: [["smtp", "imap", "upload"], ["imap", "upload", "smtp"]])
    func sameMail(order: [String]) async throws {
        let mail = PlainMail.forward("same", of: Self.lead, by: "Bo Lund <bo@lund.example>").octets
        try await withDesk("same", lines: ["poll: 1", "authserv_id: mx.fjordtek.example"]) { desk, pool in
            try await desk.waitForSuccess()
            for (index, door) in order.enumerated() {
                switch door {
                case "smtp": _ = try await desk.daemon.send(mail)
                case "imap": try desk.dovecot.deliver(Self.proof + mail)
                default:
                    let path = desk.daemon.directory + "/same.eml"
                    try Data(mail).write(to: URL(filePath: path))
                    _ = try await desk.daemon.command("deliver", "--to", "leads@fjordtek.example", path)
                }
                try await until("it came by \(door)") {
                    try await count("SELECT count(*) FROM brevdue.arrival", pool) == index + 1
                }
                try await settle(pool)
            }
            // The answer is one more.
            let messages = try await pool.query(
                """
                SELECT concat_ws(' ', direction, door, message_id, kind) FROM brevdue.message
                WHERE duplicate_of IS NULL AND direction = 'inbound'
                """
            ).map { try $0.decode(String.self) }
            #expect(messages.count == 1, "\(messages)")
            #expect(try await count("SELECT count(*) FROM brevdue.outbox", pool) == 1)
        }
    }

    @Test("What was there before is filed and never answered; what comes later is", .timeLimit(.minutes(2)))
    func oldMail() async throws {
        let (old, new) = (
            PlainMail.forward("old", of: Self.lead, by: "Bo Lund <bo@lund.example>").octets,
            PlainMail.forward("new", of: Self.lead + "Det haster.\n", by: "Ib Lund <ib@lund.example>").octets
        )
        try await withDesk(
            "old", lines: ["poll: 1", "since: 2020-01-01", "authserv_id: mx.fjordtek.example"],
            { try $0.deliver(Self.proof + old) }
        ) { desk, pool in
            try await desk.waitForArrivals(1)
            try await settle(pool)
            let filed = "SELECT count(*) FROM brevdue.message WHERE cvr = '91430525' AND state = 'done'" as SQL
            try await until("it is filed") { try await count(filed, pool) == 1 }
            try desk.dovecot.deliver(Self.proof + new)
            try await until("the new one is answered") {
                try await count("SELECT count(*) FROM brevdue.outbox WHERE kind = 'sales_summary'", pool) == 1
            }
            try await settle(pool)
            let causes = try await pool.query(
                "SELECT m.message_id FROM brevdue.outbox o JOIN brevdue.message m ON m.id = o.cause_message_id")
            #expect(try causes.map { try $0.decode(String.self) } == ["<new@fjordtek.example>"])
        }
    }
}
