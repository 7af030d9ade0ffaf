import Foundation
import Postgres
import Subprocess
import TestSupport
import Testing

extension DoctorTests {
    /// What `brevdue doctor` says where one thing is wrong that only happens on the machine or at the other side.
    @Suite("Faults that the doctor sees", .serialized)
    struct FaultTests {
        private static func withFolder(_ name: String, _ body: (String) async throws -> Void) async throws {
            let folder = try Repository.temporaryFolder(name)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await body(folder)
        }

        /// The findings of one check, and that each problem comes with what to do and the exit status for it.
        private static func findings(_ check: String, _ daemon: TestDaemon) async throws -> [Finding] {
            let (status, all) = try await DoctorTests.examine(daemon)
            let problems = all.filter { $0.status == "problem" }
            #expect(status == .exited(problems.isEmpty ? 0 : 1))
            #expect(all.allSatisfy { $0.status == "ok" || $0.remedy?.isEmpty == false }, "\(all)")
            return all.filter { $0.check == check }
        }

        /// A database of its own in the cluster of the tests, already brought up to date.
        private static func database(_ daemon: (String) throws -> TestDaemon) async throws -> String {
            let name = TestCluster.freshSchema()
            let cluster = try await TestCluster.shared.conninfo()
            let owner = PostgresPool(PostgresConfiguration(url: cluster), logger: TestCluster.logger)
            defer { owner.close() }
            _ = try await owner.query("CREATE DATABASE \(unsafe: name)")
            let url = cluster.replacing("dbname=postgres", with: "dbname=\(name)")
            _ = try await daemon(url).command("migrate")
            return url
        }

        @Test("a relay that refuses the log-in is a problem, one that takes it is not", .timeLimit(.minutes(2)))
        func relayLogIn() async throws {
            try await Self.withFolder("doctor-relay") { folder in
                // The relay is a daemon of its own, whose people may log in.
                let own = try await TLSAuthority(folder: folder + "/tls").issue(for: "relay.example")
                let relay = try TestDaemon(
                    directory: folder,
                    extra: ["BREVDUE_SMTP_TLS_CERTIFICATE": own.certificate, "BREVDUE_SMTP_TLS_KEY": own.key])
                try await relay.run { _ in
                    let user = "jh@fjordtek.example"
                    _ = try await relay.command("user", "add", "--email", user, "--name", "Jonas", "--role", "sales")
                    let password = try await relay.command(
                        "user", "app-password", "add", "--email", user, "--label", "x")
                    for (word, status) in [("wrong", "problem"), (password, "ok")] {
                        let asking = try TestDaemon(
                            directory: folder,
                            extra: [
                                "BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(relay.smtpPort)", "BREVDUE_RELAY_USER": user,
                                "BREVDUE_RELAY_PASSWORD": word, "BREVDUE_RELAY_TLS": "opportunistic",
                            ])
                        let found = try await Self.findings("relay", asking)
                        #expect(found.map(\.status) == [status], "\(found)")
                        #expect(!found.map(\.text).joined().contains(word))
                        if status == "problem" { #expect(found[0].remedy?.contains("relay.password") == true) }
                    }
                }
            }
        }

        @Test("a database that is away is a problem beside the others", .timeLimit(.minutes(2)))
        func databaseAway() async throws {
            try await Self.withFolder("doctor-database") { folder in
                let port = try Repository.freePort()
                let daemon = try TestDaemon(
                    directory: folder,
                    extra: ["BREVDUE_DATABASE_URL": "host=127.0.0.1 port=\(port) dbname=brevdue user=brevdue"])
                let found = try await Self.findings("database", daemon)
                #expect(found.map(\.status) == ["problem"] && found[0].remedy?.contains("database.url") == true)
                #expect(try await Self.findings("rules", daemon).map(\.status) == ["ok"])
            }
        }

        @Test("rules with a fault are a problem with its place", .timeLimit(.minutes(2)))
        func rules() async throws {
            try await Self.withFolder("doctor-rules") { folder in
                try FileManager.default.copyItem(atPath: Repository.rules, toPath: folder + "/rules")
                let file = folder + "/rules/pricing.yaml"
                let text = try String(contentsOfFile: file, encoding: .utf8) + "\nnonsense: [\n"
                try text.write(toFile: file, atomically: true, encoding: .utf8)
                let daemon = try TestDaemon(
                    directory: folder, extra: ["BREVDUE_RULES_DIRECTORY": folder + "/rules"])
                let found = try await Self.findings("rules", daemon)
                #expect(
                    !found.isEmpty && found.allSatisfy { $0.status == "problem" && $0.text.contains("pricing.yaml:") })
            }
        }

