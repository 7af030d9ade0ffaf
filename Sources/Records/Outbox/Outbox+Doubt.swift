import Postgres

/// What is asked of a mail `o` in SQL, in one place.
extension Outbox {
    /// Its recipient; one that was put in before there was a column for it has it in the list.
    static let recipient: SQL = "coalesce(o.recipient, o.recipients[1])"

    /// When its time is over; a quote's is with the day that it is valid until.
    static let deadline: SQL = """
        least(o.expires_at, CASE WHEN o.kind = 'quote' THEN (
            SELECT (q.valid_until + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen'
            FROM brevdue.quote q WHERE q.id = o.quote_id) END)
        """

    /// Whether it may have been taken, and nothing says so or otherwise.
    ///
    /// That is so when its last attempt left it open, those apart that were put off: they say nothing of the one before.
    /// Notes from before its last attempt settled whatever was open then, and a person had it sent anew.
    static let isInDoubt: SQL = """
        (o.state IN ('sending', 'deferred', 'uncertain', 'held') AND coalesce((
            SELECT t.outcome IN ('began', 'uncertain') FROM brevdue.outbox_attempt t
            WHERE t.outbox_id = o.id AND t.id <= \(lastAttempt) AND (t.outcome <> 'deferred' OR \(isNote))
            ORDER BY t.id DESC LIMIT 1), false))
        """

    /// Whether it is in doubt, and something that came in since its last attempt began shows that it was taken.
    static let isProved: SQL = """
        (\(isInDoubt) AND EXISTS (
            SELECT FROM brevdue.outbox_attempt WHERE outbox_id = o.id AND id > \(lastAttempt)))
        """

    private static let lastAttempt: SQL = """
        (SELECT max(t.id) FROM brevdue.outbox_attempt t WHERE t.outbox_id = o.id AND NOT \(isNote))
        """

    /// Whether a row `t` among its attempts is none: the words of a report, or of something that shows it was taken.
    private static let isNote: SQL = """
        (coalesce(t.reply, '') LIKE 'reported as %' OR coalesce(t.reply, '') LIKE 'taken, as %')
        """
}
