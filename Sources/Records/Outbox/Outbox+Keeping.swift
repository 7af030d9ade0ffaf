package import Postgres

extension Outbox {
    /// Gives every waiting mail without a job its job: those composed while no relay was configured, and any that lost
    /// theirs.
    package static func sendWaiting() -> SQL {
        sendJobs(
            of: """
                SELECT id FROM brevdue.outbox o WHERE \(hasNoJob) AND NOT EXISTS (
                    SELECT FROM brevdue.job_dead d WHERE d.kind = \(SendJob.kind) AND (d.payload ->> 'mail')::bigint = o.id)
                """)
    }

    /// The mail's next job where it waits after all: a person may order it while a worker finds that there is nothing to do.
    package static func sendIfWaiting(_ id: Int64) -> SQL {
        sendJobs(of: "SELECT id FROM brevdue.outbox o WHERE id = \(id) AND state = 'queued'")
    }

    /// Ends the waiting of mails whose job lies with the dead letters: nobody would try them again.
    ///
    /// One that was shown to be taken is sent. One that may be with the relay waits for a person, any other has failed, of
    /// which whoever caused it is told.
    package static func setAsideDead() -> SQL {
        """
        WITH ended AS (
            UPDATE brevdue.outbox o SET
                state = CASE WHEN \(isProved) THEN 'sent' WHEN \(isInDoubt) THEN 'held' ELSE 'failed' END,
                sent_at = CASE WHEN \(isProved) THEN clock_timestamp() END,
                held_reason = CASE WHEN \(isInDoubt) AND NOT \(isProved) THEN 'it may have been sent; ' || reason END
            FROM (
                SELECT DISTINCT ON (mail) mail, reason
                FROM (SELECT (payload ->> 'mail')::bigint AS mail, reason, died_at FROM brevdue.job_dead
                    WHERE kind = \(SendJob.kind)) AS dead
                ORDER BY mail, died_at DESC
            ) AS d
            WHERE o.id = d.mail AND \(hasNoJob) RETURNING o.id, o.state, reason
        ), over AS (
            UPDATE brevdue.outbox_attempt t SET ended_at = clock_timestamp(), outcome = 'uncertain',
                reply = 'the attempt was broken off'
            FROM ended WHERE t.outbox_id = ended.id AND t.outcome = 'began'
        ), noted AS (
            INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
            SELECT id, clock_timestamp(), 'failed', reason FROM ended WHERE state = 'failed'
        )
        \(NoticeJob.insert(from: """
            SELECT id, CASE state WHEN 'held' THEN \(NoticeJob.Event.unknown.rawValue)
                ELSE \(NoticeJob.Event.failed.rawValue) END, reason FROM ended WHERE state <> 'sent'
            """))
        """
    }

    /// Forgets how many mails were sent on days long past.
    package static func forgetCounts() -> SQL { "DELETE FROM brevdue.reply_count WHERE day < current_date - 7" }

    /// Waits, and no job is there that would send it; one that is uncertain has been so for longer than its pause.
    private static let hasNoJob: SQL = """
        (o.state IN ('queued', 'sending', 'deferred') OR o.state = 'uncertain' AND NOT EXISTS (
            SELECT FROM brevdue.outbox_attempt t WHERE t.outbox_id = o.id AND t.ended_at > now() - interval '15 minutes'))
        AND NOT EXISTS (
            SELECT FROM brevdue.job j WHERE j.kind = \(SendJob.kind) AND (j.payload ->> 'mail')::bigint = o.id)
        """
}
