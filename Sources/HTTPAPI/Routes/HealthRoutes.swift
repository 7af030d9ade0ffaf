import Hummingbird
import NIOCore
package import Postgres
package import Records
package import SMTPServer
import WireFormat
package import Workflow

/// What tells whether the daemon is well.
package struct Health: Sendable {
    /// How long the database may take to tell how it is; whoever asks gives up after a few seconds.
    private static let patience = Duration.milliseconds(1500)

    private let pool: PostgresPool
    private let smtp: SMTPServer?
    private let rules: RuleShelf
    private let hasRelay: Bool
    private let mailboxes: [MailboxKey]
    private let doors: [Arrival.Door]
    private let journal: Journal

    package init(
        pool: PostgresPool, journal: Journal, smtp: SMTPServer?, rules: RuleShelf, hasRelay: Bool,
        mailboxes: [MailboxKey] = []
    ) {
        self.pool = pool
        self.smtp = smtp
        self.rules = rules
        self.hasRelay = hasRelay
        self.mailboxes = mailboxes
        self.journal = journal
        doors = smtp == nil ? [.chat] : [.smtp, .chat]
    }

    struct Report: Encodable {
        var ready: Bool
        var database: String
        var journal: String
        var relay: String
        /// `ok`, or the first fault of the rules in the folder; mail is then answered by those before.
        var rules: String
        @ExplicitNull var oldestJobSeconds: Double?
        /// How mail leaves; a relay that takes none does not make the daemon unready.
        @ExplicitNull var outbox: OutboxStatus?
        /// How long ago each door of this process let something in.
        var doors: [DoorReport]
        /// How each mailbox fares; one that cannot be read does not make the daemon unready.
        var mailboxes: [MailboxStatus]
    }

    struct DoorReport: Encodable {
        var door: Arrival.Door
        @ExplicitNull var lastSuccessSeconds: Double?
    }

    private var doorReports: [DoorReport] {
        doors.map { door in
            let age = journal.lastSuccess(of: door).map { $0 / .seconds(1) }
            return DoorReport(door: door, lastSuccessSeconds: age)
        }
    }

    /// Whether mail can be taken and answered now.
    func report() async -> Report {
        do {
            let rows = try await pool.query(
                """
                SELECT to_regclass('brevdue.arrival_' || to_char(now(), 'YYYY_MM')) IS NOT NULL,
                    extract(epoch FROM clock_timestamp() - (SELECT min(created_at) FROM brevdue.job WHERE state = 'r'))::float8
                """, slot: .reserved, patience: Self.patience)
            let outbox = try await OutboxStatus.now(in: pool, patience: Self.patience)
            let states = try await MailboxStatus.all(mailboxes, in: pool, patience: Self.patience)
            let (hasPartition, age) = try rows.first.map { try $0.decode(Bool.self, Double?.self) } ?? (false, nil)
            return Report(
                ready: hasPartition, database: "ok", journal: hasPartition ? "ok" : "no partition for this month",
                relay: hasRelay ? "configured" : "none: mail stays in the outbox", rules: stateOfRules,
                oldestJobSeconds: age, outbox: outbox, doors: doorReports, mailboxes: states)
        } catch {
            return Report(
                ready: false, database: "away", journal: "away", relay: "unknown", rules: stateOfRules,
                oldestJobSeconds: nil, outbox: nil, doors: doorReports, mailboxes: [])
        }
    }

    private var stateOfRules: String { rules.fault ?? "ok" }

    /// Figures in the text format of Prometheus; counts of rows are the statistics' estimates, never counted.
    func metrics() async -> String {
        var text = Metric.line("brevdue_up", "gauge", "1 while the process lives", 1)
        if let smtp {
            text += Metric.head(
                "brevdue_smtp_messages_total", "counter", "messages answered at the end of data, by reply code")
            for (code, count) in smtp.counters.messages.sorted(by: { $0.key < $1.key }) {
                text += "brevdue_smtp_messages_total{code=\"\(code)\"} \(count)\n"
            }
            text += Metric.line("brevdue_smtp_connections", "gauge", "open SMTP sessions", Double(smtp.connectionCount))
        }
        let report = await report()
        text += Metric.line("brevdue_ready", "gauge", "1 when mail can be taken", report.ready ? 1 : 0)
        text += Metric.line(
            "brevdue_rules_sound", "gauge", "1 when the rules in the folder are those in use",
            rules.fault == nil ? 1 : 0)
        text += Metric.line(
            "brevdue_job_oldest_seconds", "gauge", "age of the oldest job that is ready", report.oldestJobSeconds ?? 0)
        text += Metric.line(
            "brevdue_outbox_oldest_seconds", "gauge", "age of the oldest mail that waits to leave",
            report.outbox?.oldestWaitingSeconds ?? 0)
        text += Self.figures(of: report.doors) + Self.figures(of: report.mailboxes)
        let dead = try? await pool.query(
            "SELECT count(*) FROM (SELECT FROM brevdue.job_dead LIMIT 10000) AS dead", slot: .reserved,
            patience: Self.patience
        ).first?.decode(Int64.self)
        if let dead {
            text += Metric.line(
                "brevdue_jobs_dead", "gauge", "jobs set aside with their reason, to 10000", Double(dead))
        }
        text += await waitingMail() + waitingAttachments()
        let rows = try? await pool.query(
            """
            SELECT relname::text, greatest(reltuples, 0)::float8 FROM pg_class
            WHERE oid = ANY(ARRAY['brevdue.job', 'brevdue.message', 'brevdue.outbox']::regclass[])
            ORDER BY relname
            """, slot: .reserved, patience: Self.patience)
        text += Metric.head("brevdue_rows", "gauge", "rows of a table, estimated")
        for row in rows ?? [] {
            if let (name, count) = try? row.decode(String.self, Double.self) {
                text += "brevdue_rows{table=\"\(name)\"} \(Int(count))\n"
            }
        }
        return text
    }
}

