import Foundation
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
                // One that a node is at, as its process ends for the upgrade.
                """
                INSERT INTO brevdue.job (queue, kind, state, run_at, payload, attempt, lease_token, lease_until, node_id)
                VALUES ('answer', 'answer', 'x', now(), '{"message":6,"answer":"bounceNotice","mail":1}', 1, 7, now(), 1)
                """,
                """
                INSERT INTO brevdue.job_dead (id, queue, kind, attempt, payload, reason, created_at) VALUES
                    (101, 'send', 'notice', 20, '{"mail":1,"event":"failed","words":"550"}', 'x', now()),
                    (102, 'answer', 'answer', 20, '{"message":7,"answer":"bounceNotice","mail":1}', 'x', now()),
                    (103, 'send', 'send', 20, '{"mail":1}', 'x', now())
                """,
            ])
            _ = try await Migrator(
                schema: RecordsMigrations.schema, node: "test", pool: pool, logger: TestCluster.logger
            ).run(RecordsMigrations.all)
            let mail = try #require(try await OutboxView.one(1, .everything, in: pool))
            #expect(mail.kind == "delivery_notice" && mail.to == ["jh@fjordtek.example"])
            let jobs = try await Self.rows(
                "SELECT queue, coalesce(payload ->> 'event', payload ->> 'answer') FROM brevdue.job ORDER BY id", pool)
            #expect(jobs == ["notice failed", "notice returned", "answer summary", "notice returned"])
            let leases = try await pool.query(
                "SELECT FROM brevdue.job WHERE state = 'x' OR coalesce(lease_token, node_id) IS NOT NULL OR lease_until IS NOT NULL"
            )
            #expect(leases.isEmpty)
            let dead = try await Self.rows(
                "SELECT queue || ' ' || kind, coalesce(payload ->> 'event', '-') FROM brevdue.job_dead ORDER BY id",
                pool)
            #expect(dead == ["notice notice failed", "notice notice returned", "send send -"])
        }
    }

    @Test("arrivals of before count from what their door's clock said", .timeLimit(.minutes(1)))
    func olderArrivals() async throws {
        try await withRecords(through: "records_0011") { pool, _ in
            let insertion: (Int64) -> SQL = { id in
                """
                INSERT INTO brevdue.arrival (id, received_at, door, envelope, trusted, sha256, size, raw)
                VALUES (\(id), now() - interval '5 minutes', 'smtp', '{"from":"","recipients":[]}', false, sha256('x'), 1, 'x')
                """
            }
            _ = try await pool.query(insertion(1))
            _ = try await Migrator(
                schema: RecordsMigrations.schema, node: "test", pool: pool, logger: TestCluster.logger
            ).run(RecordsMigrations.all)
            // As a node of the version before puts it in.
            _ = try await pool.query(insertion(2))
            let arrivals = try await pool.transaction { try await Journal.arrivals([1, 2], in: $0) }
            let ages = arrivals.map { $0.seenAt.timeIntervalSince($0.storedAt) }
            #expect(ages.count == 2 && ages[0] >= 300 && (0..<60).contains(ages[1]), "\(ages)")
        }
    }

    private static func rows(_ query: SQL, _ pool: PostgresPool) async throws -> [String] {
        try await pool.query(query).map { try $0.decode(String.self, String.self) }.map { "\($0) \($1)" }
    }

    private static func insert(_ number: Int, _ columns: SQL, _ values: SQL) -> SQL {
        """
        INSERT INTO brevdue.outbox (effect_key, kind, envelope_from, \(columns), subject, message_id, message_key,
            octets, expires_at)
        VALUES (sha256(int8send(\(Int64(number)))), 'guidance', '', \(values), 'Hej', \("<\(number)@x>"), 'x', 'x', now())
        """
    }

    @Test("older nodes work on beside the new schema: what they and newer ones put in has its recipient for both")
    func beside() async throws {
        try await withRecords { pool, _ in
            _ = try await pool.pipeline([
                Self.insert(1, "recipients", "ARRAY['a@x.example']"), Self.insert(2, "recipient", "'b@x.example'"),
            ])
            let rows = try await Self.rows("SELECT recipient, recipients[1] FROM brevdue.outbox ORDER BY id", pool)
            #expect(rows == ["a@x.example a@x.example", "b@x.example b@x.example"])
            // What the version before reads.
            _ = try await pool.query("SELECT suspected FROM brevdue.mailbox")
            for several: SQL in ["ARRAY['a@x.example', 'b@x.example']", "ARRAY[]::text[]"] {
                await #expect(throws: PostgresError.self) {
                    _ = try await pool.query(Self.insert(3, "recipients", several))
                }
            }
        }
    }

    @Test("a mail of no recipient, or of several, stops the upgrade, which names it", .timeLimit(.minutes(1)))
    func severalRecipients() async throws {
        try await withRecords(through: "records_0008") { pool, _ in
            _ = try await pool.pipeline([
                Self.insert(1, "recipients", "ARRAY['a@x.example']"),
                Self.insert(2, "recipients", "ARRAY['a@x.example', 'b@x.example']"),
                Self.insert(3, "recipients", "'{}'"),
            ])
            let error = await #expect(throws: PostgresError.self) {
                _ = try await Migrator(
                    schema: RecordsMigrations.schema, node: "test", pool: pool, logger: TestCluster.logger
                ).run(RecordsMigrations.all)
            }
            #expect(error.map { "\($0)".contains("2, 3") } == true)
        }
    }
}
