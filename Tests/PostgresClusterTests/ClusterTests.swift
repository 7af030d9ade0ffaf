import Foundation
import Logging
import Postgres
import PostgresCluster
import TestSupport
import Testing

@Suite("The embedded cluster", .serialized)
struct ClusterTests {
    private func cluster(_ folder: String, _ version: TestCluster.Version = .v18) async throws -> PostgresCluster {
        try await PostgresCluster(
            dataDirectory: folder, binaries: Binaries(folder: version.binaries), user: "brevdue",
            logger: TestCluster.logger)
    }

    private func withFolder(_ name: String, _ body: (String) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func ask(_ cluster: PostgresCluster, _ statement: SQL) async throws -> String {
        let pool = PostgresPool(PostgresConfiguration(url: cluster.conninfo), logger: TestCluster.logger)
        defer { pool.close() }
        return try await pool.query(statement)[0].decode(String.self)
    }

    @Test(
        "a first start makes a cluster that folds Danish, checks its pages and listens on a socket only",
        .timeLimit(.minutes(1)), arguments: TestCluster.Version.allCases)
    func firstStart(_ version: TestCluster.Version) async throws {
        try await withFolder("first") { folder in
            let cluster = try await cluster(folder, version)
            try await cluster.start()
            #expect(try await ask(cluster, "SELECT lower('ÆØÅ')") == "æøå")
            #expect(try await ask(cluster, "SHOW data_checksums") == "on")
            #expect(try await ask(cluster, "SHOW fsync") == "on")
            #expect(try await ask(cluster, "SHOW listen_addresses") == "")
            #expect(try await ask(cluster, "SELECT current_setting('server_version')").hasPrefix(version.rawValue))
            await cluster.stop()
            #expect(await !cluster.isRunning)
        }
    }

    @Test("a server that dies is started again while the daemon lives on", .timeLimit(.minutes(1)))
    func supervised() async throws {
        try await withFolder("supervised") { folder in
            let cluster = try await cluster(folder)
            try await cluster.start()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await cluster.supervise() }
                let first = try pid(folder)
                kill(first, SIGKILL)
                try await until("another one runs") { try pid(folder) != first && kill(pid(folder), 0) == 0 }
                try await until("it answers") { try await ask(cluster, "SELECT 'yes'") == "yes" }
                group.cancelAll()
            }
            await cluster.stop()
        }
    }

    @Test("a server that an earlier life left running is taken over", .timeLimit(.minutes(1)))
    func takenOver() async throws {
        try await withFolder("taken") { folder in
            try await cluster(folder).start()
            let first = try pid(folder)
            let second = try await cluster(folder)
            try await second.start()
            #expect(try pid(folder) == first)
            #expect(try await ask(second, "SELECT 'yes'") == "yes")
            await second.stop()
        }
    }

    @Test("a stale pid file after a crash of everything is no obstacle", .timeLimit(.minutes(1)))
    func stalePid() async throws {
        try await withFolder("stale") { folder in
            let first = try await cluster(folder)
            try await first.start()
            let server = try pid(folder)
            kill(server, SIGKILL)
            try await until("it is dead") { kill(server, 0) != 0 }
            let second = try await cluster(folder)
            try await second.start()
            #expect(try await ask(second, "SELECT 'yes'") == "yes")
            await second.stop()
        }
    }

    @Test("a cluster of another major version is refused with what to do", .timeLimit(.minutes(1)))
    func otherVersion() async throws {
        try await withFolder("version") { folder in
            let old = try await cluster(folder, .v16)
            try await old.start()
            await old.stop()
            let error = await #expect(throws: ClusterError.self) { try await cluster(folder, .v18).start() }
            #expect(error?.code == .otherVersion)
            #expect(error?.description.contains("database.binaries") == true)
        }
    }

    @Test("a half made cluster is made anew", .timeLimit(.minutes(1)))
    func halfMade() async throws {
        try await withFolder("half") { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/postgres.new/base", withIntermediateDirectories: true)
            let cluster = try await cluster(folder)
            try await cluster.start()
            #expect(try await ask(cluster, "SELECT 'yes'") == "yes")
            await cluster.stop()
        }
    }

    @Test(
        "a data directory with a long name, or one that the server's user cannot reach, works too",
        .timeLimit(.minutes(1)))
    func awkwardPlaces() async throws {
        try await withFolder("place") { folder in
            let long = folder + "/" + String(repeating: "long-name-", count: 9)
            let hidden = folder + "/hidden"
            try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(
                atPath: hidden + "/data", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for place in [long, hidden + "/data"] {
                let cluster = try await cluster(place)
                try await cluster.start()
                #expect(try await ask(cluster, "SELECT 'yes'") == "yes")
                await cluster.stop()
                if let elsewhere = try? FileManager.default.destinationOfSymbolicLink(atPath: place + "/postgres") {
                    try FileManager.default.removeItem(
                        atPath: URL(filePath: elsewhere).deletingLastPathComponent().path)
                }
            }
        }
    }

    @Test(
        "the server runs as the unprivileged user when we are root", .timeLimit(.minutes(1)),
        .enabled(if: geteuid() == 0))
    func unprivileged() async throws {
        try await withFolder("user") { folder in
            let cluster = try await cluster(folder)
            try await cluster.start()
            let status = try String(contentsOfFile: "/proc/\(pid(folder))/status", encoding: .utf8)
            let uid = try #require(getpwnam("brevdue")?.pointee.pw_uid)
            #expect(status.contains("Uid:\t\(uid)\t\(uid)"))
            await cluster.stop()
        }
    }

    @Test("a user that does not exist, and programs that are not there, are said", .enabled(if: geteuid() == 0))
    func refusals() async throws {
        let binaries = try await Binaries(folder: TestCluster.Version.v18.binaries)
        let user = await #expect(throws: ClusterError.self) {
            try await PostgresCluster(
                dataDirectory: "/tmp", binaries: binaries, user: "no-such-user", logger: TestCluster.logger)
        }
        #expect(user?.description.contains("no-such-user") == true)
        let missing = await #expect(throws: ClusterError.self) { try await Binaries(folder: "/nonexistent") }
        #expect(missing?.code == .binaries)
    }

    private func pid(_ folder: String) throws -> pid_t {
        let text = try String(contentsOfFile: folder + "/postgres/postmaster.pid", encoding: .utf8)
        return try #require(text.split(separator: "\n").first.flatMap { pid_t($0) })
    }
}
