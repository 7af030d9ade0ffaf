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
}
