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
            SELECT \(columns) FROM \(unsafe: schema).job_dead ORDER BY died_at DESC, id DESC LIMIT \(Int64(limit))
            """
        ).map(letter)
    }

    /// What became of an order to try dead letters again.
    package struct Retried: Sendable {
        /// How many were queued anew.
        package var count: Int
        /// Those that stay where they are, since somebody else looks after their kind; the newest first.
        package var left: [Letter]
    }

    /// Queues one of them anew, or all, but for the given kinds; each gets all its attempts again.
    package static func retry(
        _ id: Int64?, except kinds: [String], schema: String = "brevdue", in pool: PostgresPool
    ) async throws -> Retried {
        try await pool.transaction { transaction in
            let queued = try await transaction.query(
                """
                WITH dead AS (
                    DELETE FROM \(unsafe: schema).job_dead WHERE id = coalesce(\(id), id) AND kind <> ALL(\(kinds))
                    RETURNING id, queue, kind, payload, reason
                )
                INSERT INTO \(unsafe: schema).job (queue, kind, state, run_at, payload, last_error)
                SELECT queue, kind, 'r', clock_timestamp(), payload, reason FROM dead ORDER BY id RETURNING id
                """)
            let left = try await transaction.query(
                """
                SELECT \(columns) FROM \(unsafe: schema).job_dead WHERE id = coalesce(\(id), id) AND kind = ANY(\(kinds))
                ORDER BY died_at DESC, id DESC
                """)
            return Retried(count: queued.count, left: try left.map(letter))
        }
    }

    private static var columns: SQL { "id, queue, kind, attempt, reason, payload::text, died_at" }

    private static func letter(_ row: Row) throws -> Letter {
        let (id, queue, kind, attempts, reason, payload, diedAt) = try row.decode(
            Int64.self, String.self, String.self, Int16.self, String.self, String.self, Date.self)
        return Letter(
            id: id, queue: queue, kind: kind, attempts: Int(attempts), reason: reason, payload: payload, diedAt: diedAt)
    }
}
