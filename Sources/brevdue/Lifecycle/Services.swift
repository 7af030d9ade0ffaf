import Foundation
import FoundationEssentials
import Postgres
import PostgresCluster
import Records
import ServiceLifecycle

/// Keeps the embedded database running as long as the daemon lives.
struct Supervision: Service {
    let cluster: PostgresCluster

    func run() async throws {
        await cancelWhenGracefulShutdown { await cluster.supervise() }
    }
}

/// The journal's writers.
///
/// They end last among those that take work in: what a door accepted must be answered.
struct JournalWriters: Service {
    let journal: Journal

    func run() async throws {
        await cancelWhenGracefulShutdown { await journal.run() }
    }
}

/// What the leader does now and then.
enum Maintenance {
    /// Partitions of the journal for the months to come: an arrival without one could not be stored.
    static func run(on pool: PostgresPool) async throws {
        _ = try await pool.query("SELECT brevdue.make_partitions(now()::date, 4)")
    }
}

/// The name of this node, kept in the data directory so that a restarted daemon knows its own leases.
enum NodeName {
    static func load(from directory: String) throws -> String {
        let path = directory + "/node"
        if let data = FileManager.default.contents(atPath: path), !data.isEmpty {
            return String(decoding: data, as: UTF8.self).trimmed
        }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let name = "node-" + UUID().uuidString.lowercased().prefix(8)
        try Data(name.utf8).write(to: URL(filePath: path), options: .atomic)
        return name
    }
}
