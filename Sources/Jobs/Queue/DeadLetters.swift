package import FoundationEssentials
package import Postgres

/// Jobs that could not be done, set aside with their reason.
package enum DeadLetters {
    /// One of them.
    package struct Letter: Sendable {
        package var id: Int64
        package var queue: String
        package var kind: String
        package var attempts: Int
        package var reason: String
        /// JSON.
        package var payload: String
        package var diedAt: Date
    }

    /// The newest first, at most so many.
    package static func list(
        _ limit: Int, schema: String = "brevdue", in pool: PostgresPool
    ) async throws -> [Letter] {
        try await pool.query(
            """
            SELECT id, queue, kind, attempt, reason, payload::text, died_at FROM \(unsafe: schema).job_dead
            ORDER BY died_at DESC, id DESC LIMIT \(Int64(limit))
            """
        ).map { row in
            let (id, queue, kind, attempts, reason, payload, diedAt) = try row.decode(
                Int64.self, String.self, String.self, Int16.self, String.self, String.self, Date.self)
            return Letter(
                id: id, queue: queue, kind: kind, attempts: Int(attempts), reason: reason, payload: payload,
                diedAt: diedAt)
        }
    }

    /// Queues one of them anew, or all; gives back how many.
    ///
    /// Each gets all its attempts again. Those of kinds that somebody else looks after stay where they are.
    package static func retry(
        _ id: Int64?, except kinds: [String], schema: String = "brevdue", in pool: PostgresPool
    ) async throws -> Int {
        try await pool.query(
            """
            WITH dead AS (
                DELETE FROM \(unsafe: schema).job_dead
                WHERE id = coalesce(\(id), id) AND kind <> ALL(\(kinds)) RETURNING id, queue, kind, payload, reason
            )
            INSERT INTO \(unsafe: schema).job (queue, kind, state, run_at, payload, last_error)
            SELECT queue, kind, 'r', clock_timestamp(), payload, reason FROM dead ORDER BY id RETURNING id
            """
        ).count
    }
}
