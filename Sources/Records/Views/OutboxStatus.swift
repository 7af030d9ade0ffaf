package import Postgres
package import WireFormat

/// How mail leaves, for those who watch the daemon: a relay that takes nothing shows by what waits for it.
package struct OutboxStatus: Encodable, Sendable {
    /// Age of the oldest mail that waits to leave.
    @ExplicitNull package var oldestWaitingSeconds: Double?
    /// How the last attempt to hand a mail to the relay ended, and how long ago it began.
    @ExplicitNull package var lastAttempt: String?
    @ExplicitNull package var lastAttemptSeconds: Double?
    /// How long ago the relay last took a mail; `nil` also when that is more than 10,000 attempts ago.
    @ExplicitNull package var lastSentSeconds: Double?

    /// What the relay's own answers make of it; reports that came back later are none.
    ///
    /// Only a worker to which the relay gave way to the content has a lease noted with its attempt.
    package static func now(in pool: PostgresPool, patience: Duration) async throws -> OutboxStatus {
        let rows = try await pool.query(
            """
            SELECT extract(epoch FROM clock_timestamp() - (
                    SELECT created_at FROM brevdue.outbox WHERE state IN ('queued', 'sending', 'deferred', 'uncertain')
                    ORDER BY id LIMIT 1))::float8,
                a.outcome, extract(epoch FROM clock_timestamp() - a.began_at)::float8,
                extract(epoch FROM clock_timestamp() - (
                    SELECT ended_at FROM (
                        SELECT id, ended_at, outcome, lease_token FROM brevdue.outbox_attempt
                        ORDER BY id DESC LIMIT 10000) AS recent
                    WHERE outcome = 'sent' AND lease_token IS NOT NULL ORDER BY id DESC LIMIT 1))::float8
            FROM (SELECT 1) AS one LEFT JOIN LATERAL (
                SELECT outcome, began_at FROM brevdue.outbox_attempt
                WHERE reply IS NULL OR reply NOT LIKE 'reported as %' AND reply NOT LIKE 'taken, as %'
                ORDER BY id DESC LIMIT 1) AS a ON true
            """, slot: .reserved, patience: patience)
        let (age, outcome, since, sent) =
            try rows.first?.decode(Double?.self, String?.self, Double?.self, Double?.self) ?? (nil, nil, nil, nil)
        return OutboxStatus(
            oldestWaitingSeconds: age, lastAttempt: outcome, lastAttemptSeconds: since, lastSentSeconds: sent)
    }
}
