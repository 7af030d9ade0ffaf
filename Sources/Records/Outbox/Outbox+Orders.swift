package import Postgres

extension Outbox {
    /// What a person orders for one mail.
    package enum Order: String, Sendable {
        case retry, hold, drop

        /// States that it can be followed in.
        ///
        /// What is being sent cannot be taken back.
        fileprivate var from: [State] {
            switch self {
            case .retry: [.queued, .deferred, .uncertain, .held, .failed]
            case .hold: [.queued, .deferred, .uncertain]
            case .drop: [.queued, .deferred, .uncertain, .held, .failed]
            }
        }

        fileprivate var state: State {
            switch self {
            case .retry: .queued
            case .hold: .held
            case .drop: .dropped
            }
        }
    }

    /// Why an order was not followed.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case unknown(Int64)
        case state(Int64, String)

        package var description: String {
            switch self {
            case .unknown(let id): "there is no mail \(id) in the outbox"
            case .state(let id, "sending"):
                "mail \(id) is being sent and cannot be taken back; one that was broken off is uncertain soon, look again"
            case .state(let id, "sent"): "mail \(id) was sent and cannot be taken back or sent again"
            case .state(let id, let state): "mail \(id) is \(state) already"
            }
        }
    }

    /// Follows an order at once, whether a daemon runs or not.
    ///
    /// A mail that is tried again has a day at least, is stopped by no cap, and its job is ready now whatever it waited
    /// for; one that a worker holds is the try that is asked for.
    package static func follow(_ order: Order, _ id: Int64, in pool: PostgresPool) async throws {
        let moved: SQL = """
            UPDATE brevdue.outbox SET state = \(order.state.rawValue),
                held_reason = CASE WHEN \(order == .hold) THEN 'held by a person' END,
                is_released = is_released OR \(order == .retry),
                expires_at = CASE WHEN \(order == .retry) THEN greatest(expires_at, now() + interval '1 day')
                    ELSE expires_at END
            WHERE id = \(id) AND state = ANY(\(order.from.map(\.rawValue))) RETURNING id
            """
        let isDone = try await pool.transaction { transaction in
            // A worker that is just done with the mail is waited for; jobs first, in the order that workers lock in.
            if order == .retry {
                _ = try await transaction.query(
                    "SELECT FROM brevdue.job WHERE kind = \(SendJob.kind) AND (payload ->> 'mail')::bigint = \(id) FOR UPDATE"
                )
            }
            guard try await !transaction.query(moved).isEmpty else { return false }
            if order != .hold { _ = try await transaction.query(forgetDead(id)) }
            if order == .retry { _ = try await transaction.pipeline(ready(id)) }
            return true
        }
        if isDone { return }
        let rows = try await pool.query("SELECT state FROM brevdue.outbox WHERE id = \(id)")
        guard let state = try rows.first?.decode(String.self) else { throw Refusal.unknown(id) }
        throw Refusal.state(id, state)
    }

    /// Dead jobs of a mail that has got its end or another job are no dead letters any more.
    private static func forgetDead(_ id: Int64) -> SQL {
        "DELETE FROM brevdue.job_dead WHERE kind = \(SendJob.kind) AND (payload ->> 'mail')::bigint = \(id)"
    }

    /// The mail's job, ready now.
    private static func ready(_ id: Int64) -> [SQL] {
        [
            // One that nobody will hear of again would make it wait once more.
            """
            UPDATE brevdue.outbox_attempt SET ended_at = clock_timestamp(), outcome = 'uncertain',
                reply = 'the attempt was broken off; sent again by a person'
            WHERE outbox_id = \(id) AND outcome = 'began'
            """,
            """
            UPDATE brevdue.job SET state = 'r', run_at = clock_timestamp()
            WHERE kind = \(SendJob.kind) AND (payload ->> 'mail')::bigint = \(id) AND state = 's'
            """,
            sendJobs(
                of: """
                    SELECT \(id)::bigint AS id WHERE NOT EXISTS (
                        SELECT FROM brevdue.job WHERE kind = \(SendJob.kind) AND (payload ->> 'mail')::bigint = \(id))
                    """),
        ]
    }
}
