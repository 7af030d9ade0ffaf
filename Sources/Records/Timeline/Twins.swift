import Postgres

/// Second arrivals of a mail.
enum Twins {
    /// Whether a message is the first arrival of its mail, in a query that finds it by something else.
    ///
    /// Not written as the index of first arrivals has it (`duplicate_of IS NULL`): the planner would read that whole index
    /// beside the one that finds the message, and slow down with every mail there is.
    static func isFirst(_ table: SQL) -> SQL { "coalesce(\(table).duplicate_of, 0) = 0" }
}
