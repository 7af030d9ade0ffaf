import Foundation
import Postgres
import Records
import TestSupport
import Testing

@testable import Jobs
@testable import Workflow

/// A mail of which nobody knows whether it was taken, and one that somebody works on: neither leaves twice for it.
@Suite("Outgoing mail in doubt", .serialized, .timeLimit(.minutes(1)), .enabled(if: SMTPSink.isInstalled))
struct DoubtTests {
    private static func answer(to number: Int, from sender: String, field: String = "In-Reply-To") -> [UInt8] {
        Array(
            """
            From: \(sender)\r\nSubject: Re: Tilbud\r\n\(field): <\(number).brevdue@fjordtek.example>\r
            Message-ID: <answer@kunde.example>\r\n\r\nTak\r\n
            """.utf8)
    }

    @Test("a mail that is tried again while a worker holds its job gets no second one, and leaves once")
    func retriedWhileLeased() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put()
            let job = try await desk.leaseNext()
            try await Outbox.follow(.retry, id, in: desk.pool)
            #expect(try await desk.jobs(of: id) == 1)
            let step = try desk.step()
            try await desk.perform(job, step)
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "sent" && desk.sink.mails.count == 1)
        }
    }

    @Test("where the answer to a mail that was tried again is lost, its pause is kept all the same")
    func retriedIntoDoubt() async throws {
        try await OutboxDesk.with(["-q", "."]) { desk in
            let id = try await desk.put()
            let job = try await desk.leaseNext()
            try await Outbox.follow(.retry, id, in: desk.pool)
            try await desk.perform(job, try desk.step())
            #expect(try await desk.mail(id).state == "uncertain")
            #expect(try await desk.jobs(of: id) == 1)
            #expect(try #require(try await desk.pause()) > 800)
        }
    }

    @Test("a worker that found nothing to do leaves a job behind for a person who let the mail go meanwhile")
    func releasedWhileLeased() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put()
            try await Outbox.follow(.hold, id, in: desk.pool)
            let job = try await desk.leaseNext()
            // The worker has read that the mail is held; the person's word comes before it ends.
            try await Outbox.follow(.retry, id, in: desk.pool)
            try await Lease(job: job, queue: desk.queue).finish([Outbox.sendIfWaiting(id)])
            #expect(try await desk.jobs(of: id) == 1)
            try await desk.work(try desk.step())
            #expect(try await desk.mail(id).state == "sent" && desk.sink.mails.count == 1)
        }
    }

    @Test(
        "an answer of its recipient shows that an uncertain mail was taken", arguments: ["In-Reply-To", "References"])
    func answered(_ field: String) async throws {
        try await OutboxDesk.with(["-q", "."]) { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            let step = try desk.step()
            try await desk.work(step)
            // Somebody else's answer, and one to another mail, show nothing.
            try await desk.receive(Self.answer(to: 1, from: "x@evil.example", field: field))
            try await desk.receive(Self.answer(to: 2, from: "kunde@kunde.example", field: field))
            #expect(try await desk.mail(id).state == "uncertain")
            try await desk.receive(Self.answer(to: 1, from: "Kunde@kunde.example", field: field))
            let mail = try await desk.mail(id)
            #expect(mail.state == "sent" && mail.attempts == ["uncertain", "sent"])
            #expect(mail.words == "taken, as an answer to it shows: message 7")
            for _ in 1...2 { try await desk.work(step) }
            #expect(try await desk.mail(id).attempts.count == 2)
            #expect(try await desk.notices().isEmpty)
        }
    }

    @Test("its own copy, as a folder of sent mail has it, shows that a mail was taken; one with other words does not")
    func copied() async throws {
        try await OutboxDesk.with(["-q", "."]) { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            let step = try desk.step()
            try await desk.work(step)
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "held")
            try await desk.receive(OutboxDesk.octets(1, body: "Noget andet"))
            try await desk.receive(OutboxDesk.octets(2))
            #expect(try await desk.mail(id).state == "held")
            // A relay may give it another Message-ID.
            let copy = String(decoding: OutboxDesk.octets(1), as: UTF8.self).replacing("<1.brevdue@", with: "<other@")
            try await desk.receive(Array(copy.utf8))
            let mail = try await desk.mail(id)
            #expect(mail.state == "sent" && mail.words == "taken, as its own copy shows: message 7")
        }
    }

    @Test("what shows up while an attempt is open counts once that turns out to be broken off")
    func shownBeforeDoubt() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put()
            let job = try await desk.leaseNext()
            guard case .admitted = try await Outbox.begin(id, job: job, cap: nil, in: desk.pool) else {
                throw TestFailure("not admitted")
            }
            try await desk.receive(OutboxDesk.octets(1))
            #expect(try await desk.mail(id).state == "sending")
            _ = try await desk.pool.query("UPDATE brevdue.job SET state = 'r', lease_token = NULL, lease_until = NULL")
            let step = try desk.step()
            for _ in 1...2 { try await desk.work(step) }
            #expect(try await desk.mail(id).state == "sent" && desk.sink.mails.isEmpty)
        }
    }

    @Test("a mail that was tried again by hand is in doubt anew: what showed up before says nothing of it")
    func shownBeforeRetry() async throws {
        try await OutboxDesk.with(["-q", "."]) { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            let step = try desk.step()
            try await desk.work(step)
            try await desk.receive(OutboxDesk.octets(1))
            // It came back later, and a person sends it once more.
            _ = try await desk.pool.query("UPDATE brevdue.outbox SET state = 'failed' WHERE id = \(id)")
            try await Outbox.follow(.retry, id, in: desk.pool)
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "uncertain")
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "held")
        }
    }

    @Test("a relay that takes no letters beyond ASCII fails the mail with clear words, and that is told")
    func beyondASCII() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "søren@kunde.example")
            try await desk.work(try desk.step())
            let mail = try await desk.mail(id)
            #expect(mail.state == "failed" && mail.words.contains("beyond ASCII") && desk.sink.mails.isEmpty)
            #expect(try await desk.notices().map(\.to) == ["jh@fjordtek.example"])
            let domain = try await desk.put(2, to: "kim@bækgård.example")
            try await desk.work(try desk.step())
            #expect(try await desk.mail(domain).state == "sent")
            #expect(desk.sink.mails.contains { $0.contains("kim@xn--bkgrd-orae.example") })
        }
    }

    @Test("a quote is given up once the day is over that it was valid until, and that is told; a summary after a day")
    func expiries() async throws {
        try await OutboxDesk.with(["-r", "RCPT"]) { desk in
            let quote = try await desk.put(1, to: "kunde@kunde.example", owner: "ib@fjordtek.example")
            _ = try await desk.pool.pipeline([
                """
                INSERT INTO brevdue.quote (number, version, lead_id, message_id, state, subtotal_ore, vat_ore, total_ore,
                    first_year_ore, totals, assumptions, questions, valid_until, rule_set)
                SELECT '2026-0001', 1, lead_id, cause_message_id, 'released', 0, 0, 0, 0, '[]', '[]', '[]',
                    current_date - 1, 'x'
                FROM brevdue.outbox WHERE id = \(quote)
                """,
                "UPDATE brevdue.outbox SET kind = 'quote', quote_id = (SELECT id FROM brevdue.quote) WHERE id = \(quote)",
            ])
            try await desk.work(try desk.step())
            let mail = try await desk.mail(quote)
            #expect(mail.state == "failed" && mail.words == "expired before it could be sent")
            #expect(try await desk.notices().map(\.text).first?.contains("ikke leveret i tide") == true)
            #expect(Outbox.Kind.salesSummary.lifetime == 86_400 && Outbox.Kind.guidance.lifetime == 3 * 86_400)
        }
    }
}
