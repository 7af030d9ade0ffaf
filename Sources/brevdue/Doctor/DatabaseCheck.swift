import Doors
import Foundation
import Postgres
import Records

/// The database: whether it is there, up to date, on time, and has work that nobody could finish.
enum DatabaseCheck {
    private static let check = "database"

    static func findings(_ settings: Settings, user: String) async -> [Finding] {
        let logger = LogSettings.quiet()
        do {
            return try await DatabaseAccess.with(settings, user: user, logger: logger) { access in
                let missing = try await Migrator(
                    schema: RecordsMigrations.schema, node: "doctor", pool: access.pool, logger: logger
                ).missing(of: RecordsMigrations.all)
                guard missing.isEmpty else {
                    return [.problem(check, "\(missing.count) migrations are missing", "run `brevdue migrate`")]
                }
                return try await state(in: access.pool) + outbox(settings, in: access.pool)
                    + mailboxes(settings, in: access.pool)
            }
        } catch {
            return [.problem(check, "\(error)", "check database.url, or data.directory for the embedded one")]
        }
    }

    /// How the daemon that reads them fares with each; nothing is fetched here.
    private static func mailboxes(_ settings: Settings, in pool: PostgresPool) async throws -> [Finding] {
        try await MailboxStatus.all(settings.mailboxes.map(\.key), in: pool, patience: .seconds(5)).map { mailbox in
            let name = "\(mailbox.account) \(mailbox.folder)"
            guard mailbox.failures == 0, let age = mailbox.lastSuccessSeconds, age < 3600 else {
                let words = mailbox.lastError ?? "not read to its end within an hour"
                return .problem(
                    "mailbox", "\(name): \(words)", "check that a daemon with the role imap runs, and its log")
            }
            guard mailbox.setAside == 0 else {
                return .warning(
                    "mailbox", "\(name): \(mailbox.setAside) mails were set aside",
                    "look at them there; brevdue.mailbox_fault has the reasons")
            }
            return .ok("mailbox", "\(name): read \(Int(age)) s ago")
        }
    }

    /// Mail that waits for long: whether the relay takes nothing at all, or only this one is put off.
    private static func outbox(_ settings: Settings, in pool: PostgresPool) async throws -> [Finding] {
        let status = try await OutboxStatus.now(in: pool, patience: .seconds(5))
        guard let age = status.oldestWaitingSeconds, age > 3600 else { return [] }
        let oldest = "the oldest mail has waited \(Int(age / 3600)) h to leave"
        guard settings.relay != nil else { return [.ok("outbox", "\(oldest); there is no relay, so it stays here")] }
        if let sent = status.lastSentSeconds, sent < age {
            return [
                .warning(
                    "outbox", "\(oldest), while the relay took another \(Int(sent / 60)) min ago",
                    "see what is said of it by `brevdue outbox list --state deferred`")
            ]
        }
        let last = status.lastAttempt.map { "the last attempt gave \($0)" } ?? "none was attempted"
        return [
            .problem(
                "outbox", "\(oldest), and none has left since; \(last)",
                "look at the relay, and at its words by `brevdue outbox list --state deferred`")
        ]
    }

    private static func state(in pool: PostgresPool) async throws -> [Finding] {
        let asked = Date()
        let rows = try await pool.query(
            """
            SELECT current_setting('server_version'), clock_timestamp(), (SELECT count(*) FROM brevdue.job_dead),
                (SELECT count(*) FROM brevdue.outbox WHERE state IN ('failed', 'held', 'uncertain')),
                (SELECT extract(epoch FROM clock_timestamp() - min(run_at)) FROM brevdue.job WHERE state = 'r')::float8
            """)
        guard let row = rows.first else { return [] }
        let (version, clock, dead, stuck, age) = try row.decode(
            String.self, Date.self, Int64.self, Int64.self, Double?.self)
        var findings = [Finding.ok(check, "PostgreSQL \(version), schema up to date")]
        let skew = clock.timeIntervalSince(asked)
        if abs(skew) > 5 {
            findings.append(
                .problem("clock", "\(Int(skew)) s from the database's", "synchronise the clocks of both machines"))
        }
        if dead > 0 {
            findings.append(
                .warning(
                    "jobs", "\(dead) could not be done",
                    "see why by `brevdue jobs dead`, then `brevdue jobs retry`"))
        }
        if let age, age > 60 {
            findings.append(
                .problem("jobs", "the oldest has waited \(Int(age)) s", "check that a daemon with the role worker runs")
            )
        }
        if stuck > 0 {
            findings.append(
                .warning(
                    "outbox", "\(stuck) mails failed, are held or uncertain",
                    "look at them with `brevdue outbox list`"))
        }
        return findings
    }
}
