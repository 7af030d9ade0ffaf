import FoundationEssentials
package import Postgres

extension MailboxLease {
    /// Puts the cursor to where a folder is begun, or begun anew.
    package func begin(at cursor: MailboxCursor, in pool: PostgresPool) async throws {
        try Self.check(
            await pool.query(
                """
                UPDATE brevdue.mailbox SET uid_validity = \(Int64(cursor.uidValidity)), last_uid = \(Int64(cursor.lastUID)),
                    old_uid = \(Int64(cursor.oldUID)), since = \(cursor.since), unmarked = '{}'
                WHERE \(held) RETURNING term
                """))
    }

    /// Notes that messages are marked on the server.
    package func marked(_ uids: [UInt32], in pool: PostgresPool) async throws {
        try Self.check(
            await pool.query(
                """
                UPDATE brevdue.mailbox
                SET unmarked = ARRAY(SELECT u FROM unnest(unmarked) AS u WHERE u <> ALL(\(uids.map(Int64.init))))
                WHERE \(held) RETURNING term
                """))
    }

    /// Notes that a mail is fetched by itself: when the session ends over it, the next one reads on behind it.
    package func suspect(_ uid: UInt32, in pool: PostgresPool) async throws {
        try Self.check(
            await pool.query(
                "UPDATE brevdue.mailbox SET suspect_uid = \(Int64(uid)) WHERE \(held) RETURNING term"))
    }

    /// The folder was read to its end.
    package func succeeded(notice: String?, in pool: PostgresPool) async throws {
        try Self.check(
            await pool.query(
                """
                UPDATE brevdue.mailbox SET last_success_at = clock_timestamp(), failures = 0, last_error = NULL,
                    notice = \(notice)
                WHERE \(held) RETURNING term
                """))
    }

    /// A session failed: any node may try again after a pause that grows with the number of failures.
    ///
    /// `isOurs`: what failed is on our side, so that no mail is suspected of it. `pause` gets that number, the first being
    /// 1. Gives it back; `nil` when the lease was lost.
    package func failed(
        _ reason: String, isOurs: Bool, pause: @Sendable (Int) -> Duration, in pool: PostgresPool
    ) async throws -> Int? {
        try await pool.transaction { transaction in
            let rows = try await transaction.query(
                """
                UPDATE brevdue.mailbox SET failures = failures + 1, last_error = \(reason),
                    suspect_uid = CASE WHEN \(isOurs) THEN NULL ELSE suspect_uid END
                WHERE \(held) RETURNING failures
                """)
            guard let failures = try rows.first?.decode(Int32.self) else { return nil }
            _ = try await transaction.query(
                """
                UPDATE brevdue.mailbox SET leased_until = '-infinity',
                    retry_at = clock_timestamp() + \(Self.interval(pause(Int(failures)))) WHERE \(held)
                """)
            return Int(failures)
        }
    }

    /// The refresh token that came in place of the configured one with this SHA-256.
    package static func refreshToken(
        of key: MailboxKey, insteadOf digest: [UInt8], in pool: PostgresPool
    ) async throws -> String? {
        try await pool.query(
            "SELECT refresh_token FROM brevdue.mailbox WHERE \(key.row) AND refresh_token_of = \(digest)"
        ).first?.decode(String?.self)
    }

    package static func keep(
        refreshToken: String, of key: MailboxKey, insteadOf digest: [UInt8], in pool: PostgresPool
    ) async throws {
        _ = try await pool.query(
            """
            UPDATE brevdue.mailbox SET refresh_token = \(refreshToken), refresh_token_of = \(digest) WHERE \(key.row)
            """)
    }

    static func check(_ rows: [Row]) throws {
        if rows.isEmpty { throw Lost() }
    }
}
