import FoundationEssentials
package import Postgres

/// Mail that its mailbox did not give, and when it is asked for again.
///
/// It is passed over at once and lies here, so that it blocks nothing behind it. It is set aside only once something says
/// that the fault is its own.
extension MailboxLease {
    /// Attempts and hours before a mail is set aside when another one was given beside it.
    static let proven = (attempts: 3, hours: 6)
    /// The same when it is the only one that is not given, and there was no other to be had.
    ///
    /// Hours, since a server may be ill for some: the mail would be as good as lost.
    static let lone = (attempts: 6, hours: 24)
    /// How long attempts pause, in seconds: at first, and at most.
    private static let firstPause = 1.0
    private static let longestPause = 900.0

    /// Mail that is to be tried again now, what was tried least first.
    package func due(under uidValidity: UInt32, in pool: PostgresPool) async throws -> [UInt32] {
        try await pool.query(
            """
            SELECT uid FROM brevdue.mailbox_fault WHERE \(faults(uidValidity)) AND retry_at <= clock_timestamp()
            ORDER BY attempts, uid LIMIT 64
            """
        ).map { UInt32(clamping: try $0.decode(Int64.self)) }
    }

    /// How long until a mail is to be tried again; `nil` when none is.
    package func untilRetry(under uidValidity: UInt32, in pool: PostgresPool) async throws -> Duration? {
        let rows = try await pool.query(
            """
            SELECT extract(epoch FROM min(retry_at) - clock_timestamp())::float8
            FROM brevdue.mailbox_fault WHERE \(faults(uidValidity))
            """)
        guard let seconds = try rows.first?.decode(Double?.self) else { return nil }
        return .milliseconds(Int64(max(seconds, 0).rounded(.up) * 1000))
    }

    /// Notes that a mail is asked for once more, before it is; tells whether it is set aside when that fails too.
    ///
    /// `isProven`: whether another mail was given just before. If not, the fault may be the server's or the network's:
    /// then all that wait are left alone for as long, twice as long each time.
    package func retry(
        _ uid: UInt32, under uidValidity: UInt32, isProven: Bool, in pool: PostgresPool
    ) async throws -> Bool {
        let rows = try await pool.query(
            """
            WITH waiting AS (
                SELECT least(\(Self.longestPause), \(Self.firstPause) * 2 ^ least(sum(greatest(attempts, 0)), 20)) AS pause,
                    count(*) AS mails
                FROM brevdue.mailbox_fault WHERE \(faults(uidValidity)) AND retry_at IS NOT NULL
            ), tried AS (
                UPDATE brevdue.mailbox_fault f SET
                    attempts = attempts + CASE WHEN uid = \(Int64(uid)) THEN 1 ELSE 0 END,
                    is_proven = is_proven OR uid = \(Int64(uid)) AND \(isProven),
                    retry_at = CASE WHEN uid = \(Int64(uid)) AND (
                            (is_proven OR \(isProven)) AND \(Self.isTried(Self.proven))
                            OR waiting.mails = 1 AND \(Self.isTried(Self.lone)))
                        THEN NULL
                        ELSE greatest(retry_at, clock_timestamp() + make_interval(secs => waiting.pause)) END
                FROM waiting
                WHERE \(faults(uidValidity)) AND retry_at IS NOT NULL AND (uid = \(Int64(uid)) OR NOT \(isProven))
                    AND EXISTS (SELECT FROM brevdue.mailbox WHERE \(held))
                RETURNING uid, retry_at IS NULL AS is_last
            )
            SELECT is_last FROM tried WHERE uid = \(Int64(uid))
            """)
        guard let row = rows.first else { throw Lost() }
        return try row.decode(Bool.self)
    }

    private static func isTried(_ bound: (attempts: Int, hours: Int)) -> SQL {
        """
        (attempts + 1 >= \(Int32(bound.attempts)) AND f.at <= clock_timestamp() - make_interval(hours => \(Int32(bound.hours))))
        """
    }

    /// The server gives nothing for now, this mail or another: the attempt does not count.
    package func putOff(_ uid: UInt32, under uidValidity: UInt32, in pool: PostgresPool) async throws {
        _ = try await pool.query(
            """
            UPDATE brevdue.mailbox_fault SET attempts = attempts - 1,
                retry_at = clock_timestamp() + make_interval(secs => \(Self.longestPause))
            WHERE \(faults(uidValidity)) AND uid = \(Int64(uid)) AND EXISTS (SELECT FROM brevdue.mailbox WHERE \(held))
            """)
    }

    /// What becomes of faults with a batch: those that are settled go, then come the new ones.
    func faultStatements(for batch: MailboxBatch) -> [SQL] {
        var statements: [SQL] = []
        if !batch.settled.isEmpty {
            statements.append(
                """
                DELETE FROM brevdue.mailbox_fault f USING brevdue.mailbox m
                WHERE \(inFolder) AND f.uid_validity = m.uid_validity AND f.uid = ANY(\(batch.settled.map(Int64.init)))
                """)
        }
        if !batch.settled.isEmpty, !batch.arrivals.isEmpty {
            // The server is well again: what waited with it need wait no longer.
            statements.append(
                """
                UPDATE brevdue.mailbox_fault f SET retry_at = clock_timestamp() FROM brevdue.mailbox m
                WHERE \(inFolder) AND f.uid_validity = m.uid_validity AND f.retry_at > clock_timestamp() AND NOT f.is_proven
                """)
        }
        if !batch.faults.isEmpty { statements.append(insertion(of: batch.faults, batch, isRetried: false)) }
        if !batch.waiting.isEmpty { statements.append(insertion(of: batch.waiting, batch, isRetried: true)) }
        return statements
    }

    /// One that is there already keeps its count and its time.
    private func insertion(of faults: [MailboxBatch.Fault], _ batch: MailboxBatch, isRetried: Bool) -> SQL {
        """
        INSERT INTO brevdue.mailbox_fault (account, folder, uid_validity, uid, reason, is_proven, retry_at)
        SELECT m.account, m.folder, m.uid_validity, f.uid, f.reason, \(batch.isProven),
            CASE WHEN \(isRetried) THEN clock_timestamp() END
        FROM brevdue.mailbox m, unnest(\(faults.map { Int64($0.uid) }), \(faults.map(\.reason))) AS f (uid, reason)
        WHERE m.account = \(key.account) AND m.folder = \(key.folder)
        ON CONFLICT (account, folder, uid_validity, uid) DO UPDATE SET reason = excluded.reason
        """
    }

    private var inFolder: SQL {
        """
        f.account = \(key.account) AND f.folder = \(key.folder) AND m.account = f.account AND m.folder = f.folder
        """
    }

    private func faults(_ uidValidity: UInt32) -> SQL { "\(key.row) AND uid_validity = \(Int64(uidValidity))" }
}
