package import FoundationEssentials
package import Postgres

/// A mailbox among those of the configuration.
package struct MailboxKey: Hashable, Sendable {
    package var account: String
    package var folder: String

    package init(account: String, folder: String) {
        self.account = account
        self.folder = folder
    }

    var row: SQL { "account = \(account) AND folder = \(folder)" }
}

/// How far a folder is read.
package struct MailboxCursor: Hashable, Sendable {
    package var uidValidity: UInt32
    package var lastUID: UInt32
    /// Mail up to this UID is never answered.
    package var oldUID: UInt32
    /// Of the old mail, what came before this is not read; `nil` reads all of it.
    package var since: Date?

    package init(uidValidity: UInt32, lastUID: UInt32, oldUID: UInt32, since: Date?) {
        self.uidValidity = uidValidity
        self.lastUID = lastUID
        self.oldUID = oldUID
        self.since = since
    }
}

/// The right of one node to poll a mailbox, until the database's clock says otherwise.
package struct MailboxLease: Sendable {
    package let key: MailboxKey
    let term: Int64
    /// `nil` when the folder was never read.
    package let cursor: MailboxCursor?
    /// UIDs stored by an earlier session and not marked yet.
    package let unmarked: [UInt32]
    /// When the mailbox was first polled.
    package let createdAt: Date
    /// Why the last session ended, when it failed.
    package let lastError: String?
    /// The mail that a session fetched by itself last.
    package let suspect: UInt32?

    /// The lease is another's, or nobody's.
    package struct Lost: Error, Sendable, CustomStringConvertible {
        package let description = "the lease of the mailbox is lost"

        package init() {}
    }

    /// Takes the lease where it is free, was this node's, or has run out; `nil` when not, or when it is too early to try
    /// again after a failure.
    package static func take(
        _ key: MailboxKey, node: String, for time: Duration, in pool: PostgresPool
    ) async throws -> MailboxLease? {
        let rows = try await pool.query(
            """
            INSERT INTO brevdue.mailbox AS m (account, folder, node, term, leased_until)
            VALUES (\(key.account), \(key.folder), \(node), 1, clock_timestamp() + \(interval(time)))
            ON CONFLICT (account, folder) DO UPDATE SET node = excluded.node, term = m.term + 1,
                leased_until = excluded.leased_until
            WHERE m.retry_at <= clock_timestamp() AND (m.node = excluded.node OR m.leased_until < clock_timestamp())
            RETURNING term, uid_validity, last_uid, old_uid, since, unmarked, created_at,
                CASE WHEN failures > 0 THEN last_error END, suspect_uid
            """)
        guard let row = rows.first else { return nil }
        let (term, validity, last, old, since, unmarked, createdAt, lastError, suspect) = try row.decode(
            Int64.self, Int64?.self, Int64.self, Int64.self, Date?.self, [Int64].self, Date.self,
            String?.self, Int64?.self)
        let cursor = validity.map {
            MailboxCursor(
                uidValidity: UInt32(clamping: $0), lastUID: UInt32(clamping: last), oldUID: UInt32(clamping: old),
                since: since)
        }
        return MailboxLease(
            key: key, term: term, cursor: cursor, unmarked: unmarked.map { UInt32(clamping: $0) },
            createdAt: createdAt, lastError: lastError, suspect: suspect.map { UInt32(clamping: $0) })
    }

    /// The row as long as the lease holds.
    var held: SQL { "\(key.row) AND term = \(term) AND leased_until > clock_timestamp()" }

    /// Holds the lease for longer; tells whether it was still held.
    package func renew(for time: Duration, in pool: PostgresPool) async throws -> Bool {
        try await !pool.query(
            """
            UPDATE brevdue.mailbox SET leased_until = clock_timestamp() + \(Self.interval(time))
            WHERE \(held) RETURNING term
            """, slot: .reserved
        ).isEmpty
    }

    /// Lets another node have it at once.
    package func release(in pool: PostgresPool) async throws {
        _ = try await pool.query(
            "UPDATE brevdue.mailbox SET leased_until = '-infinity' WHERE \(held)", slot: .reserved)
    }

    static func interval(_ time: Duration) -> SQL {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        return "make_interval(secs => \(seconds))"
    }
}
