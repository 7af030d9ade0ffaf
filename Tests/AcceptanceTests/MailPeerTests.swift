import Foundation
import Postgres
import SMTPClient
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Other people's mail programs and servers against the daemon, over TLS.
@Suite("Real peers over TLS", .serialized)
struct MailPeerTests {
    private struct Place: Sendable {
        let folder: String
        let authority: TLSAuthority
        let daemon: TestDaemon
        let submission: Int
        let submissions: Int
    }

    private static func place(
        _ name: String, extra: [String: String] = [:], _ body: @Sendable (Place) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let authority = try await TLSAuthority(folder: folder + "/tls")
        // By name of the host: gsasl knows the address alone, the others go by the name of the server.
        let own = try await authority.issue(for: "brevdue.example")
        let local = try await authority.issue(for: "localhost")
        let ports = (try Repository.freePort(), try Repository.freePort())
        let settings = [
            "BREVDUE_RELAY_CA_FILE": authority.certificate, "BREVDUE_SMTP_OWN_NETWORKS": "",
            "BREVDUE_SMTP_TLS_CERTIFICATE": own.certificate + "," + local.certificate,
            "BREVDUE_SMTP_TLS_KEY": own.key + "," + local.key, "BREVDUE_SMTP_SUBMISSION_LISTEN": "127.0.0.1:\(ports.0)",
            "BREVDUE_SMTP_SUBMISSIONS_LISTEN": "127.0.0.1:\(ports.1)",
        ]
        let daemon = try TestDaemon(directory: folder, extra: settings.merging(extra) { $1 })
        try await body(
            Place(folder: folder, authority: authority, daemon: daemon, submission: ports.0, submissions: ports.1))
    }

