import Foundation
import Postgres
import PostgresCluster
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A folder of a test's own and the clusters in it.
struct ClusterFixture: Sendable {
    let folder: String

    /// Runs the body with a new folder; afterwards nothing is left of it.
    static func with(_ name: String, _ body: (ClusterFixture) async throws -> Void) async throws {
        let fixture = ClusterFixture(folder: try Repository.temporaryFolder(name))
        defer { try? FileManager.default.removeItem(atPath: fixture.folder) }
        try await body(fixture)
    }

    /// A cluster in the folder, or in the place below it.
    func cluster(
        _ version: TestCluster.Version = .v18, in place: String = "", user: String = "brevdue"
    ) async throws -> PostgresCluster {
        try await PostgresCluster(
            dataDirectory: folder + place, binaries: Binaries(folder: version.binaries), user: user,
            logger: TestCluster.logger)
    }

    /// Runs the body with a started cluster, and stops it whatever happens.
    func running(
        _ version: TestCluster.Version = .v18, in place: String = "", _ body: (PostgresCluster) async throws -> Void
    ) async throws {
        let cluster = try await cluster(version, in: place)
        do {
            try await cluster.start()
            try await body(cluster)
        } catch {
            await cluster.stop()
            throw error
        }
        await cluster.stop()
    }

    /// Whether a cluster starts and answers; it is stopped again.
    func works(in place: String = "") async throws -> Bool {
        var answer = ""
        try await running(in: place) { answer = try await $0.ask("SELECT 'yes'") }
        return answer == "yes"
    }

    func makeFolder(_ name: String, permissions: Int = 0o755) throws {
        try FileManager.default.createDirectory(
            atPath: folder + name, withIntermediateDirectories: true, attributes: [.posixPermissions: permissions])
    }

    /// The number in `postmaster.pid`.
    func pid() throws -> pid_t {
        let text = try String(contentsOfFile: folder + "/postgres/postmaster.pid", encoding: .utf8)
        return try #require(text.split(separator: "\n").first.flatMap { pid_t($0) })
    }

    /// Whether a process is there and not only waiting to be reaped.
    static func lives(_ pid: pid_t) -> Bool {
        FileManager.default.contents(atPath: "/proc/\(pid)/cmdline").map { !$0.isEmpty } ?? false
    }

    func log() throws -> String { try String(contentsOfFile: folder + "/postgres.log", encoding: .utf8) }
}

extension PostgresCluster {
    /// The first value of the first row.
    nonisolated func ask(_ statement: SQL) async throws -> String {
        try await run(statement)[0].decode(String.self)
    }

    @discardableResult
    nonisolated func run(_ statement: SQL) async throws -> [Row] {
        let pool = PostgresPool(PostgresConfiguration(url: conninfo), logger: TestCluster.logger)
        defer { pool.close() }
        return try await pool.query(statement)
    }
}

/// Runs a program and gives back its standard output.
@discardableResult
func run(_ program: String, _ words: [String]) async throws -> String {
    let result = try await Subprocess.run(
        .path(FilePath(program)), arguments: Arguments(words), output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20))
    guard result.terminationStatus.isSuccess else { throw TestFailure("\(program): \(result.standardError)") }
    return result.standardOutput
}

/// Runs the body beside a program, which is killed afterwards.
func beside<Value: Sendable>(
    _ program: String, _ words: [String], _ body: @escaping @Sendable (pid_t) async throws -> Value
) async throws -> Value {
    try await Subprocess.run(
        .path(FilePath(program)), arguments: Arguments(words), input: .none, output: .discarded, error: .discarded
    ) { execution in
        let pid = execution.processIdentifier.value
        defer { kill(pid, SIGKILL) }
        return try await body(pid)
    }.closureResult
}
