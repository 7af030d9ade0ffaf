import Foundation
import Mail
import Postgres
import SMTPClient
import TestSupport
import Testing

/// Mail of ours that comes back, through the real daemon.
@Suite("Bounces")
struct BounceTests {
    /// A mail of ours, as the outbox knows it.
    private struct Sent {
        var id: Int64
        var bounceAddress: String
        var mark: String
        var recipient: String
    }

    private static func newest(_ kind: String, at desk: Desk) async throws -> Sent {
        let rows = try await desk.pool.query(
            """
            UPDATE brevdue.outbox SET state = 'sent' WHERE id = (
                SELECT id FROM brevdue.outbox WHERE kind = \(kind) ORDER BY id DESC LIMIT 1)
            RETURNING id, envelope_from, left(encode(effect_key, 'hex'), 32), recipient
            """)
        let (id, address, mark, recipient) = try rows[0].decode(Int64.self, String.self, String.self, String.self)
        return Sent(id: id, bounceAddress: address, mark: mark, recipient: recipient)
    }

    /// A summary that went to Ane, of a lead of Jonas's.
    private static func summary(at desk: Desk) async throws -> Sent {
        try await desk.send(
            .forward(
                "f1", of: "Hej\nVi får omkring 900 fakturaer.\nCVR-nr. 91430525", by: "Mette <mly@vestklit.example>"))
        var answer = PlainMail("c1", text: "forkert firma 93205189\n\nMvh Ane")
        answer.from = "Ane Krogh <ak@fjordtek.example>"
        answer.to = try #require(try await desk.summaries(1)[0].replyTo.first?.address)
        try await desk.send(answer)
        #expect(try await desk.summaries(2).count == 2)
        return try await newest("sales_summary", at: desk)
    }

    private static func report(
        on sent: Sent, _ action: String = "failed", _ status: String = "5.1.1", mark: String? = nil, id: String = "d1"
    ) -> [UInt8] {
        let text = """
            From: Mail Delivery System <MAILER-DAEMON@mx.example>
            To: \(sent.bounceAddress)
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <\(id)@mx.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            This is the mail system.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; \(sent.recipient)
            Action: \(action)
            Status: \(status)
            Diagnostic-Code: smtp; 550 \(status) Nobody by that name

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <rewritten@relay.example>
            X-Brevdue-Id: \(mark ?? sent.mark)

            --b--

            """
        return Array(text.replacing("\n", with: "\r\n").utf8)
    }

    private static func deliver(_ octets: [UInt8], to address: String, at desk: Desk) async throws {
        guard case .accepted = try await desk.daemon.send(octets, from: "", to: address) else {
            throw TestFailure("the report was not accepted at \(address)")
        }
        try await desk.settle()
    }

    private static func states(at desk: Desk) async throws -> [String] {
        try await desk.rows("SELECT kind, state FROM brevdue.outbox ORDER BY id")
    }

    @Test(
        "a mail that comes back has failed, its lead's owner is told once, and its address gets no more",
        .timeLimit(.minutes(2)))
    func failure() async throws {
        try await Desk.open("bounce") { desk in
            let sent = try await Self.summary(at: desk)
            #expect(sent.recipient == "ak@fjordtek.example" && sent.bounceAddress.hasPrefix("leads+b-"))
            try await Self.deliver(
                Self.report(on: sent, "delayed", "4.4.1", id: "d0"), to: sent.bounceAddress, at: desk)
            #expect(try await Self.states(at: desk).last == "sales_summary sent")
            for id in ["d1", "d2"] {
                try await Self.deliver(Self.report(on: sent, id: id), to: sent.bounceAddress, at: desk)
            }
            #expect(try await Self.states(at: desk).dropFirst() == ["sales_summary failed", "delivery_notice queued"])
            let attempts = try await desk.rows(
                "SELECT outcome, reply FROM brevdue.outbox_attempt WHERE outbox_id = \(sent.id) ORDER BY id")
            #expect(attempts.count == 2 && attempts[0].hasPrefix("deferred reported as delayed"))
            #expect(attempts[1].contains("550 5.1.1 Nobody by that name"))
            let notice = try #require(try await desk.mails("delivery_notice", 1).first)
            #expect(notice.to.map(\.address) == ["jh@fjordtek.example"] && notice.subject.hasPrefix("Ikke leveret: "))
            #expect(
                notice.text.contains("550 5.1.1 Nobody by that name") && notice.text.contains("ak@fjordtek.example"))
            #expect(notice.inReplyTo == ["<f1@fjordtek.example>"])
            #expect(
                try await desk.rows("SELECT address, status FROM brevdue.suppressed_address")
                    == ["ak@fjordtek.example 5.1.1"])

            // A notice that comes back is told to nobody.
            let returned = try await Self.newest("delivery_notice", at: desk)
            try await Self.deliver(
                Self.report(on: returned, "failed", "5.7.1", id: "d3"), to: returned.bounceAddress, at: desk)
            #expect(try await Self.states(at: desk).last == "delivery_notice failed")

