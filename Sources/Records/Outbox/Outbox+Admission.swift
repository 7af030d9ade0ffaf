package import Jobs
package import Postgres

extension Outbox {
    /// Whether the octets may leave now.
    package enum Admission: Sendable {
        case admitted
        /// The address had its share of automatic mails today; a person may let the mail go.
        case held
        /// The lease is no longer held, a person stopped the mail, or somebody else is sending it.
        case refused
    }

    /// Records that the octets are about to leave; committed after the 354, before the first octet.
    ///
    /// `cap`: automatic mails that the recipient gets a day at most, counted in the same transaction, on the days of
    /// Copenhagen; `nil` for a mail that is not counted. One that a person let go is not stopped by it, and one that is
    /// tried again not counted again.
    package static func begin(_ id: Int64, job: Job, cap: Int?, in pool: PostgresPool) async throws -> Admission {
        let cap = cap.map { Int32(clamping: $0) }
        let rows = try await pool.query(
            """
            WITH lease AS (
                SELECT FROM brevdue.job WHERE id = \(job.id) AND lease_token = \(job.leaseToken) FOR UPDATE
            ), mail AS (
                SELECT id, \(recipient) AS recipient, \(cap)::integer IS NOT NULL AND counted_on IS NULL AND NOT is_released AS is_counted,
                    (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date AS today
                FROM brevdue.outbox o
                WHERE id = \(id) AND state IN ('queued', 'deferred', 'uncertain') AND EXISTS (SELECT FROM lease)
                FOR UPDATE
            ), counted AS (
                INSERT INTO brevdue.reply_count AS c (address, day, count)
                SELECT lower(recipient), today, 1 FROM mail
                WHERE is_counted AND \(cap)::integer > 0
                ON CONFLICT (address, day) DO UPDATE SET count = c.count + 1 WHERE c.count < \(cap)::integer
                RETURNING address
            ), judged AS (
                SELECT id, is_counted, today, NOT is_counted OR EXISTS (SELECT FROM counted) AS is_admitted
                FROM mail
            ), moved AS (
                UPDATE brevdue.outbox o SET state = CASE WHEN is_admitted THEN 'sending' ELSE 'held' END,
                    held_reason = CASE WHEN NOT is_admitted THEN
                        'the address had its share of automatic mails today: ' || \(cap)::integer END,
                    counted_on = CASE WHEN is_counted AND is_admitted THEN today ELSE counted_on END
                FROM judged
                WHERE o.id = judged.id AND o.state IN ('queued', 'deferred', 'uncertain') RETURNING o.id, o.state
            ), begun AS (
                INSERT INTO brevdue.outbox_attempt (outbox_id, lease_token, outcome)
                SELECT id, \(job.leaseToken), 'began' FROM moved WHERE state = 'sending'
            )
            SELECT state FROM moved
            """)
        guard let state = try rows.first?.decode(String.self) else { return .refused }
        return state == State.sending.rawValue ? .admitted : .held
    }
}