        @Test("a mailbox that nobody reads is a problem", .timeLimit(.minutes(2)))
        func mailbox() async throws {
            try await Self.withFolder("doctor-mailbox") { folder in
                try """
                mailboxes:
                  - {name: salg, url: "imaps://127.0.0.1:9", user: salg, password: hemmelig}
                """.write(toFile: folder + "/brevdue.yaml", atomically: true, encoding: .utf8)
                let found = try await Self.findings("mailbox", try TestDaemon(directory: folder))
                #expect(found.map(\.status) == ["problem"], "\(found)")
                #expect(found.first?.text.contains("salg") == true && found.first?.text.contains("hemmelig") == false)
            }
        }

        @Test(
            "a certificate that is over is a problem, one that soon is a warning or a problem", .timeLimit(.minutes(2)))
        func certificates() async throws {
            try await Self.withFolder("doctor-certificate") { folder in
                let authority = try await TLSAuthority(folder: folder + "/tls")
                let over = try await authority.issueExpired(for: "brevdue.example")
                let soon = try await authority.issue(for: "brevdue2.example", days: 14)
                for (files, status, word) in [(over, "problem", "ended"), (soon, "warning", "in 13 days")] {
                    let daemon = try TestDaemon(
                        directory: folder,
                        extra: [
                            "BREVDUE_SMTP_TLS_CERTIFICATE": files.certificate, "BREVDUE_SMTP_TLS_KEY": files.key,
                        ])
                    let found = try await Self.findings("certificate", daemon)
                    #expect(found.first?.status == status && found.first?.text.contains(word) == true, "\(found)")
                }
            }
        }

        @Test("what the start would refuse is a problem: a company number, an authority", .timeLimit(.minutes(2)))
        func refused() async throws {
            try await Self.withFolder("doctor-refused") { folder in
                let own = try await TLSAuthority(folder: folder + "/tls").issue(for: "brevdue.example")
                let daemon = try TestDaemon(
                    directory: folder,
                    extra: [
                        "BREVDUE_IDENTITY_CVR": "123", "BREVDUE_SMTP_TLS_CERTIFICATE": own.certificate,
                        "BREVDUE_SMTP_TLS_KEY": own.key, "BREVDUE_SMTP_VOUCHING_CA": "none.pem",
                    ])
                for (check, word) in [("identity", "\"123\""), ("certificate", "none.pem")] {
                    let found = try await Self.findings(check, daemon)
                    #expect(found.map(\.status) == ["problem"] && found[0].text.contains(word), "\(found)")
                }
            }
        }

        @Test(
            "a disk with little room is a problem", .timeLimit(.minutes(2)),
            .enabled(if: SmallDisk.isPermitted, "needs the right to mount"))
        func disk() async throws {
            try await Self.withFolder("doctor-disk") { folder in
                let url = try await Self.database {
                    try TestDaemon(directory: folder, extra: ["BREVDUE_DATABASE_URL": $0])
                }
                let daemon = try TestDaemon(directory: folder, extra: ["BREVDUE_DATABASE_URL": url])
                try await SmallDisk.with(mebibytes: 16, at: daemon.data) { _ in
                    let found = try await Self.findings("disk", daemon)
                    #expect(found.map(\.status) == ["problem"] && found[0].remedy?.contains("make room") == true)
                }
            }
        }

