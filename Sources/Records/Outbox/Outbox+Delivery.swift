package import FoundationEssentials
package import Jobs
package import Postgres

extension Outbox {
    /// A mail that is about to be sent.
    package struct Mail: Sendable {
        package var id: Int64
        package var kind: String
        package var state: State
        package var envelopeFrom: String
        package var recipients: [String]
        package var octets: [UInt8]
        package var expiresAt: Date
        /// Attempts that ended before, whatever their outcome.
        package var attempts: Int64
        /// Whether an attempt began to send the octets and was never heard of again.
        package var hasOpenAttempt: Bool
    }

    /// How an attempt ended.
    package enum Outcome: Sendable {
        case sent(reply: String)
        /// To be tried again at the given time.
        case deferred(reply: String, until: Date)
        case failed(reply: String)
        /// The octets may or may not have been taken (RFC 1047); decided again at the given time.
        case uncertain(reason: String, until: Date)

        /// The state it leads to.
        package var name: String {
            switch self {
            case .sent: "sent"
            case .deferred: "deferred"
            case .failed: "failed"
            case .uncertain: "uncertain"
            }
        }

        fileprivate var words: String {
            switch self {
            case .sent(let words), .deferred(let words, _), .failed(let words), .uncertain(let words, _): words
            }
        }

        fileprivate var next: Date? {
            switch self {
            case .deferred(_, let date), .uncertain(_, let date): date
            case .sent, .failed: nil
            }
        }
    }

    /// The mail of a send job; `nil` when nothing is to be done about it any more.
    package static func mail(_ id: Int64, in pool: PostgresPool) async throws -> Mail? {
        let rows = try await pool.query(
            """
            SELECT o.id, kind, state, envelope_from, array_to_string(recipients, E'\\n'), octets, expires_at,
                (SELECT count(*) FROM brevdue.outbox_attempt WHERE outbox_id = o.id AND outcome <> 'began'),
                EXISTS (SELECT FROM brevdue.outbox_attempt WHERE outbox_id = o.id AND outcome = 'began')
            FROM brevdue.outbox o
            WHERE o.id = \(id) AND state IN ('queued', 'sending', 'deferred', 'uncertain')
            """)
        guard let row = rows.first else { return nil }
        let (mailID, kind, state, from, recipients, octets, expiresAt, attempts, isOpen) = try row.decode(
            Int64.self, String.self, String.self, String.self, String.self, [UInt8].self, Date.self, Int64.self,
            Bool.self)
        return Mail(
            id: mailID, kind: kind, state: State(rawValue: state) ?? .queued, envelopeFrom: from,
            recipients: recipients.split(separator: "\n").map(String.init), octets: octets, expiresAt: expiresAt,
            attempts: attempts, hasOpenAttempt: isOpen)
    }

    /// Records that the octets are about to leave; committed after the 354, before the first octet.
    ///
    /// Gives back false when the lease is no longer held, a person stopped the mail, or somebody else is sending it: then
    /// nothing may be sent.
    package static func begin(_ id: Int64, job: Job, in pool: PostgresPool) async throws -> Bool {
        let rows = try await pool.query(
            """
            WITH held AS (
                SELECT FROM brevdue.job WHERE id = \(job.id) AND lease_token = \(job.leaseToken) FOR UPDATE
            ), sending AS (
                UPDATE brevdue.outbox SET state = 'sending'
                WHERE id = \(id) AND state IN ('queued', 'deferred', 'uncertain') AND EXISTS (SELECT FROM held)
                RETURNING id
            )
            INSERT INTO brevdue.outbox_attempt (outbox_id, lease_token, outcome)
            SELECT id, \(job.leaseToken), 'began' FROM sending RETURNING id
            """)
        return !rows.isEmpty
    }

    /// Records how an attempt ended, with the next job where there is to be one.
    package static func finish(_ id: Int64, _ outcome: Outcome) -> [SQL] {
        var statements: [SQL] = [
            """
            WITH ended AS (
                UPDATE brevdue.outbox_attempt SET ended_at = clock_timestamp(), outcome = \(outcome.name),
                    reply = \(outcome.words)
                WHERE outbox_id = \(id) AND outcome = 'began' RETURNING id
            )
            INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
            SELECT \(id), clock_timestamp(), \(outcome.name), \(outcome.words) WHERE NOT EXISTS (SELECT FROM ended)
            """,
            """
            UPDATE brevdue.outbox SET state = \(outcome.name),
                sent_at = CASE WHEN \(outcome.name) = 'sent' THEN clock_timestamp() END
            WHERE id = \(id) AND state IN ('queued', 'sending', 'deferred', 'uncertain')
            """,
        ]
        if let next = outcome.next {
            statements.append(
                JobQueue.insert([
                    NewJob(
                        queue: SendJob.queue, kind: SendJob.kind, payload: #"{"mail":\#(id)}"#, runAt: next,
                        uniqueKey: SendJob.uniqueKey(of: id))
                ]))
        }
        return statements
    }
}
