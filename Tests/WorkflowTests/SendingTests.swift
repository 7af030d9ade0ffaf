import Foundation
import Postgres
import Records
import TestSupport
import Testing

@testable import Jobs
@testable import Workflow

/// What becomes of outgoing mail, with a relay that takes, defers, refuses and hangs up.
@Suite("Outgoing mail", .serialized, .timeLimit(.minutes(1)), .enabled(if: SMTPSink.isInstalled))
struct SendingTests {
    @Test("a mail that the relay puts off is tried again with longer pauses, and the relay's words are kept")
    func deferred() async throws {
        try await OutboxDesk.with(["-r", "RCPT"]) { desk in
            let id = try await desk.put()
            let step = try desk.step()
            for (attempt, pause) in [(1, 2.0), (2, 4.0), (3, 8.0)] {
                try await desk.work(step)
                let mail = try await desk.mail(id)
                #expect(mail.state == "deferred" && mail.words.hasPrefix("450 4.3.0"))
                #expect(mail.attempts == Array(repeating: "deferred", count: attempt))
                let next = try #require(try await desk.pause())
                #expect(next > pause * 0.8 - 1 && next < pause * 1.2)
            }
            // A new mail is tried at once, though the other one waits.
            let other = try await desk.put(2)
            #expect(try await desk.pool.query("SELECT FROM brevdue.job WHERE state = 'r'").count == 1)
            try await desk.work(step)
            #expect(try await desk.mail(other).attempts == ["deferred"])
        }
    }

    @Test("pauses grow from two seconds to an hour, with jitter, and never past a mail's end")
    func pauses() {
        let policy = SendPolicy()
        for (attempts, pause) in [(0, 2.0), (5, 64), (10, 2048), (11, 3600), (500, 3600)] {
            let drawn = Set((1...50).map { _ in policy.pause(after: Int64(attempts)) })
            #expect(drawn.allSatisfy { $0 >= pause * 0.8 && $0 <= pause * 1.2 } && drawn.count > 10)
        }
    }

    @Test("a delay of four hours is told once, to whoever caused the mail, in the language of theirs")
    func delayed() async throws {
        try await OutboxDesk.with(["-r", "RCPT"]) { desk in
            let id = try await desk.put(to: "kunde@kunde.example", text: "Hello there, could you please have a look?")
            let step = try desk.step()
            try await desk.work(step)
            try await desk.work(step)
            #expect(try await desk.notices().isEmpty)
            _ = try await desk.pool.query(
                "UPDATE brevdue.outbox SET created_at = now() - interval '5 hours' WHERE id = \(id)")
            for _ in 1...3 { try await desk.work(step) }
            let notices = try await desk.notices()
            #expect(notices.map(\.to) == ["jh@fjordtek.example"])
            #expect(notices.first?.subject == "Delayed: Tilbud 1")
            #expect(notices.first?.text.contains("450 4.3.0") == true)
        }
    }

    @Test("who waits for the mail themselves is told of its delay too, once the way is free")
    func delayedToCauser() async throws {
        try await OutboxDesk.with(["-r", "RCPT"]) { desk in
            let id = try await desk.put(to: "jh@fjordtek.example")
            _ = try await desk.pool.query(
                "UPDATE brevdue.outbox SET created_at = now() - interval '5 hours' WHERE id = \(id)")
            let step = try desk.step()
            for _ in 1...2 { try await desk.work(step) }
            #expect(try await desk.notices().map(\.to) == ["jh@fjordtek.example"])
        }
    }

    @Test("a mail whose time is over is given up, and that is told")
    func expired() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            _ = try await desk.pool.query("UPDATE brevdue.outbox SET expires_at = now() WHERE id = \(id)")
            let step = try desk.step()
            try await desk.work(step)
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "failed")
            #expect(try await desk.notices().map(\.subject) == ["Ikke leveret: Tilbud 1"])
        }
    }

    @Test("a refusal is told to whoever caused the mail, or the lead's owner; never to the one who cannot be reached")
    func refused() async throws {
        try await OutboxDesk.with(["-f", "RCPT"]) { desk in
            let step = try desk.step()
            try await desk.put(1, to: "kunde@kunde.example")
            try await desk.put(2, to: "jh@fjordtek.example")
            try await desk.put(3, to: "jh@fjordtek.example", owner: "ib@fjordtek.example")
            try await desk.put(4, to: "jh@fjordtek.example", owner: "jh@fjordtek.example")
            for _ in 1...4 { try await desk.work(step) }
            let notices = try await desk.notices()
            #expect(notices.map(\.to).sorted() == ["ib@fjordtek.example", "jh@fjordtek.example"])
            #expect(notices.allSatisfy { $0.text.contains("500 5.3.0") && $0.text.hasPrefix("Hej") })
            // The notices are refused as well, of which nobody is told.
            let states = try await desk.pool.query("SELECT DISTINCT state FROM brevdue.outbox")
            #expect(try states.map { try $0.decode(String.self) } == ["failed"])
        }
    }

    @Test("where the answer to the final dot is lost, our own people get the mail again, with the same Message-ID")
    func uncertainSummary() async throws {
        try await OutboxDesk.with(["-q", "."]) { desk in
            let id = try await desk.put()
            let step = try desk.step()
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "uncertain")
            let pause = try #require(try await desk.pause())
            #expect(pause > 890 && pause < 901)
            // A relay that never answers is not tried for ever: each time it may have taken the mail.
            for _ in 1...3 { try await desk.work(step) }
            let mail = try await desk.mail(id)
            #expect(mail.state == "held" && mail.attempts == ["uncertain", "uncertain", "uncertain"])
            #expect(mail.words.contains("may have been sent"))
            let good = try SMTPSink(folder: desk.folder + "/good")
            try await good.run {
                try await until("it listens") { SMTPSink.listens(on: good.port) }
                try await Outbox.follow(.retry, id, in: desk.pool)
                try await desk.work(try desk.step(port: good.port))
            }
            #expect(try await desk.mail(id).state == "sent")
            // The very same octets, as after each attempt before.
            let octets = String(decoding: OutboxDesk.octets(1), as: UTF8.self).replacing("\r\n", with: "\n")
            #expect(good.mails.count { $0.replacing("\r\n", with: "\n").contains(octets) } == 1)
        }
    }

    @Test("where the answer to the final dot is lost, a mail to somebody else is held for a person, who is told")
    func uncertainToLead() async throws {
        try await OutboxDesk.with(["-q", "."]) { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            let step = try desk.step()
            try await desk.work(step)
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "held")
            try await desk.work(step)
            #expect(try await desk.notices().map(\.subject) == ["Uvist om leveret: Tilbud 1"])
        }
    }

    @Test("an attempt that was never heard of again is uncertain, not tried at once")
    func brokenOff() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put()
            let node = try await Node.start(name: "test", queue: desk.queue)
            let job = try #require(try await desk.queue.claim(SendJob.queue, limit: 1, node: node.id).first)
            guard case .admitted = try await Outbox.begin(id, job: job, cap: nil, in: desk.pool) else {
                Issue.record("not admitted")
                return
            }
            await #expect(throws: Outbox.Refusal.state(id, "sending")) {
                try await Outbox.follow(.drop, id, in: desk.pool)
            }
            // The process died; its job goes back.
            _ = try await desk.pool.query("UPDATE brevdue.job SET state = 'r', lease_token = NULL, lease_until = NULL")
            let step = try desk.step()
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "uncertain" && desk.sink.mails.isEmpty)
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "sent" && desk.sink.mails.count == 1)
        }
    }
}
