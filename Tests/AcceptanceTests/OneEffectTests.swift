import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// No second automatic mail for one cause, whatever its kind (RFC 3834 section 2).
@Suite("One mail for one cause", .serialized)
struct OneEffectTests {
    /// Mails of every kind that there is, each with the cause that it answers.
    private static func causes(at desk: Desk, customer domain: SigningDomain) async throws -> [(
        octets: [UInt8], from: String, to: String
    )] {
        let intake = "leads@fjordtek.example"
        var causes: [(octets: [UInt8], from: String, to: String)] = []
        func hand(_ octets: [UInt8], from: String, to: String) async throws {
            _ = try await desk.daemon.send(octets, from: from, to: to)
            try await desk.settle()
            causes.append((octets, from, to))
        }
        let forward = PlainMail.forward(
            "f1", of: "Hej\nVi får omkring 900 fakturaer.\nCVR-nr. 91430525", by: "Mette <mly@vestklit.example>")
        try await hand(forward.octets, from: "jh@fjordtek.example", to: intake)
        try await hand(PlainMail("q1", text: "Hvordan gør jeg?").octets, from: "jh@fjordtek.example", to: intake)
        let token = try #require(try await desk.summaries(1)[0].replyTo.first?.address)
        // Two commands: one that is followed, by a colleague, and one that cannot be.
        for (id, text) in [("c1", "forkert firma 93205189\n\nMvh Ane"), ("c2", "CVR 12345678\n\nMvh Ane")] {
            var command = PlainMail(id, text: text)
            command.from = "Ane Krogh <ak@fjordtek.example>"
            command.to = token
            try await hand(command.octets, from: "ak@fjordtek.example", to: token)
        }
        var customer = PlainMail("o1", text: "Hej, hvad koster det?")
        customer.from = "Bo Lund <bo@lund.example>"
        try await hand(try domain.signed(customer), from: "bo@lund.example", to: intake)
        try await hand(try await report(at: desk), from: "", to: try await bounceAddress(at: desk))
        return causes
    }

    /// That the summary for the colleague came back, of which the lead's owner is told.
    private static func report(at desk: Desk) async throws -> [UInt8] {
        let text = """
            From: Mail Delivery System <MAILER-DAEMON@mx.example>
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <d1@mx.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; ak@fjordtek.example
            Action: failed
            Status: 5.7.1

            --b--

            """
        return Array(text.replacing("\n", with: "\r\n").utf8)
    }

    private static func bounceAddress(at desk: Desk) async throws -> String {
        let rows = try await desk.pool.query(
            """
            UPDATE brevdue.outbox SET state = 'sent'
            WHERE kind = 'sales_summary' AND recipient = 'ak@fjordtek.example' RETURNING envelope_from
            """)
        return try #require(rows.first).decode(String.self)
    }

    private static func counts(at desk: Desk) async throws -> [String] {
        try await desk.rows("SELECT kind, count(*)::text FROM brevdue.outbox GROUP BY kind ORDER BY kind")
    }

    private static let expected = [
        "delivery_notice 1", "guidance 1", "public_receipt 1", "receipt 1", "sales_summary 2",
    ]

    @Test(
        "of every kind: not at another door, not by a job done twice, not after a restart, not beside a second daemon",
        .timeLimit(.minutes(3)))
    func once() async throws {
        let folder = try Repository.temporaryFolder("one-effect")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let customer = try SigningDomain("lund.example")
        try await NameServer.run(folder: folder + "/nsd", zones: ["lund.example": customer.zone]) { server in
            try await once(in: folder, customer: customer, dns: server.address)
        }
    }

    private func once(in folder: String, customer: SigningDomain, dns: String) async throws {
        let extra = ["BREVDUE_SMTP_PUBLIC_RECIPIENTS": "leads@fjordtek.example", "BREVDUE_DNS_SERVERS": dns]
        let daemon = try TestDaemon(directory: folder, extra: extra)
        let causes = try await daemon.run { _ in
            let desk = Desk(daemon: daemon, pool: daemon.pool(), token: "")
            defer { desk.pool.close() }
            // Keeps every order for a mail, to give it again.
            _ = try await desk.pool.pipeline([
                "CREATE TABLE brevdue.given (queue text, kind text, payload json)",
                """
                CREATE FUNCTION brevdue.note_given() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO brevdue.given VALUES (NEW.queue, NEW.kind, NEW.payload); RETURN NULL; END $$
                """,
                """
                CREATE TRIGGER note_given AFTER INSERT ON brevdue.job FOR EACH ROW
                WHEN (NEW.queue IN ('answer', 'notice')) EXECUTE FUNCTION brevdue.note_given()
                """,
            ])
            let causes = try await Self.causes(at: desk, customer: customer)
            _ = try await desk.pool.query("DROP TRIGGER note_given ON brevdue.job")
            let paths = try await desk.rows(
                "SELECT DISTINCT kind, CASE WHEN envelope_from LIKE 'leads+b-%' THEN 'tokened' ELSE envelope_from END FROM brevdue.outbox ORDER BY kind"
            )
            #expect(
                paths == [
                    "delivery_notice tokened", "guidance tokened", "public_receipt ", "receipt tokened",
                    "sales_summary tokened",
                ])
            #expect(try await Self.counts(at: desk) == Self.expected)
            // Another door, and on its way another field on top.
            for cause in causes {
                let again =
                    "Received: from x by y; Tue, 24 Nov 2026 11:00:00 +0100\r\n"
                    + String(decoding: cause.octets, as: UTF8.self)
                _ = try await daemon.command(["deliver", "--from", cause.from, "--to", cause.to, "-"], input: again)
            }
            try await desk.settle()
            #expect(try await Self.counts(at: desk) == Self.expected)
            return causes
        }.value
        #expect(causes.count == 6)
        try await daemon.run { _ in
            let desk = Desk(daemon: daemon, pool: daemon.pool(), token: "")
            defer { desk.pool.close() }
            let beside = try TestDaemon(
                directory: folder + "/beside",
                extra: extra.merging([
                    "BREVDUE_DATABASE_URL": "host='\(daemon.data)/socket' port=5432 dbname=postgres user=brevdue"
                ]) { $1 })
            try FileManager.default.createDirectory(atPath: beside.directory, withIntermediateDirectories: true)
            try await beside.run { _ in
                _ = try await desk.pool.query(
                    """
                    INSERT INTO brevdue.job (queue, kind, state, run_at, payload)
                    SELECT queue, kind, 'r', now(), payload FROM brevdue.given, generate_series(1, 5)
                    """)
                try await desk.settle()
                for cause in causes { _ = try await beside.send(cause.octets, from: cause.from, to: cause.to) }
                try await desk.settle()
                #expect(try await Self.counts(at: desk) == Self.expected)
            }
        }
    }
}
