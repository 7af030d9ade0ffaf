package import FoundationEssentials
package import Postgres

extension Outbox {
    /// What becomes of a mail that is not tried now.
    package enum Ending: Sendable {
        /// It was taken, although the relay's answer was lost.
        case proved(words: String)
        /// Its last attempt was broken off; decided again later.
        case brokenOff(until: Date)
        /// A person decides.
        case held(reason: String)
        /// It is given up, of which whoever caused it is told. `isOverdue`: since its time is over.
        case failed(words: String, NoticeJob.Event, isOverdue: Bool)
    }

    /// Ends a mail as it was read: where a person gave it another course meanwhile, their word stands and it has a job.
    package static func end(_ mail: Mail, _ ending: Ending) -> [SQL] {
        switch ending {
        case .proved(let words): [ended(mail, .sent(reply: words)), sendIfWaiting(mail.id)]
        case .brokenOff(let date):
            // One that waits for nothing any more has its job before the later one, which is then left out.
            [
                ended(mail, .uncertain(reason: "the attempt was broken off", until: date)), sendIfWaiting(mail.id),
                putOff(mail.id, until: date),
            ]
        case .held(let reason): [held(mail, reason), sendIfWaiting(mail.id)]
        case .failed(let words, let event, let isOverdue):
            [
                ended(
                    mail, .failed(reply: words), telling: event,
                    onlyWhere: isOverdue ? "\(deadline) <= clock_timestamp()" : "true"),
                sendIfWaiting(mail.id),
            ]
        }
    }

    private static func ended(
        _ mail: Mail, _ outcome: Outcome, telling event: NoticeJob.Event? = nil, onlyWhere condition: SQL = "true"
    ) -> SQL {
        let told = NoticeJob.insert(
            from: "SELECT id, \(event?.rawValue), \(outcome.words) FROM moved WHERE \(event != nil)")
        return """
            WITH moved AS (
                UPDATE brevdue.outbox o SET state = \(outcome.name),
                    sent_at = CASE WHEN \(outcome.name) = 'sent' THEN clock_timestamp() END
                WHERE o.id = \(mail.id) AND o.state = \(mail.state.rawValue) AND \(condition) RETURNING o.id
            ), over AS (
                UPDATE brevdue.outbox_attempt SET ended_at = clock_timestamp(), outcome = \(outcome.name),
                    reply = \(outcome.words)
                WHERE outbox_id IN (SELECT id FROM moved) AND outcome = 'began' RETURNING id
            ), noted AS (
                INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
                SELECT id, clock_timestamp(), \(outcome.name), \(outcome.words) FROM moved
                WHERE NOT EXISTS (SELECT FROM over)
            )
            \(told)
            """
    }

    private static func held(_ mail: Mail, _ reason: String) -> SQL {
        """
        WITH moved AS (
            UPDATE brevdue.outbox SET state = 'held', held_reason = \(reason)
            WHERE id = \(mail.id) AND state = \(mail.state.rawValue) RETURNING id
        )
        \(NoticeJob.insert(from: "SELECT id, \(NoticeJob.Event.unknown.rawValue), '' FROM moved"))
        """
    }
}