            // What the address would get next waits for a person.
            var next = PlainMail.forward("f2", of: "Hej\nCVR-nr. 91430525", by: "Mette <mly@vestklit.example>")
            next.from = "Ane Krogh <ak@fjordtek.example>"
            try await desk.send(next)
            let held = try await desk.rows("SELECT state, held_reason FROM brevdue.outbox ORDER BY id DESC LIMIT 1")
            #expect(held[0].hasPrefix("held ak@fjordtek.example takes no mail since") && held[0].contains("Nobody"))
        }
    }

    @Test(
        "a mail in doubt is settled by an answer of its recipient, or by its own copy, once that is read",
        .timeLimit(.minutes(2)))
    func doubt() async throws {
        try await Desk.open("doubt") { desk in
            for number in 1...3 {
                try await desk.send(
                    .forward("f\(number)", of: "Hej\nCVR-nr. 91430525", by: "Mette <mly@vestklit.example>"))
            }
            _ = try await desk.pool.pipeline([
                "UPDATE brevdue.outbox SET state = 'uncertain'",
                """
                INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
                SELECT id, now(), 'uncertain', 'lost' FROM brevdue.outbox
                """,
            ])
            let mails = try await desk.pool.query("SELECT message_id, octets FROM brevdue.outbox ORDER BY id").map {
                try $0.decode(String.self, [UInt8].self)
            }
            var answer = PlainMail("a1", text: "Tak for det.")
            answer.inReplyTo = mails[0].0
            try await desk.send(answer)
            _ = try await desk.daemon.send(mails[1].1, from: "sent@fjordtek.example")
            try await desk.settle()
            #expect(
                try await Self.states(at: desk)
                    == ["sales_summary sent", "sales_summary sent", "sales_summary uncertain"])
            let words = try await desk.rows(
                "SELECT outcome, reply FROM brevdue.outbox_attempt WHERE outcome = 'sent' ORDER BY outbox_id")
            #expect(words.count == 2 && words[0].contains("an answer to it") && words[1].contains("its own copy"))
        }
    }

    @Test(
        "a copy of our own mail proves itself, though nothing proves who sent it; an answer in our name proves nothing",
        .timeLimit(.minutes(2)))
    func copyFromOutside() async throws {
        try await Gateway.open("own-copy", senders: "v=spf1 ip4:127.0.0.1 -all") { gateway in
            for number in 1...2 {
                try await gateway.send(
                    PlainMail.forward("f\(number)", of: "Hej\nCVR-nr. 91430525", by: "Mette <mly@vestklit.example>")
                        .octets)
            }
            _ = try await gateway.desk.pool.pipeline([
                "UPDATE brevdue.outbox SET state = 'uncertain'",
                """
                INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
                SELECT id, now(), 'uncertain', 'lost' FROM brevdue.outbox
                """,
            ])
            let mails = try await gateway.desk.pool.query("SELECT message_id, octets FROM brevdue.outbox ORDER BY id")
                .map { try $0.decode(String.self, [UInt8].self) }
            try #require(mails.count == 2)
            // As a mailbox with sent mail has it, or a stranger's server hands it in.
            try await gateway.send(mails[0].1, from: "x@evil.example")
            var answer = PlainMail("a1", text: "Tak for det.")
            answer.inReplyTo = mails[1].0
            try await gateway.send(answer.octets, from: "x@evil.example")
            #expect(try await Self.states(at: gateway.desk) == ["sales_summary sent", "sales_summary uncertain"])
        }
    }

    @Test("a report that somebody made up changes nothing and is answered to nobody", .timeLimit(.minutes(2)))
    func forged() async throws {
        try await Desk.open("forged") { desk in
            let sent = try await Self.summary(at: desk)
            let before = try await Self.states(at: desk)
            let forged = sent.bounceAddress.replacing("@", with: "0@").replacing("leads+b-", with: "leads+b-0")
            for (index, address) in ["leads@fjordtek.example", forged, "leads+b-1-2@fjordtek.example"].enumerated() {
                var report = sent
                report.bounceAddress = address
                try await Self.deliver(Self.report(on: report, id: "x\(index)"), to: address, at: desk)
            }
            // The address of one mail and the header of another.
            try await Self.deliver(
                Self.report(on: sent, mark: String(repeating: "0", count: 32), id: "y"), to: sent.bounceAddress,
                at: desk)
            #expect(try await Self.states(at: desk) == before)
            #expect(try await desk.rows("SELECT address, status FROM brevdue.suppressed_address").isEmpty)
            let kinds = try await desk.rows("SELECT DISTINCT kind, state FROM brevdue.message WHERE kind = 'bounce'")
            #expect(kinds == ["bounce done"])
        }
    }

    @Test("mail of ours that comes back is never answered, whoever sends it on", .timeLimit(.minutes(2)))
    func ownMail() async throws {
        try await Desk.open("own-mail") { desk in
            let sent = try await Self.summary(at: desk)
            let octets = try await desk.pool.query("SELECT octets FROM brevdue.outbox WHERE id = \(sent.id)")[0].decode(
                [UInt8].self)
            // A relay gave it another Message-ID and took the word on automatic mail away.
            let lines = String(decoding: octets, as: UTF8.self).components(separatedBy: "\r\n")
            let changed = lines.filter { !$0.hasPrefix("Auto-Submitted") && !$0.hasPrefix("Message-ID") }
            let before = try await Self.states(at: desk)
            for (index, sender) in ["ak@fjordtek.example", "mly@vestklit.example"].enumerated() {
                let mail = (["Message-ID: <again-\(index)@relay.example>"] + changed).map {
                    $0.hasPrefix("From:") ? "From: <\(sender)>" : $0
                }.joined(separator: "\r\n")
                _ = try await desk.daemon.send(Array(mail.utf8), from: sender)
                try await desk.settle()
            }
            // Nor is whatever else comes to the address for reports, such as an absence note.
            _ = try await desk.daemon.send(
                PlainMail("absent", text: "Jeg er tilbage på mandag.").octets, to: sent.bounceAddress)
            try await desk.settle()
            #expect(try await Self.states(at: desk) == before)
            let roles = try await desk.rows(
                "SELECT author_role, state FROM brevdue.message ORDER BY id DESC LIMIT 3")
            #expect(roles == ["system done", "system done", "system done"])
        }
    }
}