    private static func run(_ program: FilePath, _ words: [String], input: String = "") async throws -> (
        isSuccess: Bool, output: String
    ) {
        let result = try await Subprocess.run(
            .path(program), arguments: Arguments(words), input: .string(input), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        return (result.terminationStatus.isSuccess, result.standardOutput + result.standardError)
    }

    @Test(
        "swaks logs in by PLAIN and LOGIN, by STARTTLS and from the first octet; a wrong password is refused",
        .timeLimit(.minutes(2)))
    func swaks() async throws {
        try await Self.place("swaks") { place in
            try await place.daemon.run { _ in
                _ = try await place.daemon.command(
                    "user", "add", "--email", "jh@fjordtek.example", "--name", "Jonas", "--role", "sales")
                let password = try await place.daemon.command(
                    "user", "app-password", "add", "--email", "jh@fjordtek.example", "--label", "swaks")
                let logins = [
                    ("PLAIN", place.submission, "--tls", password, true),
                    ("LOGIN", place.submission, "--tls", password, true),
                    ("PLAIN", place.submissions, "--tls-on-connect", password, true),
                    ("LOGIN", place.daemon.smtpPort, "--tls", password, true),
                    ("PLAIN", place.submission, "--tls", "wrong", false),
                ]
                for (mechanism, port, tls, password, isRight) in logins {
                    let (isSuccess, output) = try await Self.run(
                        "/usr/bin/swaks",
                        [
                            "--server", "127.0.0.1:\(port)", tls, "--auth", mechanism, "--auth-user",
                            "jh@fjordtek.example", "--auth-password", password, "--from", "jh@fjordtek.example", "--to",
                            "leads@fjordtek.example", "--helo", "laptop.fjordtek.example", "--header",
                            "Message-Id: <\(UUID().uuidString)@fjordtek.example>",
                        ])
                    #expect(isSuccess == isRight, "\(mechanism) \(tls): \(output)")
                    #expect(output.contains(isRight ? "250 2.0.0" : "535 5.7.8"))
                }
                let pool = place.daemon.pool()
                defer { pool.close() }
                let rows = try await pool.query(
                    "SELECT count(*) FROM brevdue.arrival WHERE trusted AND trace LIKE '%with ESMTPSA%'")
                #expect(try rows[0].decode(Int64.self) == 4)
            }
        }
    }

    @Test(
        "a lead's mail that is redirected after a log-in brings its summary to whoever did so, and none without",
        .timeLimit(.minutes(2)))
    func redirected() async throws {
        try await Self.place("redirected") { place in
            try await place.daemon.run { _ in
                _ = try await place.daemon.command(
                    "user", "add", "--email", "jh@fjordtek.example", "--name", "Jonas", "--role", "sales")
                let password = try await place.daemon.command(
                    "user", "app-password", "add", "--email", "jh@fjordtek.example", "--label", "swaks")
                let login = ["--auth", "PLAIN", "--auth-user", "jh@fjordtek.example", "--auth-password", password]
                let pool = place.daemon.pool()
                defer { pool.close() }
                // swaks puts the line ends in itself.
                let file = place.folder + "/redirected.eml"
                try String(contentsOfFile: Repository.fixtures + "/redirected-da.eml", encoding: .utf8)
                    .replacing("\r\n", with: "\n").write(toFile: file, atomically: true, encoding: .utf8)
                for (port, login) in [(place.daemon.smtpPort, []), (place.submission, login)] {
                    let words = [
                        "--server", "127.0.0.1:\(port)", "--tls", "--from", "jh@fjordtek.example", "--to",
                        "leads@fjordtek.example", "--helo", "laptop.fjordtek.example", "--data", "@" + file,
                    ]
                    let (isSuccess, output) = try await Self.run("/usr/bin/swaks", words + login)
                    #expect(isSuccess, "\(output)")
                }
                try await until("the summary is made and all is done with both") {
                    try await pool.query(
                        "SELECT FROM brevdue.message WHERE state = 'done' AND cvr = '90097369'"
                    ).count == 2
                }
                let rows = try await pool.query("SELECT kind, recipient, cause_message_id FROM brevdue.outbox")
                let mails = try rows.map { try $0.decode(String.self, String.self, Int64.self) }
                #expect(mails.count == 1)
                #expect(mails.allSatisfy { $0 == ("sales_summary", "jh@fjordtek.example", 2) }, "\(mails)")
            }
        }
    }

    @Test("a renewed certificate is taken up on SIGHUP, and a broken one changes nothing", .timeLimit(.minutes(2)))
    func renewedCertificate() async throws {
        try await Self.place("renewed") { place in
            try await place.daemon.run { running in
                let first = try await Self.certificate(at: place.daemon.smtpPort)
                let files = try await place.authority.issue(for: "brevdue.example")
                running.signal(SIGHUP)
                let second = try await eventually("the new one is shown") {
                    let shown = try await Self.certificate(at: place.daemon.smtpPort)
                    return shown == first ? nil : shown
                }
                try "broken".write(toFile: files.certificate, atomically: true, encoding: .utf8)
                running.signal(SIGHUP)
                try await until("the fault is told") {
                    place.daemon.logTail.contains("the old ones stay")
                }
                #expect(try await Self.certificate(at: place.daemon.smtpPort) == second)
            }
        }
    }

    /// What the server shows as its certificate.
    private static func certificate(at port: Int) async throws -> String {
        let words = [
            "s_client", "-starttls", "smtp", "-servername", "brevdue.example", "-connect", "127.0.0.1:\(port)",
        ]
        let (_, output) = try await run("/usr/bin/openssl", words, input: "QUIT\r\n")
        let start = try #require(output.range(of: "-----BEGIN CERTIFICATE-----"), "\(output)")
        let end = try #require(output.range(of: "-----END CERTIFICATE-----"))
        return String(output[start.upperBound..<end.lowerBound])
    }

    @Test(
        "39, 40: while the database hangs a log-in is put off in time; in clear text nothing is looked at, nor written down",
        .timeLimit(.minutes(2)))
    func hangingLogIn() async throws {
        try await Self.place("hanging") { place in
            try await place.daemon.run { _ in
                _ = try await place.daemon.command(
                    "user", "add", "--email", "jh@fjordtek.example", "--name", "Jonas", "--role", "sales")
                let password = try await place.daemon.command(
                    "user", "app-password", "add", "--email", "jh@fjordtek.example", "--label", "swaks")
                let words = [
                    "--server", "127.0.0.1:\(place.submission)", "--tls", "--auth", "PLAIN", "--auth-user",
                    "jh@fjordtek.example", "--auth-password", password, "--quit-after", "AUTH", "--helo", "x.example",
                ]
                let begin = ContinuousClock.now
                let output = try await place.daemon.withFrozenDatabase {
                    try await Self.run("/usr/bin/swaks", words).output
                }
                #expect(output.contains("454 4.7.0"), "\(output)")
                #expect(ContinuousClock.now - begin < .seconds(10))
                try await until("log-ins are possible again") {
                    try await Self.run("/usr/bin/swaks", words).output.contains("235 2.7.0")
                }
                let wire = try Wire(port: place.daemon.smtpPort)
                let credentials = Data("\u{0}jh@fjordtek.example\u{0}\(password)".utf8).base64EncodedString()
                #expect(wire.open() && wire.command("AUTH PLAIN \(credentials)").hasPrefix("538 5.7.11"))
                let log = place.daemon.logText
                #expect(!log.contains(credentials) && !log.contains(password))
            }
        }
    }

    @Test("gsasl logs in by SCRAM-SHA-256 and checks that we know the password too", .timeLimit(.minutes(2)))
    func gsasl() async throws {
        try await Self.place("gsasl") { place in
            try await place.daemon.run { _ in
                _ = try await place.daemon.command(
                    "user", "add", "--email", "jh@fjordtek.example", "--name", "Jonas", "--role", "sales",
                    "--password-stdin", input: "korrekt hest batteri\n")
                for (password, isRight) in [("korrekt hest batteri", true), ("forkert hest", false)] {
                    let (isSuccess, output) = try await Self.run(
                        "/usr/bin/gsasl",
                        [
                            "--smtp", "--connect", "localhost:\(place.submission)", "--hostname", "brevdue.example",
                            "--starttls", "--x509-ca-file", place.authority.certificate, "--mechanism", "SCRAM-SHA-256",
                            "--no-cb", "--authorization-id", "",
                            "--authentication-id", "jh@fjordtek.example", "--password", password,
                        ], input: "QUIT\r\n")
                    #expect(isSuccess == isRight && output.contains("235") == isRight, "\(output)")
                }
            }
        }
    }

    @Test(
        "Postfix in front and as the relay, its certificate and ours verified: forward in, summary out",
        .enabled(if: geteuid() == 0, "Postfix is started by root"), .timeLimit(.minutes(2)))
    func postfix() async throws {
        let folder = try Repository.temporaryFolder("postfix-names")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let stranger = try SigningDomain("lund.example")
        try await NameServer.run(folder: folder, zones: ["lund.example": stranger.zone]) { server in
            try await postfix(dns: server.address, stranger: stranger)
        }
    }

    private func postfix(dns: String, stranger domain: SigningDomain) async throws {
        let port = try Repository.freePort()
        let extra = [
            "BREVDUE_RELAY_URL": "smtp://localhost:\(port)", "BREVDUE_RELAY_TLS": "required",
            "BREVDUE_DNS_SERVERS": dns,
            "BREVDUE_SMTP_OWN_NETWORKS": "127.0.0.0/8", "BREVDUE_SMTP_PUBLIC_RECIPIENTS": "leads@fjordtek.example",
        ]
        try await Self.place("postfix", extra: extra) { place in
            let sink = try SMTPSink(folder: place.folder + "/sink")
            let postfix = try await PostfixServer(
                folder: place.folder + "/postfix", authority: place.authority,
                routes: [
                    PostfixServer.Route(
                        "leads@fjordtek.example", port: place.daemon.smtpPort, certificateName: "brevdue.example"),
                    PostfixServer.Route("fjordtek.example", port: sink.port),
                    PostfixServer.Route("lund.example", port: sink.port),
                ], port: port)
            try await sink.run {
                try await postfix.run {
                    try await place.daemon.run { _ in
                        let mail = PlainMail.forward("f1", of: "900 fakturaer om måneden", by: "M <m@vestklit.example>")
                        let front = try SMTPClient(
                            relay: SMTPRelay(
                                url: "smtp://localhost:\(port)", tls: .required, caFile: place.authority.certificate,
                                heloName: "laptop.fjordtek.example"))
                        guard
                            case .accepted = try await place.daemon.send(mail.octets, by: front)
                        else { throw TestFailure("Postfix took nothing: \(postfix.log)") }
                        let summary = try await eventually("the summary reaches its reader") {
                            sink.mails.first { $0.contains("X-Brevdue-Id") }
                        }
                        #expect(summary.contains("In-Reply-To: <f1@fjordtek.example>"))
                        let pool = place.daemon.pool()
                        defer { pool.close() }
                        let trace = try await pool.query("SELECT trace FROM brevdue.arrival")[0].decode(String.self)
                        #expect(trace.contains("from mx.fjordtek.example") && trace.contains("with ESMTPS"))
                        #expect(postfix.log.contains("Verified TLS connection established to 127.0.0.1"))
                        // Postfix understands what is asked of it for a receipt, and hands it on.
                        var stranger = PlainMail("m1", text: "Hej, hvad koster det?")
                        stranger.from = "Bo Lund <bo@lund.example>"
                        _ = try await place.daemon.send(try domain.signed(stranger), from: "bo@lund.example")
                        let receipt = try await eventually("the receipt reaches its reader") {
                            sink.mails.first { $0.contains("\nSubject: Auto: Hej") }
                        }
                        #expect(receipt.contains(" NOTIFY=NEVER"), "\(receipt)")
                    }
                }
            }
        }
    }
}
