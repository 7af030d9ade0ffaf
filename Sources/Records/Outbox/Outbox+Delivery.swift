package import FoundationEssentials
import Jobs
package import Postgres

extension Outbox {
    /// A mail that is about to be sent.
    package struct Mail: Sendable {
        package var id: Int64
        package var kind: String
        package var state: State
        package var envelopeFrom: String
        package var recipient: String
        package var octets: [UInt8]
        package var createdAt: Date
        package var expiresAt: Date
        /// When all of this was read, by the database's clock, which deadlines are judged by.
        package var now: Date
        package var origin: Origin
        /// Attempts that ended before, whatever their outcome, and those of which it is not known whether they succeeded.
        package var attempts: Int64
        package var uncertainAttempts: Int64
        /// Whether an attempt began to send the octets and was never heard of again.
        package var hasOpenAttempt: Bool
        /// Whether it is in doubt, and something that came in since shows that it was taken.
        package var isProved: Bool
    }

    /// How the message came in that a mail answers.
    package struct Origin: Sendable {
        package var door: Arrival.Door?
        package var remoteAddress: String?

        package init(door: Arrival.Door?, remoteAddress: String?) {
            self.door = door
            self.remoteAddress = remoteAddress
        }
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

        var words: String {
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
            SELECT o.id, o.kind, o.state, o.envelope_from, \(recipient), o.octets, o.created_at,
                \(deadline),
                clock_timestamp(), a.door, a.envelope ->> 'remoteAddress',
                (SELECT count(*) FROM brevdue.outbox_attempt WHERE outbox_id = o.id AND outcome <> 'began'),
                (SELECT count(*) FROM brevdue.outbox_attempt WHERE outbox_id = o.id AND outcome = 'uncertain'),
                EXISTS (SELECT FROM brevdue.outbox_attempt WHERE outbox_id = o.id AND outcome = 'began'),
                \(isProved)
            FROM brevdue.outbox o
            LEFT JOIN brevdue.message m ON m.id = o.cause_message_id
            LEFT JOIN brevdue.arrival a ON a.id = m.id AND a.received_at = m.received_at
            WHERE o.id = \(id) AND o.state IN ('queued', 'sending', 'deferred', 'uncertain')
            """)
        guard let row = rows.first else { return nil }
        let (
            mailID, kind, state, from, recipient, octets, createdAt, expiresAt, now, door, remote, attempts, uncertain,
            isOpen, isProved
        ) = try row.decode(
            Int64.self, String.self, String.self, String.self, String.self, [UInt8].self, Date.self, Date.self,
            Date.self, String?.self, String?.self, Int64.self, Int64.self, Bool.self, Bool.self)
        return Mail(
            id: mailID, kind: kind, state: State(rawValue: state) ?? .queued, envelopeFrom: from,
            recipient: recipient, octets: octets, createdAt: createdAt, expiresAt: expiresAt, now: now,
            origin: Origin(door: door.flatMap(Arrival.Door.init(rawValue:)), remoteAddress: remote), attempts: attempts,
            uncertainAttempts: uncertain, hasOpenAttempt: isOpen, isProved: isProved)
    }

    /// Records how an attempt ended, with the next job where there is to be one.
    package static func finish(_ id: Int64, _ outcome: Outcome) -> [SQL] {
        let statements: [SQL] = [
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
        return statements + (outcome.next.map { [putOff(id, until: $0)] } ?? [])
    }

    /// The mail's next job, for later; nothing about the mail changes.
    package static func putOff(_ id: Int64, until date: Date) -> SQL {
        JobQueue.insert([
            NewJob(
                queue: SendJob.queue, kind: SendJob.kind, payload: #"{"mail":\#(id)}"#, runAt: date,
                uniqueKey: SendJob.uniqueKey(of: id))
        ])
    }
}
