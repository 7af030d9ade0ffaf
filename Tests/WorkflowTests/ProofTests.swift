import Foundation
import Mail
import Postgres
import Records
import TestSupport
import Testing

@testable import Jobs
@testable import Workflow

/// What shows that a mail was taken, and what it comes too late for.
@Suite("Proof that a mail was taken", .serialized, .timeLimit(.minutes(1)), .enabled(if: SMTPSink.isInstalled))
struct ProofTests {
    private static let lost = (outcome: "uncertain", reply: "the answer was lost")

    private static func answer(to number: Int) -> [UInt8] {
        Array(
            """
            From: kunde@kunde.example\r\nSubject: Re: Tilbud\r\nIn-Reply-To: <\(number).brevdue@fjordtek.example>\r
            Message-ID: <answer@kunde.example>\r\n\r\nTak\r\n
            """.utf8)
    }

    @Test("a marker in digits that are not ASCII's is nobody's, and fails no other mail of its batch")
    func otherDigits() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put()
            try await desk.leave(id, .uncertain, after: [Self.lost])
            let mark = String(repeating: "\u{FF11}", count: 10) + "ab"
            let hostile = Array("X-Brevdue-Id: \(mark)\r\nFrom: x@evil.example\r\n\r\nHej\r\n".utf8)
            try #require(try Letter(hostile, reading: ReadingOptions()).mark?.utf8.count == 32)
            try await desk.receive([], [hostile, OutboxDesk.octets(1)])
            #expect(try await desk.mail(id).state == "sent")
        }
    }

    @Test("a copy and an answer that are read together are one proof")
    func together() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            try await desk.leave(id, .uncertain, after: [Self.lost])
            try await desk.receive([], [OutboxDesk.octets(1), Self.answer(to: 1)])
            #expect(try await desk.mail(id).attempts == ["uncertain", "sent"])
        }
    }

    @Test("nodes that read about the same mails at once lock them in one order, whatever they read of them")
    func crossed() async throws {
        try await OutboxDesk.with { desk in
            for number in 1...2 {
                try await desk.leave(try await desk.put(number), .sending, after: [("began", "")])
            }
            let reader = try await desk.pool.transaction { transaction in
                let lock: SQL = "SELECT FROM brevdue.outbox WHERE id"
                _ = try await transaction.query("\(lock) = (SELECT min(id) FROM brevdue.outbox) FOR UPDATE")
                let reader = Task { try await desk.receive([(2, .delayed)], [OutboxDesk.octets(1)]) }
                try await desk.waitForLock()
                // Who waits for the first holds none behind it.
                _ = try await transaction.query("\(lock) = (SELECT max(id) FROM brevdue.outbox) FOR UPDATE NOWAIT")
                return reader
            }
            try await reader.value
        }
    }

    @Test(
        "a report settles a mail that is held since nobody knew: as failed or, whatever else it says, as sent",
        arguments: [DeliveryReport.Action.failed, .delayed, .delivered])
    func reportedWhileHeld(_ action: DeliveryReport.Action) async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            try await desk.leave(id, .held, after: [Self.lost])
            try await desk.receive([(1, action)])
            #expect(try await desk.mail(id).state == (action == .failed ? "failed" : "sent"))
        }
    }

    @Test("a report on a mail that is held before it ever left is noted, and does not settle it")
    func reportedBeforeSent() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            try await desk.leave(id, .held, after: [])
            try await desk.receive([(1, .failed), (1, .delivered)])
            #expect(try await desk.mail(id).state == "held")
        }
    }

    @Test("a mail that came back is told of once, however many reports there are")
    func reportedTwice() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            // As an older version left it, which told it in words of its own.
            try await desk.leave(id, .failed, after: [("sent", "250"), ("failed", "reported as failed: x 5.1.1")])
            try await desk.receive([(1, .failed)])
            #expect(try await desk.pool.query("SELECT FROM brevdue.job WHERE kind = 'notice'").isEmpty)
        }
    }

    @Test("what an older version noted of a mail does not hide that it is in doubt")
    func notedBefore() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            try await desk.leave(id, .held, after: [Self.lost, ("deferred", "reported as delayed: x")])
            try await desk.receive([], [OutboxDesk.octets(1)])
            #expect(try await desk.mail(id).state == "sent")
        }
    }

    @Test(
        "a mail in doubt whose next try was put off is not sent once more, when its proof comes before or after that",
        arguments: [true, false])
    func deferredInDoubt(_ isBefore: Bool) async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put()
            let note = ("sent", "taken, as its own copy shows: message 5")
            try await desk.leave(
                id, .deferred, after: [Self.lost, ("deferred", "451 later")] + (isBefore ? [note] : []))
            if !isBefore { try await desk.receive([], [OutboxDesk.octets(1)]) }
            try await desk.work(try desk.step())
            #expect(try await desk.mail(id).state == "sent" && desk.sink.mails.isEmpty)
        }
    }

    @Test("what a report said of an earlier try settles none that a person ordered since")
    func settledBefore() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put()
            try await desk.leave(
                id, .deferred, after: [Self.lost, ("failed", "reported as failed: x"), ("deferred", "451 later")])
            try await desk.receive([], [OutboxDesk.octets(1)])
            #expect(try await desk.mail(id).state == "deferred")
            try await desk.work(try desk.step())
            #expect(try await desk.mail(id).state == "sent" && desk.sink.mails.count == 1)
        }
    }

    @Test("an attempt whose job died is over: its mail is held, and what shows up then settles it")
    func deadAttempt() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            try await desk.leave(id, .sending, after: [("began", "")])
            try await desk.bury(id)
            _ = try await desk.pool.query(Outbox.setAsideDead())
            let mail = try await desk.mail(id)
            #expect(mail.state == "held" && mail.attempts == ["uncertain"])
            try await desk.work(try desk.step())
            #expect(try await desk.notices().map(\.subject) == ["Uvist om leveret: Tilbud 1"])
            try await desk.receive([], [OutboxDesk.octets(1)])
            #expect(try await desk.mail(id).state == "sent")
        }
    }

    @Test("a mail that was shown to be taken while its job died is sent, and nobody is told otherwise")
    func deadAndProved() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            try await desk.leave(id, .sending, after: [("began", "")])
            try await desk.receive([], [OutboxDesk.octets(1)])
            try await desk.bury(id)
            _ = try await desk.pool.query(Outbox.setAsideDead())
            let mail = try await desk.mail(id)
            #expect(mail.state == "sent" && mail.attempts == ["uncertain", "sent"])
            #expect(try await desk.pool.query("SELECT FROM brevdue.job WHERE kind = 'notice'").isEmpty)
        }
    }

    @Test(
        "a person's word stands that came after a worker read the mail and before it gave it up",
        arguments: ["expired", "uncertain"])
    func orderedMeanwhile(_ course: String) async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            if course == "uncertain" { try await desk.leave(id, .uncertain, after: [Self.lost]) }
            if course == "expired" {
                _ = try await desk.pool.query("UPDATE brevdue.outbox SET expires_at = now() WHERE id = \(id)")
            }
            let job = try await desk.leaseNext()
            let step = try desk.step()
            let worker = try await desk.pool.transaction { transaction in
                _ = try await transaction.query("SELECT FROM brevdue.outbox WHERE id = \(id) FOR UPDATE")
                let worker = Task { try await desk.perform(job, step) }
                try await desk.waitForLock()
                // What `outbox retry` does to the mail.
                _ = try await transaction.query(
                    """
                    UPDATE brevdue.outbox SET state = 'queued', is_released = true,
                        expires_at = now() + interval '1 day' WHERE id = \(id)
                    """)
                return worker
            }
            try await worker.value
            #expect(try await desk.mail(id).state == "queued")
            #expect(try await desk.jobs(of: id) == 1)
            try await desk.work(step)
            #expect(try await desk.mail(id).state == "sent" && desk.sink.mails.count == 1)
            #expect(try await desk.notices().isEmpty)
        }
    }

    @Test("a notice that an older node ordered among the answers is told")
    func olderNotice() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            let job = Job(
                id: 1, queue: "answer", kind: "answer", attempt: 1, maximumAttempts: 20, leaseToken: 1,
                payload: #"{"message":1001,"answer":"bounceNotice","mail":\#(id)}"#)
            try await desk.answer([job])
            try await desk.work(try desk.step())
            #expect(try await desk.notices().map(\.subject) == ["Ikke leveret: Tilbud 1"])
        }
    }

    @Test("a notice's job that an older node left among those that send is one of a notice still")
    func misplacedNotice() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            _ = try await desk.pool.pipeline([
                "DELETE FROM brevdue.job",
                """
                INSERT INTO brevdue.job (queue, kind, state, run_at, payload) VALUES ('send', 'notice', 'r', now(),
                    json_build_object('mail', \(id)::bigint, 'event', 'delayed', 'words', '450'))
                """,
            ])
            try await desk.work(try desk.step())
            #expect(desk.sink.mails.isEmpty)
            #expect(try await desk.notices().map(\.to) == ["jh@fjordtek.example"])
        }
    }
}