extension Health {
    /// Outgoing mail that is not settled, by state; counted to a bound.
    private func waitingMail() async -> String {
        let rows = try? await pool.query(
            """
            SELECT s.state, count(o.state) FROM unnest(ARRAY['queued', 'sending', 'deferred', 'uncertain', 'held']) AS s (state)
            LEFT JOIN (SELECT state FROM brevdue.outbox
                WHERE state IN ('queued', 'sending', 'deferred', 'uncertain', 'held') LIMIT 10000) AS o USING (state)
            GROUP BY s.state ORDER BY s.state
            """, slot: .reserved, patience: Self.patience)
        let text = Metric.head("brevdue_outbox_mails", "gauge", "outgoing mails that are not settled, to 10000 in all")
        return (rows ?? []).reduce(into: text) { text, row in
            if let (state, count) = try? row.decode(String.self, Int64.self) {
                text += "brevdue_outbox_mails{state=\"\(state)\"} \(count)\n"
            }
        }
    }

    /// Mail of which attachments are still to be read, counted to a bound.
    private func waitingAttachments() async -> String {
        let rows = try? await pool.query(
            """
            SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8
            FROM (SELECT created_at FROM brevdue.job WHERE queue IN ('extract', 'extract_large') LIMIT 10000) AS waiting
            """, slot: .reserved, patience: Self.patience)
        guard let (count, age) = try? rows?.first?.decode(Int64.self, Double.self) else { return "" }
        return Metric.line(
            "brevdue_attachments_waiting", "gauge", "mails whose attachments are still to be read, to 10000",
            Double(count))
            + Metric.line("brevdue_attachments_oldest_seconds", "gauge", "age of the oldest of them", age)
    }

    private static func figures(of doors: [DoorReport]) -> String {
        let head = Metric.head(
            "brevdue_door_success_age_seconds", "gauge", "since the door let something in, of this process")
        return doors.reduce(head) { text, report in
            guard let age = report.lastSuccessSeconds else { return text }
            return text + "brevdue_door_success_age_seconds{door=\(Metric.quoted(report.door.rawValue))} \(age)\n"
        }
    }

    /// What a watcher needs of each mailbox: one that has gone silent is worse than one that is down.
    private static func figures(of mailboxes: [MailboxStatus]) -> String {
        guard !mailboxes.isEmpty else { return "" }
        func family(_ name: String, _ help: String, _ value: (MailboxStatus) -> Double?) -> String {
            mailboxes.reduce(Metric.head(name, "gauge", help)) { text, mailbox in
                guard let value = value(mailbox) else { return text }
                let labels = "account=\(Metric.quoted(mailbox.account)),folder=\(Metric.quoted(mailbox.folder))"
                return text + "\(name){\(labels)} \(value)\n"
            }
        }
        return family("brevdue_mailbox_success_age_seconds", "since the mailbox was last read to its end") {
            $0.lastSuccessSeconds
        } + family("brevdue_mailbox_failures", "failed sessions since the last success") { Double($0.failures) }
            + family("brevdue_mailbox_set_aside", "mails that were set aside, to 1000") { Double($0.setAside) }
    }
}

/// The text format of Prometheus.
private enum Metric {
    static func head(_ name: String, _ type: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// The value of a label.
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }

    static func line(_ name: String, _ type: String, _ help: String, _ value: Double) -> String {
        head(name, type, help) + "\(name) \(value == value.rounded() ? String(Int(value)) : String(value))\n"
    }
}

/// Routes without a log-in, for whoever watches the daemon.
struct HealthRoutes {
    let health: Health

    func add(to router: Router<Session>) {
        router.read("healthz") { _, _ in Self.text("ok\n") }
        router.read("readyz") { _, _ in
            let report = await health.report()
            var response = try Response.json(report)
            response.status = report.ready ? .ok : .serviceUnavailable
            return response
        }
        router.read("metrics") { _, _ in Self.text(await health.metrics()) }
    }

    private static func text(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
