package import FoundationEssentials
package import Postgres

/// A mail that could not be read from its mailbox, for people to look at.
package struct MailboxFault: Hashable, Sendable, Encodable {
    package enum State: String, Sendable, Encodable {
        /// It is tried again by itself.
        case waiting
        /// It is tried again when a person says so.
        case setAside = "set_aside"
    }

    package var account: String
    package var folder: String
    package var uidValidity: UInt32
    package var uid: UInt32
    package var state: State
    package var reason: String
    package var attempts: Int
    package var at: Date
    /// When it is tried again.
    package var retryAt: Date?

    /// The latest ones, of one account or of all.
    package static func list(of account: String?, limit: Int, in pool: PostgresPool) async throws -> [Self] {
        try await pool.query(
            """
            SELECT \(columns) FROM brevdue.mailbox_fault f WHERE \(account)::text IS NULL OR account = \(account)
            ORDER BY at DESC, uid DESC LIMIT \(Int64(limit))
            """
        ).map(Self.init)
    }

    /// Lets the next session of a mailbox ask for mail again: for one, or for all; gives back which.
    ///
    /// Mail of an earlier UIDVALIDITY is not among them: its UID means another one by now, and the folder was read anew.
    package static func retry(
        _ uid: UInt32?, of account: String, folder: String?, in pool: PostgresPool
    ) async throws -> [Self] {
        try await pool.query(
            """
            UPDATE brevdue.mailbox_fault f SET retry_at = clock_timestamp(), at = clock_timestamp(), attempts = 0,
                is_proven = false
            FROM brevdue.mailbox m
            WHERE m.account = f.account AND m.folder = f.folder AND m.uid_validity = f.uid_validity
                AND f.account = \(account) AND (\(folder)::text IS NULL OR f.folder = \(folder))
                AND (\(uid.map(Int64.init))::bigint IS NULL OR f.uid = \(uid.map(Int64.init)))
            RETURNING \(columns)
            """
        ).map(Self.init)
    }

    private static let columns: SQL =
        "f.account, f.folder, f.uid_validity, f.uid, f.reason, f.attempts, f.at, f.retry_at"

    private init(_ row: Row) throws {
        let (account, folder, validity, uid, reason, attempts, at, retryAt) = try row.decode(
            String.self, String.self, Int64.self, Int64.self, String.self, Int32.self, Date.self, Date?.self)
        self.account = account
        self.folder = folder
        uidValidity = UInt32(clamping: validity)
        self.uid = UInt32(clamping: uid)
        state = retryAt == nil ? .setAside : .waiting
        self.reason = reason
        self.attempts = Int(attempts)
        self.at = at
        self.retryAt = retryAt
    }
}