        @Test("a clock that is not the database's is a problem", .timeLimit(.minutes(2)))
        func clock() async throws {
            try await Self.withFolder("doctor-clock") { folder in
                let url = try await Self.database {
                    try TestDaemon(directory: folder, extra: ["BREVDUE_DATABASE_URL": $0])
                }
                let pool = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
                defer { pool.close() }
                // A server that is two hours ahead, for whoever asks by the bare name.
                _ = try await pool.pipeline([
                    "CREATE SCHEMA ahead",
                    """
                    CREATE FUNCTION ahead.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
                    $$ SELECT pg_catalog.clock_timestamp() + interval '2 hours' $$
                    """,
                ])
                let daemon = try TestDaemon(
                    directory: folder,
                    extra: ["BREVDUE_DATABASE_URL": url + " options='-c search_path=ahead,pg_catalog'"])
                let found = try await Self.findings("clock", daemon)
                #expect(
                    found.contains { $0.status == "problem" && $0.text.contains("s from the database's") }, "\(found)")
            }
        }

        /// A mail that was put in hours ago, and an attempt to send it minutes ago, which the relay let begin or not.
        private static func mail(
            _ number: Int, _ state: String, hours: Int, reply: String, began: Bool = false
        ) -> SQL {
            """
            WITH mail AS (
                INSERT INTO brevdue.outbox (effect_key, kind, state, envelope_from, recipient, subject, message_id,
                    message_key, octets, created_at, expires_at)
                SELECT sha256(\("\(number)")::bytea), 'guidance', \(state), '', 'jh@fjordtek.example', 'x', \("<\(number)@x>"), 'x',
                    'x', now() - make_interval(hours => \(Int32(hours))), now() + interval '1 day' RETURNING id
            )
            INSERT INTO brevdue.outbox_attempt (outbox_id, lease_token, began_at, ended_at, outcome, reply)
            SELECT id, CASE WHEN \(began) THEN 1 END, t, t, \(state), \(reply)
            FROM mail, (SELECT now() - interval '5 minutes') AS minutes (t)
            """
        }

        @Test(
            "mail that waits for hours is a problem where nothing leaves, a warning where other mail does, and none without a relay",
            .timeLimit(.minutes(2)))
        func waiting() async throws {
            try await Self.withFolder("doctor-waiting") { folder in
                let url = try await Self.database {
                    try TestDaemon(directory: folder, extra: ["BREVDUE_DATABASE_URL": $0])
                }
                let pool = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
                defer { pool.close() }
                let relay = ["BREVDUE_RELAY_URL": "smtp://127.0.0.1:\(try Repository.freePort())"]
                let daemon = try TestDaemon(
                    directory: folder, extra: ["BREVDUE_DATABASE_URL": url].merging(relay) { $1 })
                _ = try await pool.query(Self.mail(1, "deferred", hours: 5, reply: "450 4.2.0 Later"))
                // A report that came in shows what the relay took some time, not that it takes anything now.
                _ = try await pool.query(Self.mail(2, "sent", hours: 9, reply: "taken, as its report shows"))
                let stuck = try await Self.findings("outbox", daemon)
                #expect(stuck.map(\.status) == ["problem"] && stuck[0].text.contains("waited 5 h"), "\(stuck)")
                _ = try await pool.query(Self.mail(3, "sent", hours: 1, reply: "250 2.0.0 Ok", began: true))
                let slow = try await Self.findings("outbox", daemon)
                #expect(slow.map(\.status) == ["warning"] && slow[0].text.contains("waited 5 h"), "\(slow)")
                let without = try await Self.findings(
                    "outbox", TestDaemon(directory: folder, extra: ["BREVDUE_DATABASE_URL": url]))
                #expect(without.map(\.status) == ["ok"] && without[0].text.contains("no relay"), "\(without)")
            }
        }
    }
}
