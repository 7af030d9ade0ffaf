import Foundation
import Postgres
import Records
import TestSupport
import Testing

@testable import Jobs

/// What the outbox lets happen to one mail.
@Suite("The outbox", .serialized)
struct OutboxTests {
    private static func entry() -> Outbox.Entry {
        Outbox.Entry(
            effectKey: Array(repeating: 7, count: 32), kind: .guidance, envelopeFrom: "leads@fjordtek.example",
            recipient: "jh@fjordtek.example", subject: "Vejledning", messageID: "<1@fjordtek.example>",
            inReplyTo: nil, causeMessageID: 1, cvr: nil, leadID: nil, quoteID: nil, octets: Array("Hej\r\n".utf8),
            expiresAt: Date().addingTimeInterval(3600))
    }

    /// Puts one mail in, as if for a message that is there.
    private func put(in pool: PostgresPool) async throws -> Int64 {
        _ = try await pool.query("ALTER TABLE brevdue.outbox DROP CONSTRAINT outbox_cause_message_id_fkey")
        _ = try await pool.query(Outbox.put([Self.entry()], sending: true))
        return try await pool.query("SELECT id FROM brevdue.outbox")[0].decode(Int64.self)
    }

    private func jobs(_ pool: PostgresPool) async throws -> Int64 {
        try await pool.query("SELECT count(*) FROM brevdue.job WHERE queue = 'send'")[0].decode(Int64.self)
    }

    /// Leases every job there is, as workers would.
    private func leased(_ pool: PostgresPool) async throws -> [Job] {
        let rows = try await pool.query(
            """
            UPDATE brevdue.job SET state = 'x', attempt = 1, lease_token = id + 100, lease_until = now() + interval '1 minute'
            RETURNING id, payload::text, lease_token
            """)
        return try rows.map { row in
            let (id, payload, token) = try row.decode(Int64.self, String.self, Int64.self)
            return Job(
                id: id, queue: SendJob.queue, kind: SendJob.kind, attempt: 1, maximumAttempts: 20, leaseToken: token,
                payload: payload)
        }
    }

    @Test(
        "a mail that is put off has one job, also after a start that gives jobs to what waits", .timeLimit(.minutes(1)))
    func oneJob() async throws {
        try await withRecords { pool, _ in
            let mail = try await put(in: pool)
            _ = try await pool.query("DELETE FROM brevdue.job")
            let later = Date().addingTimeInterval(60)
            for statement in Outbox.finish(mail, .deferred(reply: "450 4.2.0 Later", until: later)) {
                _ = try await pool.query(statement)
            }
            for _ in 0..<3 { _ = try await pool.query(Outbox.sendWaiting()) }
            let count = try await jobs(pool)
            #expect(count == 1)
        }
    }

    @Test("a mail that somebody sends gets no second job by a start beside them", .timeLimit(.minutes(1)))
    func noJobBeside() async throws {
        try await withRecords { pool, _ in
            _ = try await put(in: pool)
            _ = try await leased(pool)
            _ = try await pool.query(Outbox.sendWaiting())
            let count = try await jobs(pool)
            #expect(count == 1)
        }
    }

    @Test("of two who hold a job for one mail, one may send it", .timeLimit(.minutes(1)))
    func oneSender() async throws {
        try await withRecords { pool, _ in
            let mail = try await put(in: pool)
            _ = try await pool.query(
                JobQueue.insert([
                    NewJob(queue: SendJob.queue, kind: SendJob.kind, payload: #"{"mail":\#(mail)}"#)
                ]))
            let held = try await leased(pool)
            #expect(held.count == 2)
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for job in held {
                    group.addTask {
                        if case .admitted = try await Outbox.begin(mail, job: job, cap: nil, in: pool) {
                            true
                        } else {
                            false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(admitted.filter { $0 }.count == 1)
        }
    }
}
