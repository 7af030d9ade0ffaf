import Foundation
import Mail
import Postgres
import TestSupport
import Testing

/// What is kept of a mail and of who brought it, by the real daemon.
@Suite("What is kept of a mail", .serialized)
struct ContentTests {
    private static let header = "From: Bo Lund <bo@lund.example>\r\nSubject: Hej\r\nMessage-ID: <m@lund.example>\r\n"

    @Test(
        "12, 14, 20, 30: the envelope and a cleaned trace stand beside the octets; the trace names no recipient",
        .timeLimit(.minutes(1)))
    func trace() async throws {
        try await Desk.open("trace") { desk in
            let wire = try Wire(port: desk.daemon.smtpPort)
            #expect(wire.open(as: "x)(evil;\"y\\"))
            let mail = Self.header + "\r\nHej\r\n"
            #expect(
                wire.hand(mail, from: "", to: ["leads@fjordtek.example", "leads+hemmelig@fjordtek.example"])
                    .hasPrefix("250 "))
            #expect(wire.hand(mail, from: #""a b\"c"@ex.org"#).hasPrefix("250 "))
            #expect(wire.command("MAIL FROM:<> AUTH=x+0D+0Aevil").hasPrefix("501 5.5.4"))
            let rows = try await desk.pool.query(
                "SELECT envelope->>'from', trace, raw, envelope->>'recipients' FROM brevdue.arrival ORDER BY id")
            var senders: [String] = []
            for row in rows {
                let (sender, trace, raw, _) = try row.decode(String.self, String.self, [UInt8].self, String.self)
                senders.append(sender)
                let start = "Received: from xevily ([127.0.0.1]) by brevdue.example with ESMTP id "
                #expect(trace.hasPrefix(start), "\(trace)")
                #expect(!trace.contains("leads") && !trace.contains("hemmelig"))
                #expect(!trace.contains("\n") && !trace.contains("\r") && !trace.contains("evil;"))
                #expect(raw == Array(mail.utf8))
            }
            #expect(senders == ["", #""a b\"c"@ex.org"#])
            #expect(!desk.daemon.logTail.contains("evil;"))
        }
    }

    /// A mail, and what becomes of it.
    private struct Oddity {
        var text: String
        var state = "done"
        var defects = "[]"
    }

    private static let date = "Date: Tue, 24 Nov 2026 10:15:00 +0100\r\n"

    private static let oddities = [
        Oddity(text: "", state: "set_aside"),
        Oddity(text: "\r\nHej\r\n", state: "set_aside"),
        Oddity(
            text: "Subject: uden\r\n\r\nHej\r\n", defects: #"["no sender in the header","no date in the header"]"#),
        Oddity(
            text: header + date + "Content-Type: multipart/mixed\r\n\r\nHej\r\n",
            defects: #"["a multipart without a boundary"]"#),
        Oddity(
            text: "From: a\u{0}b <c@x.example>\r\nSubject: n\u{0}l =?utf-8?Q?=00=ff?=\r\nMessage-ID: <n\u{0}l@x>\r\n"
                + date + "Content-Type: text/plain; charset=\"x\u{0}\"; name=\"a\u{0}.txt\"\r\n\r\nn\u{0}l\r\n",
            defects: #"["a charset that is not known"]"#),
        Oddity(
            text: "From: =?utf-8?Q?Bo=00?= <c@x.example>\r\nSubject: =?x-nul?B?AA=?= =?\r\n" + date
                + "Content-Type: text/html; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAAAA==\r\n"),
        Oddity(
            text: header + date + "Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx\r\n",
            defects: #"["winmail.dat: what is in it is not read"]"#),
        Oddity(
            text: header + date + "\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n",
            defects: #"["encrypted: not opened"]"#),
    ]

    @Test(
        "31: whatever it looks like, a mail is taken, kept to the octet and flagged; NUL reaches no text column",
        .timeLimit(.minutes(2)))
    func oddities() async throws {
        try await Desk.open("oddities") { desk in
            let wire = try Wire(port: desk.daemon.smtpPort)
            #expect(wire.open())
            for oddity in Self.oddities { #expect(wire.hand(oddity.text, from: "bo@lund.example").hasPrefix("250 ")) }
            try await desk.settle()
            let rows = try await desk.pool.query(
                """
                SELECT a.raw, m.state, coalesce(m.letter->>'defects', '[]'), coalesce(m.set_aside_reason, '')
                FROM brevdue.arrival a JOIN brevdue.message m ON m.id = a.id ORDER BY a.id
                """)
            #expect(rows.count == Self.oddities.count)
            for (row, oddity) in zip(rows, Self.oddities) {
                let (raw, state, defects, reason) = try row.decode([UInt8].self, String.self, String.self, String.self)
                #expect(raw == Array(oddity.text.utf8))
                #expect(state == oddity.state && reason.isEmpty == (oddity.state != "set_aside"), "\(reason)")
                #expect(defects == oddity.defects, "\(oddity.text)")
            }
            #expect(try await desk.rows("SELECT count(*)::text, '' FROM brevdue.job_dead") == ["0 "])
            let shown = try await desk.daemon.get("/v1/messages?limit=50", token: desk.token)
            #expect(shown.contains("\"defects\":[\"encrypted: not opened\"]") && !shown.contains("hQEMA"))
            #expect(!shown.contains("\\u0000"))
        }
    }

    @Test(
        "a date that is missing, unreadable, long past or to come orders nothing, and its text is kept",
        .timeLimit(.minutes(1)))
    func dates() async throws {
        let dates = [
            "", "Date: i morgen\r\n", "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n",
            "Date: Thu, 1 Jan 2099 00:00:00 +0000\r\n", "Date: Thu, 1 Jan 99999 00:00:00 +0000\r\n",
        ]
        try await Desk.open("dates") { desk in
            let wire = try Wire(port: desk.daemon.smtpPort)
            #expect(wire.open())
            for (index, date) in dates.enumerated() {
                let mail = "From: bo@lund.example\r\nSubject: \(index)\r\n\(date)\r\nHej \(index)\r\n"
                #expect(wire.hand(mail, from: "bo@lund.example").hasPrefix("250 "))
            }
            try await desk.settle()
            let rows = try await desk.rows(
                """
                SELECT (abs(extract(epoch FROM occurred_at - received_at)) < 1)::text,
                    coalesce(letter->'date'->>'text', 'none') FROM brevdue.message ORDER BY id
                """)
            #expect(
                rows == [
                    "true none", "true i morgen", "true Thu, 1 Jan 1970 00:00:00 +0000",
                    "true Thu, 1 Jan 2099 00:00:00 +0000", "true Thu, 1 Jan 99999 00:00:00 +0000",
                ])
        }
    }

    @Test("mail without a Message-ID that can be used is known again by its content, and answered outside a thread")
    func withoutID() async throws {
        try await Desk.open("no-id") { desk in
            let wire = try Wire(port: desk.daemon.smtpPort)
            #expect(wire.open())
            for id in ["", "Message-ID: ingen\r\n", "Message-ID: <>\r\n"] {
                let mail = "From: jh@fjordtek.example\r\nSubject: Hej \(id.count)\r\n\(id)\r\nHvad nu? \(id.count)\r\n"
                // By another way, so that the envelope differs.
                #expect(wire.hand(mail).hasPrefix("250 "))
                #expect(wire.hand(mail, to: ["leads+2@fjordtek.example"]).hasPrefix("250 "))
            }
            try await desk.settle()
            let answers = try await desk.mails("guidance", 3)
            #expect(answers.count == 3 && answers.allSatisfy { $0.inReplyTo.isEmpty && $0.references.isEmpty })
            #expect(answers.allSatisfy { $0.messageID != nil })
            #expect(
                try await desk.rows("SELECT count(*)::text, count(message_id)::text FROM brevdue.message") == ["6 0"])
        }
    }
}
