import Foundation
import Subprocess
import SystemPackage

/// A PostgreSQL of the distribution as a provider runs it: over TCP with TLS and passwords only, and without pgvector.
package struct ExternalServer: Sendable {
    package static let binaries = "/usr/lib/postgresql/15/bin"
    package static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: binaries + "/postgres")
            && FileManager.default.isExecutableFile(atPath: binaries + "/initdb")
    }
    package static let password = "en-hemmelig-adgang"

    package let port: Int

    /// How to reach a database of it as its superuser; `options` as in `sslmode=verify-full`.
    package func url(host: String, database: String = "postgres", password: String = password, _ options: String)
        -> String
    {
        "postgresql://brevdue:\(password)@\(host):\(port)/\(database)?\(options)"
    }

    /// Makes a cluster in the folder and runs its server, which shows the given certificate, around the body.
    package static func with<Value: Sendable>(
        folder: String, certificate: (certificate: String, key: String),
        _ body: @Sendable (ExternalServer) async throws -> Value
    ) async throws -> Value {
        let data = folder + "/postgres"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let secret = folder + "/password"
        try (password + "\n").write(toFile: secret, atomically: true, encoding: .utf8)
        for (file, name) in [(certificate.certificate, "/server.crt"), (certificate.key, "/server.key")] {
            try FileManager.default.copyItem(atPath: file, toPath: folder + name)
            try own(folder + name, mode: 0o600)
        }
        try own(data, mode: 0o700)
        try own(secret, mode: 0o600)
        try await initialise(data, password: secret)
        try "hostssl all all 127.0.0.1/32 scram-sha-256\n"
            .write(toFile: data + "/pg_hba.conf", atomically: false, encoding: .utf8)
        let server = ExternalServer(port: try Repository.freePort())
        return try await server.run(data, folder: folder, body)
    }

    private func run<Value: Sendable>(
        _ data: String, folder: String, _ body: @Sendable (ExternalServer) async throws -> Value
    ) async throws -> Value {
        let settings = [
            "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=", "fsync=off", "ssl=on",
            "ssl_cert_file=\(folder)/server.crt", "ssl_key_file=\(folder)/server.key",
        ]
        let command = Self.command("postgres", ["-D", data] + settings.flatMap { ["-c", $0] })
        return try await Subprocess.run(
            .path(command.path), arguments: command.arguments, environment: Self.environment, workingDirectory: "/",
            input: .none, output: .discarded, error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            defer { kill(pid, SIGQUIT) }
            // It listens before it lets anybody in; its own word for that stands in this file.
            try await until("the server lets clients in") {
                (try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8))?.contains("\nready") == true
            }
            return try await body(self)
        }.closureResult
    }

    private static func initialise(_ data: String, password: String) async throws {
        let command = command(
            "initdb",
            ["-D", data, "-U", "brevdue", "--pwfile=\(password)", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"]
                + ["--locale=C.UTF-8"])
        let result = try await Subprocess.run(
            .path(command.path), arguments: command.arguments, environment: environment, workingDirectory: "/",
            output: .discarded, error: .string(limit: 65_536))
        guard result.terminationStatus.isSuccess else { throw TestFailure("initdb: \(result.standardError)") }
    }

    /// The server refuses root; so does `initdb`.
    private static func command(_ program: String, _ arguments: [String]) -> (path: FilePath, arguments: Arguments) {
        let path = "\(binaries)/\(program)"
        guard geteuid() == 0 else { return (FilePath(path), Arguments(arguments)) }
        let change = ["--reuid=brevdue", "--regid=brevdue", "--clear-groups", "--", path]
        return ("/usr/bin/setpriv", Arguments(change + arguments))
    }

    private static var environment: Environment { .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]) }

    private static func own(_ path: String, mode: mode_t) throws {
        guard chmod(path, mode) == 0 else { throw TestFailure("\(path) cannot be changed") }
        guard geteuid() == 0 else { return }
        guard let user = getpwnam("brevdue"), chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
            throw TestFailure("there is no user brevdue: run `make setup`")
        }
    }
}
