import Logging
import Postgres

/// What becomes of a job whose attempt ended without finishing it.
enum Return: String {
    /// Ready at once, and the attempt does not count: nothing was begun.
    case undone
    /// Put off for half a minute, and the attempt does not count: the server lacks what every job needs.
    case shelved
    /// Ready at once.
    case again
    /// Put off, longer with each attempt.
    case later
    /// To the dead letters: another attempt would end the same.
    case never
}

extension JobQueue {
    /// Ends attempts without success; the one place where a job goes back or dies.
    ///
    /// `ended`: a query that locks the jobs and gives the id, the reason or NULL, and the ``Return`` of each. A counted
    /// attempt that was the last one leads to the dead letters whatever was asked for. A job whose key is waited under
    /// by another, or returns with a newer one of its key, goes on without it: the key keeps out jobs to come, and one
    /// of the two does that.
    @discardableResult
    func giveBack(_ ended: SQL) async throws -> Int {
        let statement: SQL = """
            WITH ended AS MATERIALIZED (
                SELECT id, reason::text, course::text FROM (\(ended)) AS e (id, reason, course)
            ), hopeless AS MATERIALIZED (
                SELECT id FROM ended JOIN \(unsafe: schema).job USING (id)
                WHERE course = 'never' OR course IN ('again', 'later') AND attempt >= max_attempts
            ), dead AS (
                DELETE FROM \(unsafe: schema).job j USING hopeless WHERE j.id = hopeless.id RETURNING j.*
            ), buried AS (
                INSERT INTO \(unsafe: schema).job_dead (id, queue, kind, attempt, payload, reason, created_at)
                SELECT id, queue, kind, attempt, payload,
                    'attempt ' || attempt || ' of ' || max_attempts || ': ' || reason, created_at
                FROM dead JOIN ended USING (id) RETURNING id, queue, reason
            ), back AS (
                UPDATE \(unsafe: schema).job j SET last_error = coalesce(reason, last_error),
                    state = CASE WHEN course IN ('shelved', 'later') THEN 's'::"char" ELSE 'r'::"char" END,
                    attempt = CASE WHEN course IN ('undone', 'shelved') THEN attempt - 1 ELSE attempt END,
                    -- The exponent is bounded: from 1024 on the power is out of range.
                    run_at = clock_timestamp() + make_interval(secs => (0.8 + 0.4 * random()) * CASE course
                        WHEN 'shelved' THEN 30
                        WHEN 'later' THEN least(power(2, least(attempt, 12)), 3600) ELSE 0 END),
                    lease_token = NULL, lease_until = NULL, node_id = NULL,
                    unique_key = CASE WHEN NOT EXISTS (
                        SELECT FROM \(unsafe: schema).job t
                        WHERE t.kind = j.kind AND t.unique_key = j.unique_key AND t.state IN ('s', 'r')
                    ) AND NOT EXISTS (
                        SELECT FROM ended JOIN \(unsafe: schema).job t USING (id)
                        WHERE t.kind = j.kind AND t.unique_key = j.unique_key AND t.id > j.id
                    ) THEN unique_key END
                FROM ended WHERE j.id = ended.id AND j.id NOT IN (SELECT id FROM hopeless) RETURNING j.id
            )
            SELECT id, queue, reason FROM buried UNION ALL SELECT id, NULL, NULL FROM back
            """
        let rows = try await onceMoreOnClash { try await pool.query(statement) }
        for row in rows {
            let (id, queue, reason) = try row.decode(Int64.self, String?.self, String?.self)
            guard let queue, let reason else { continue }
            logger.error("job set aside", metadata: ["queue": "\(queue)", "job": "\(id)", "reason": "\(reason)"])
        }
        return rows.count
    }

    /// A job of the same key may be queued at the same instant; looked at again, it is seen.
    private func onceMoreOnClash(_ work: () async throws -> [Row]) async throws -> [Row] {
        do {
            return try await work()
        } catch let error as PostgresError where error.isUniqueViolation {
            return try await work()
        }
    }

    /// Gives back jobs of ours, by the token of their lease: one that was given to somebody else is not touched.
    func giveBack(_ jobs: [Job], _ course: Return, reason: String? = nil) async throws {
        let reason = reason.map { String($0.prefix(2000)) }
        try await giveBack(
            """
            SELECT id, \(reason), \(course.rawValue) FROM \(unsafe: schema).job
                JOIN unnest(\(jobs.map(\.id)), \(jobs.map(\.leaseToken))) AS held (id, lease_token)
                USING (id, lease_token)
            FOR UPDATE OF job
            """)
    }

    /// Takes back what is leased to the node and not worked on by this process, of one queue or of all.
    ///
    /// At once, but for a job that this befalls again: it may be what ends the process, and others go first. Rows that a
    /// dying connection still holds are left to the leader.
    func takeBack(node: Int32, queue name: String? = nil, reason: String) async throws {
        let count = try await giveBack(
            """
            SELECT id, \(reason), CASE WHEN attempt > 1 THEN 'later' ELSE 'again' END FROM \(unsafe: schema).job
            WHERE node_id = \(node) AND state = 'x' AND queue = coalesce(\(name), queue)
                AND lease_token <> ALL(\(held.all))
            FOR UPDATE SKIP LOCKED
            """)
        if count > 0 { logger.notice("leases taken back", metadata: ["count": "\(count)"]) }
    }

    /// Puts jobs whose lease ran out behind the others, a bounded number at a time.
    func rescue() async throws {
        let count = try await giveBack(
            """
            SELECT id, 'its lease ran out', 'later' FROM \(unsafe: schema).job
            WHERE state = 'x' AND lease_until < clock_timestamp() ORDER BY lease_until LIMIT 1000 FOR UPDATE SKIP LOCKED
            """)
        if count > 0 { logger.warning("jobs of lost workers rescued", metadata: ["count": "\(count)"]) }
    }
}
