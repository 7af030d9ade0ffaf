import Postgres
import TestSupport
import Testing

@testable import Records

/// What a new schema makes of the records of an older one.
@Suite("Upgrades")
struct UpgradeTests {
    @Test("of the advice on a lead, only what was made last is current", .timeLimit(.minutes(1)))
    func olderAdvice() async throws {
        try await withRecords(through: "records_0003") { pool, _ in
            _ = try await pool.pipeline([
                "INSERT INTO brevdue.lead (reference, subject) VALUES ('L-1', 'Hej')",
                """
                INSERT INTO brevdue.message (id, received_at, occurred_at, door, direction, state, kind, author_role,
                    content_key, subject, text, cvr_status)
                SELECT g, now(), now(), 'smtp', 'inbound', 'done', 'direct', 'lead', sha256(g::text::bytea), '', '', 'none'
                FROM generate_series(1, 2) g
                """,
                """
                INSERT INTO brevdue.recommendation (lead_id, message_id, position, kind, action, priority, rule, reason,
                    evidence, rule_set)
                SELECT l.id, g, 0, 'step', 'Ring', 1, 'r', '', '[]', 'x' FROM generate_series(1, 2) g, brevdue.lead l
                """,
            ])
            _ = try await Migrator(
                schema: RecordsMigrations.schema, node: "test", pool: pool, logger: TestCluster.logger
            ).run(RecordsMigrations.all)
            let rows = try await pool.query(
                "SELECT message_id FROM brevdue.recommendation WHERE superseded_at IS NULL")
            #expect(try rows.map { try $0.decode(Int64.self) } == [2])
        }
    }

    @Test(
        "mails keep their recipient, and what was to be told of them is told as one kind of notice",
        .timeLimit(.minutes(1)))
    func olderOutbox() async throws {
        try await withRecords(through: "records_0008") { pool, _ in
            _ = try await pool.pipeline([
                """
                INSERT INTO brevdue.outbox (effect_key, kind, envelope_from, recipients, subject, message_id, message_key,
                    octets, expires_at)
                VALUES (sha256('x'), 'bounce_notice', '', ARRAY['jh@fjordtek.example'], 'Hej', '<x@x>', 'x', 'x', now())
                """,
                """
                INSERT INTO brevdue.job (queue, kind, state, run_at, payload) VALUES
                    ('send', 'notice', 'r', now(), '{"mail":1,"event":"failed","words":"550"}'),
                    ('answer', 'answer', 's', now(), '{"message":5,"answer":"bounceNotice","mail":1}'),
                    ('answer', 'answer', 'r', now(), '{"message":5,"answer":"summary"}')
                """,
            ])
            _ = try await Migrator(
                schema: RecordsMigrations.schema, node: "test", pool: pool, logger: TestCluster.logger
            ).run(RecordsMigrations.all)
            let mails = try await pool.query("SELECT kind, recipient FROM brevdue.outbox")
            #expect(
                try mails.map { try $0.decode(String.self, String.self) }.map { "\($0) \($1)" } == [
                    "delivery_notice jh@fjordtek.example"
                ])
            let jobs = try await pool.query(
                "SELECT queue, coalesce(payload ->> 'event', payload ->> 'answer') FROM brevdue.job ORDER BY id")
            #expect(
                try jobs.map { try $0.decode(String.self, String.self) }.map { "\($0) \($1)" } == [
                    "notice failed", "notice returned", "answer summary",
                ])
        }
    }
}
