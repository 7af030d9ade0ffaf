import Foundation
import Postgres
import Records
import TestSupport
import Testing

@testable import Jobs
@testable import Workflow

/// How many automatic mails leave, who stops them, and how fast they go.
@Suite("Limits of outgoing mail", .serialized, .timeLimit(.minutes(1)), .enabled(if: SMTPSink.isInstalled))
struct CapTests {
    @Test("an address gets its share of automatic mails a day, also after a restart; a person may let one go")
    func capped() async throws {
        try await OutboxDesk.with { desk in
            let first = try await desk.put(1, to: "Kunde@kunde.example")
            let second = try await desk.put(2, to: "kunde@kunde.example")
            let own = try await desk.put(3, remote: "10.0.0.9")
            let exempt = try await desk.put(4, to: "kunde@kunde.example", remote: "10.0.0.9")
            var policy = SendPolicy()
            policy.isOwnNetwork = { $0.hasPrefix("10.") }
            try await desk.work(try desk.step(policy))
            for id in [first, own, exempt] { #expect(try await desk.mail(id).state == "sent") }
            let held = try await desk.mail(second)
            #expect(held.state == "held" && held.words.hasSuffix("automatic mails today: 1") && held.attempts.isEmpty)
            let third = try await desk.put(5, to: "kunde@kunde.example")
            try await desk.work(try desk.step(policy))
            #expect(try await desk.mail(third).state == "held")
            try await Outbox.follow(.retry, third, in: desk.pool)
            try await desk.work(try desk.step(policy))
            #expect(try await desk.mail(third).state == "sent" && desk.sink.mails.count == 4)
        }
    }

    @Test("a mail that is tried again is counted once; of many at a time no more leave than may", arguments: [3])
    func countedOnce(_ cap: Int) async throws {
        try await OutboxDesk.with(["-q", "."]) { desk in
            var policy = SendPolicy()
            policy.ownPerDay = cap
            let id = try await desk.put()
            for _ in 1...3 { try await desk.work(try desk.step(policy)) }
            #expect(try await desk.mail(id).attempts.count == 3)
            let count = try await desk.pool.query("SELECT count FROM brevdue.reply_count")
            #expect(try count.map { try $0.decode(Int32.self) } == [1])
            for number in 2...9 { try await desk.put(number) }
            let node = try await Node.start(name: "test", queue: desk.queue)
            let jobs = try await desk.queue.claim(SendJob.queue, limit: 100, node: node.id)
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for job in jobs {
                    let mail = try job.decode(SendJob.self).mail
                    group.addTask {
                        if case .admitted = try await Outbox.begin(mail, job: job, cap: cap, in: desk.pool) {
                            true
                        } else {
                            false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(admitted == cap - 1)
        }
    }

    @Test("a person holds, drops and tries again; what was sent is not taken back")
    func orders() async throws {
        try await OutboxDesk.with { desk in
            let (first, second) = (try await desk.put(1), try await desk.put(2))
            try await Outbox.follow(.hold, first, in: desk.pool)
            try await Outbox.follow(.drop, second, in: desk.pool)
            try await desk.work(try desk.step())
            #expect(desk.sink.mails.isEmpty)
            #expect(try await desk.mail(first).words == "held by a person")
            try await Outbox.follow(.retry, first, in: desk.pool)
            try await desk.work(try desk.step())
            #expect(try await desk.mail(first).state == "sent")
            for order in [Outbox.Order.retry, .hold, .drop] {
                await #expect(throws: Outbox.Refusal.state(first, "sent")) {
                    try await Outbox.follow(order, first, in: desk.pool)
                }
            }
            await #expect(throws: Outbox.Refusal.unknown(99)) { try await Outbox.follow(.retry, 99, in: desk.pool) }
        }
    }

    @Test("a mail whose job is with the dead letters does not wait for ever, and that is told; tried again, it leaves")
    func dead() async throws {
        try await OutboxDesk.with { desk in
            let id = try await desk.put(to: "kunde@kunde.example")
            _ = try await desk.pool.query(
                """
                WITH dead AS (DELETE FROM brevdue.job RETURNING *)
                INSERT INTO brevdue.job_dead (id, queue, kind, attempt, payload, reason, created_at)
                SELECT id, queue, kind, 20, payload, 'attempt 20 of 20: overturned', created_at FROM dead
                """)
            let keeper = OutboxKeeper(pool: desk.pool, logger: TestCluster.logger)
            try await keeper.keep()
            try await keeper.keep()
            let mail = try await desk.mail(id)
            #expect(mail.state == "failed" && mail.words.hasSuffix("overturned") && mail.attempts.count == 1)
            try await desk.work(try desk.step())
            #expect(try await desk.notices().map(\.to) == ["jh@fjordtek.example"])
            try await Outbox.follow(.retry, id, in: desk.pool)
            try await keeper.keep()
            try await desk.work(try desk.step())
            #expect(try await desk.mail(id).state == "sent")
            // A mail that has lost its job in any other way gets one.
            let other = try await desk.put(2)
            _ = try await desk.pool.query("DELETE FROM brevdue.job")
            try await keeper.keep()
            try await desk.work(try desk.step())
            #expect(try await desk.mail(other).state == "sent")
        }
    }

    @Test("a domain of others takes so many mails at a time and a minute; one to another domain goes on")
    func domains() {
        let limits = DomainLimits(connections: 2, perMinute: 3)
        let now = ContinuousClock.now
        #expect(limits.enter("a", at: now) == nil && limits.enter("a", at: now) == nil)
        #expect((1...1.2).contains(limits.enter("a", at: now) ?? 0))
        #expect(limits.enter("b", at: now) == nil)
        limits.leave("a")
        #expect(limits.enter("a", at: now) == nil)
        limits.leave("a")
        let wait = limits.enter("a", at: now + .seconds(20)) ?? 0
        #expect(wait >= 40 && wait <= 48.1)
        limits.leave("a")
        #expect(limits.enter("a", at: now + .seconds(61)) == nil)
    }

    @Test("hundreds of mails leave through a worker, each once")
    func throughput() async throws {
        try await OutboxDesk.with { desk in
            let count = 600
            for number in 1...count { try await desk.put(number, remote: "10.0.0.9") }
            var policy = SendPolicy()
            policy.isOwnNetwork = { $0.hasPrefix("10.") }
            let node = try await Node.start(name: "test", queue: desk.queue)
            let worker = EffectWorker(
                queue: SendJob.queue, width: 16, node: node, of: desk.queue, handler: try desk.step(policy))
            let begin = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run() }
                try await until("all are sent") {
                    let rows = try await desk.pool.query("SELECT count(*) FROM brevdue.outbox WHERE state = 'sent'")
                    return try rows[0].decode(Int64.self) == Int64(count)
                }
                let time = (ContinuousClock.now - begin) / .seconds(1)
                print("outbox: \(Int(Double(count) / time)) mails/s")
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(desk.sink.mails.count == count)
        }
    }
}
