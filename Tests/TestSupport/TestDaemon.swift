import Foundation
import Logging
package import Postgres
package import SMTPClient
package import Subprocess
import SystemPackage

/// The real daemon, started from its executable on a data directory of the test's.
package struct TestDaemon: Sendable {
    package let directory: String
    package let smtpPort: Int
    package let httpPort: Int
    private let extra: [String: String]
    private let user: String?
    private let roles: String?
    private let makesCluster: Bool

    /// Both ports are free ones unless given.
    ///
    /// `extra`: further settings, as environment variables. `user`: who runs it instead of whoever runs the tests, which
    /// takes root; it gets the directory, and a copy of the program there, for it may see no other. `roles`: what it does,
    /// all by default; `http` has to be among them. `isFirstStart`: it makes its cluster itself, else it finds one that was
    /// just made.
    package init(
        directory: String, smtpPort: Int? = nil, httpPort: Int? = nil, extra: [String: String] = [:],
        user: String? = nil, roles: String? = nil, isFirstStart: Bool = false
    ) throws {
        makesCluster = isFirstStart || user != nil || extra.keys.contains { $0.hasPrefix("BREVDUE_DATABASE") }
        self.directory = directory
        self.roles = roles
        self.smtpPort = try smtpPort ?? Repository.freePort()
        self.httpPort = try httpPort ?? Repository.freePort()
        self.user = user
        guard let user else {
            self.extra = extra
            return
        }
        for (source, name) in [(Repository.executable, "/brevdue"), (Repository.rules, "/rules")] {
            try FileManager.default.copyItem(atPath: source, toPath: directory + name)
        }
        try FileManager.default.setAttributes([.ownerAccountName: user], ofItemAtPath: directory)
        self.extra = extra.merging(["BREVDUE_RULES_DIRECTORY": directory + "/rules"]) { $1 }
    }

    /// How the program is started.
    private func invocation(_ words: [String]) -> (program: FilePath, arguments: Arguments) {
        guard let user else { return (FilePath(Repository.executable), Arguments(words)) }
        let change = ["--reuid=\(user)", "--regid=\(user)", "--clear-groups", "--inh-caps=-all"]
        return ("/usr/bin/setpriv", Arguments(change + ["--", directory + "/brevdue"] + words))
    }

    package var data: String { directory + "/data" }
    package var log: String { directory + "/log" }

    private var environment: [String: String] {
        [
            "BREVDUE_DATA_DIRECTORY": data, "BREVDUE_SMTP_LISTEN": "127.0.0.1:\(smtpPort)",
            "BREVDUE_SMTP_RECIPIENTS": "leads@fjordtek.example", "BREVDUE_SMTP_OWN_NETWORKS": "127.0.0.0/8",
            "BREVDUE_SMTP_HOSTNAME": "brevdue.example", "BREVDUE_DNS_SERVERS": "127.0.0.1:9",
            "BREVDUE_HTTP_LISTEN": "127.0.0.1:\(httpPort)",
            "BREVDUE_RULES_DIRECTORY": Repository.rules, "BREVDUE_LOG_FORMAT": "json",
        ].merging(extra) { $1 }.filter { extra[$0.key + "_FILE"] == nil }
    }

    /// A daemon that runs.
    package struct Running: Sendable {
        package let daemon: TestDaemon
        package let pid: Int32

        package func signal(_ number: Int32) { kill(pid, number) }

        /// Whether it has not ended; until its end is asked for, a process that has is still listed.
        package var isAlive: Bool {
            let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat").map {
                String(decoding: $0, as: UTF8.self)
            }
            return status?.split(separator: ")").last?.split(separator: " ").first.map { $0 != "Z" && $0 != "X" }
                ?? false
        }
    }

    /// Runs the daemon around the body; ends it by SIGTERM when the body did not end it otherwise.
    @discardableResult
    package func run<Value: Sendable>(
        waitUntilReady: Bool = true, _ body: @Sendable (Running) async throws -> Value
    ) async throws -> (value: Value, status: TerminationStatus) {
        if !makesCluster { try await MadeCluster.shared.place(in: data) }
        let log = try FileDescriptor.open(
            FilePath(log), .writeOnly, options: [.create, .append], permissions: [.ownerReadWrite])
        let (program, arguments) = invocation(["serve"] + (roles.map { ["--roles", $0] } ?? []))
        let result = try await Subprocess.run(
            .path(program), arguments: arguments, environment: .inherit.updating(variables),
            workingDirectory: FilePath(directory), input: .none, output: .discarded,
            error: .fileDescriptor(log, closeAfterSpawningProcess: true)
        ) { execution in
            let running = Running(daemon: self, pid: execution.processIdentifier.value)
            do {
                if waitUntilReady { try await self.ready(running) }
                let value = try await body(running)
                running.signal(SIGTERM)
                return value
            } catch {
                running.signal(SIGTERM)
                throw error
            }
        }
        return (result.closureResult, result.terminationStatus)
    }

    private var variables: [Environment.Key: String?] {
        Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
    }

    private func ready(_ running: Running) async throws {
        let isReady = try await eventually("the daemon is ready", within: .seconds(30)) { () -> Bool? in
            guard running.isAlive else { return false }
            return try await get("/readyz").contains("\"ready\":true") ? true : nil
        }
        if !isReady { throw TestFailure("the daemon ended: \(logTail)") }
    }

    /// All that it wrote.
    package var logText: String {
        FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    package var logTail: String {
        let text = FileManager.default.contents(atPath: log).map { String(decoding: $0.suffix(1500), as: UTF8.self) }
        return text ?? ""
    }

    /// Runs a command with the daemon's configuration; gives back its output, without its last line end.
    package func command(_ words: String..., input: String = "") async throws -> String {
        try await command(words, input: input)
    }

    /// The same with the words as a list.
    package func command(_ words: [String], input: String = "") async throws -> String {
        let (status, output, complaint) = try await outcome(of: words, input: input)
        guard status.isSuccess else { throw TestFailure("\(words): \(status): \(complaint)") }
        return output
    }

    /// What becomes of a command, whatever its exit status.
    package func outcome(
        of words: [String], input: String = ""
    ) async throws -> (status: TerminationStatus, output: String, complaint: String) {
        let (program, arguments) = invocation(words)
        let result = try await Subprocess.run(
            .path(program), arguments: arguments, environment: .inherit.updating(variables),
            workingDirectory: FilePath(directory), input: .string(input), output: .string(limit: 4 << 20),
            error: .string(limit: 1 << 20))
        return (
            result.terminationStatus, result.standardOutput.trimmingCharacters(in: .newlines), result.standardError
        )
    }

    // MARK: Its doors

    package func client() throws -> SMTPClient {
        try SMTPClient(
            relay: SMTPRelay(url: "smtp://127.0.0.1:\(smtpPort)", tls: .none, heloName: "laptop.fjordtek.example"))
    }

    /// Sends as a salesperson's mail program would.
    package func send(
        _ octets: [UInt8], from: String = "jh@fjordtek.example", to: String = "leads@fjordtek.example",
        by client: SMTPClient? = nil
    ) async throws -> SMTPOutcome {
        let mail = try SMTPTransaction(envelopeFrom: from, recipient: to, octets: octets)
        return try await (client ?? self.client()).send(mail) {}
    }

    package func get(_ path: String, token: String? = nil) async throws -> String {
        guard let url = URL(string: "http://127.0.0.1:\(httpPort)\(path)") else {
            throw TestFailure("bad path \(path)")
        }
        return try await HTTP.get(url, token: token)
    }

    /// The daemon's database, reached as it is by the daemon.
    package func pool() -> PostgresPool {
        var configuration = PostgresConfiguration(
            url: extra["BREVDUE_DATABASE_URL"] ?? "host='\(data)/socket' port=5432 dbname=postgres user=brevdue")
        configuration.connections = 2
        return PostgresPool(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}
