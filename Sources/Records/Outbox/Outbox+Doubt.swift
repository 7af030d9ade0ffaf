import Postgres

/// What is asked of a mail `o` in SQL, in one place.
extension Outbox {
    /// Its recipient; one that was put in before there was a column for it has it in the list.
    static let recipient: SQL = "coalesce(o.recipient, o.recipients[1])"
}
