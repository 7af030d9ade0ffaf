package import Postgres

/// How a mailbox fares, for those who watch the daemon.
package struct MailboxStatus: Hashable, Sendable, Encodable {
    package enum State: String, Sendable, Encodable {
        /// Nobody has polled it yet.
        case unknown
        /// A node polls it, or did so until a moment ago.
        case polled
        /// The last session failed; it is tried again.
        case failing
        /// No node holds it.
        case idle
    }

    package var account: String
    package var folder: String
    package var state: State
    /// Since the folder was last read to its end.
    package var lastSuccessSeconds: Double?
    package var failures: Int
    package var lastError: String?
    package var notice: String?
    /// Mails that were set aside, to 1000.
    package var setAside: Int
    /// Mails that were not given and are tried again, to 1000.
    package var waiting: Int

    /// The mailboxes of the configuration, in its order.
    package static func all(_ keys: [MailboxKey], in pool: PostgresPool, patience: Duration) async throws -> [Self] {
        guard !keys.isEmpty else { return [] }
        let rows = try await pool.query(
            """
            SELECT k.account, k.folder, m.leased_until > clock_timestamp(),
                extract(epoch FROM clock_timestamp() - m.last_success_at)::float8, coalesce(m.failures, 0), m.last_error,
                m.notice, \(faults("IS NULL")), \(faults("IS NOT NULL"))
            FROM unnest(\(keys.map(\.account)), \(keys.map(\.folder))) WITH ORDINALITY AS k (account, folder, place)
            LEFT JOIN brevdue.mailbox m ON m.account = k.account AND m.folder = k.folder
            ORDER BY place
            """, slot: .reserved, patience: patience)
        return try rows.map { row in
            let (account, folder, isLeased, age, failures, error, notice, setAside, waiting) = try row.decode(
                String.self, String.self, Bool?.self, Double?.self, Int32.self, String?.self, String?.self, Int64.self,
                Int64.self)
            let state: State = isLeased.map { failures > 0 ? .failing : $0 ? .polled : .idle } ?? .unknown
            return MailboxStatus(
                account: account, folder: folder, state: state, lastSuccessSeconds: age, failures: Int(failures),
                lastError: error, notice: notice, setAside: Int(setAside), waiting: Int(waiting))
        }
    }

    private static func faults(_ isRetried: SQL) -> SQL {
        """
        (SELECT count(*) FROM (SELECT FROM brevdue.mailbox_fault f
            WHERE f.account = k.account AND f.folder = k.folder AND f.retry_at \(isRetried) LIMIT 1000) AS faults)
        """
    }
}
