import Foundation
package import Logging
package import Postgres
import PostgresCluster
import Synchronization

/// A real PostgreSQL for the tests of one process: started once, gone with the process.
package actor TestCluster {
    package enum Version: String, Sendable, CaseIterable, CustomStringConvertible {
        case v18 = "18"
        case v16 = "16"

        package var description: String { "PostgreSQL \(rawValue)" }

        /// The folder of its programs, where the set-up put them.
        package var binaries: String {
            Binaries.installed.map { $0.replacing("/18/", with: "/\(rawValue)/") }
                .first { FileManager.default.isExecutableFile(atPath: $0 + "/postgres") } ?? "postgresql-\(rawValue)"
        }
    }

    package static let shared = TestCluster()

    private static let folders = Mutex<[String]>([])
    private var running: [Version: Task<String, any Error>] = [:]

    /// How to connect to the server of a version; starts it at the first call.
    package func conninfo(_ version: Version = .v18) async throws -> String {
        if let task = running[version] { return try await task.value }
        let task = Task { try await Self.start(version) }
        running[version] = task
        return try await task.value
    }

    /// A pool on a schema of its own.
    package func pool(_ version: Version = .v18, connections: Int = 6) async throws -> PostgresPool {
        var configuration = PostgresConfiguration(url: try await conninfo(version))
        configuration.connections = connections
        return PostgresPool(configuration, logger: Self.logger)
    }

    package static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A name for a schema that no other test has.
    package static func freshSchema() -> String { "test_\(UInt64.random(in: 0...UInt64.max))" }

    private static func start(_ version: Version) async throws -> String {
        let folder = try Repository.temporaryFolder("cluster\(version.rawValue)")
        folders.withLock { folders in
            if folders.isEmpty { atexit { TestCluster.stopAll() } }
            folders.append(folder)
        }
        let cluster = try await PostgresCluster(
            dataDirectory: folder, binaries: Binaries(folder: version.binaries), user: "brevdue", logger: logger)
        try await cluster.start()
        return cluster.conninfo
    }

    /// At the end of the process: the server is told to go at once, and its folder is removed.
    private static func stopAll() {
        for folder in folders.withLock({ $0 }) {
            LeftBehind.stop(folder + "/postgres", file: folder + "/postgres/postmaster.pid")
            try? FileManager.default.removeItem(atPath: folder)
        }
    }
}
