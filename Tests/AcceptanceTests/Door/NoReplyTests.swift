import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// Mail that nobody may be answered to by a machine (RFC 3834 section 2), through the real daemon.
@Suite("Mail that gets no automatic reply", .serialized)
struct NoReplyTests {
    private static let request = "Vi får 900 leverandørfakturaer om måneden.\n\nMette\nCVR 91430525"

    /// A forward of one of our own people with a field more.
    private static func forward(_ id: String, _ field: String) -> [UInt8] {
        let mail = PlainMail.forward(id, of: request, by: "Mette Lyngholm <mly@vestklit.example>")
        return Array("\(field)\r\n".utf8) + mail.octets
    }

    @Test(
        "a forward of one of our own people that forbids an answer is filed and not answered; one to another Reply-To goes to From",
        .timeLimit(.minutes(2)))
    func own() async throws {
        try await Desk.open("no-reply-own") { desk in
            for (index, field) in [
                "Auto-Submitted: (x) AUTO-GENERATED; y=z", "Auto-Submitted: x-ours", "List-Id: <l.example>",
                "List-Post: NO", "Precedence: junk", "X-Auto-Response-Suppress: OOF",
            ].enumerated() {
                _ = try await desk.daemon.send(Self.forward("n\(index)", field))
            }
            for (index, path) in ["", "noreply@fjordtek.example", "owner-x@fjordtek.example"].enumerated() {
                _ = try await desk.daemon.send(Self.forward("p\(index)", "X-Path: \(index)"), from: path)
            }
            try await desk.settle()
            #expect(try await desk.mails(nil, 0).isEmpty)
            // It is still the mail of a person: it makes a lead, which is advised on and priced.
            let suppressed = try await desk.rows(
                """
                SELECT kind || ' ' || state, (EXISTS (SELECT FROM brevdue.quote q WHERE q.message_id = m.id))::text
                FROM brevdue.message m WHERE message_id = '<n5@fjordtek.example>'
                """)
            #expect(suppressed == ["forward_inline done true"])

            _ = try await desk.daemon.send(Self.forward("f1", "Reply-To: x@evil.example"))
            try await desk.settle()
            let sent = try await desk.mails(nil, 1)
            #expect(sent.map { $0.to.map(\.address) } == [["jh@fjordtek.example"]])

            // So is a command: it is followed, and not confirmed.
            var command = PlainMail("c1", text: "forkert firma 93205189")
            command.to = try #require(sent.first?.replyTo.first?.address)
            let octets = Array("X-Auto-Response-Suppress: All\r\n".utf8) + command.octets
            _ = try await desk.daemon.send(octets, to: command.to)
            try await desk.settle()
            #expect(try await desk.mails(nil, 1).count == 1)
            let moved = try await desk.rows(
                "SELECT cvr::text, state FROM brevdue.message WHERE message_id = '<f1@fjordtek.example>'")
            #expect(moved == ["93205189 done"])
        }
    }

    /// Mail of machines: more of the header, and the type of their second part.
    private static let machines = [
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
            "message/disposition-notification"
        ),
        ("Content-Type: multipart/report; report-type=feedback-report; boundary=b", "message/feedback-report"),
        (
            "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\nTLS-Report-Domain: fjordtek.example",
            "application/tlsrpt+gzip"
        ),
        (
            "Subject: Report Domain: fjordtek.example Submitter: mx.example Report-ID: <1>\n"
                + "Content-Type: multipart/mixed; boundary=b", "application/zip"
        ),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "message/delivery-status"),
    ]

    @Test(
        "reports of machines, and absence notes without a header, are classed, kept and answered to nobody",
        .timeLimit(.minutes(2)))
    func machines() async throws {
        try await Gateway.open(
            "machines", extra: ["BREVDUE_SMTP_PUBLIC_RECIPIENTS": "leads@fjordtek.example"],
            zones: ["lund.example": "@ TXT \"v=spf1 ip4:127.0.0.1 -all\"\n"]
        ) { gateway in
            let desk = gateway.desk
            for (index, (header, type)) in Self.machines.enumerated() {
                let mail = """
                    From: Bo Lund <bo\(index)@lund.example>
                    Message-ID: <r\(index)@lund.example>
                    \(header)

                    --b
                    Content-Type: text/plain

                    Hej
                    --b
                    Content-Type: \(type)

                    Reporting-MTA: dns; mx.example

                    Final-Recipient: rfc822; x@y.example
                    Action: failed
                    Status: 5.1.1
                    --b--

                    """
                _ = try await desk.daemon.send(
                    Array(mail.replacing("\n", with: "\r\n").utf8), from: "bo\(index)@lund.example")
            }
            var absence = PlainMail("a1", text: "Jeg er på ferie til mandag.")
            (absence.from, absence.subject) = ("Ib <ib@lund.example>", "Autosvar: Pris")
            _ = try await desk.daemon.send(absence.octets, from: "ib@lund.example")
            try await desk.settle()
            #expect(try await desk.mails(nil, 0).isEmpty)
            let kinds = try await desk.rows("SELECT kind, state FROM brevdue.message ORDER BY id")
            #expect(
                kinds == ["other done", "other done", "other done", "other done", "bounce done", "auto_reply done"])
        }
    }
}
