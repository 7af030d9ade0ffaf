import Foundation
import PostgresCluster
import TestSupport
import Testing

@Suite("What the embedded cluster refuses, and what it says then", .serialized)
struct ClusterRefusalTests {
    @Test("a cluster of another major version", .timeLimit(.minutes(1)))
    func otherVersion() async throws {
        try await ClusterFixture.with("version") { fixture in
            try await fixture.running(.v16) { _ in }
            let error = await #expect(throws: ClusterError.self) { try await fixture.cluster(.v18).start() }
            #expect(error?.code == .otherVersion)
            #expect(error?.description.contains("made by PostgreSQL 16") == true)
            #expect(error?.description.contains("database.binaries") == true)
        }
    }

    @Test("a cluster of another user", .timeLimit(.minutes(1)), .enabled(if: geteuid() == 0))
    func otherUser() async throws {
        try await ClusterFixture.with("owner") { fixture in
            try await fixture.running { _ in }
            let error = await #expect(throws: ClusterError.self) { try await fixture.cluster(user: "nobody").start() }
            #expect(error?.code == .user)
            #expect(error?.description.contains("--database-user brevdue") == true)
        }
    }

    @Test("a user that does not exist, and root", .enabled(if: geteuid() == 0), arguments: ["no-such-user", "root"])
    func users(_ name: String) async throws {
        try await ClusterFixture.with("users") { fixture in
            let error = await #expect(throws: ClusterError.self) { try await fixture.cluster(user: name) }
            #expect(error?.code == .user)
            #expect(error?.description.contains(name) == true)
        }
    }

    @Test("programs that are not there, and programs that are something else")
    func programs() async throws {
        try await ClusterFixture.with("programs") { fixture in
            for make in [false, true] {
                if make {
                    for name in ["initdb", "postgres", "pg_ctl"] {
                        try FileManager.default.copyItem(atPath: "/bin/true", toPath: "\(fixture.folder)/\(name)")
                    }
                }
                let error = await #expect(throws: ClusterError.self) { try await Binaries(folder: fixture.folder) }
                #expect(error?.code == .binaries)
                #expect(error?.description.contains(fixture.folder) == true)
            }
        }
    }

    @Test("programs that the server's user cannot reach", .enabled(if: geteuid() == 0))
    func unreachablePrograms() async throws {
        try await ClusterFixture.with("closed") { fixture in
            let closed = fixture.folder + "/closed"
            try fixture.makeFolder("/closed", permissions: 0o700)
            try FileManager.default.createSymbolicLink(
                atPath: closed + "/bin", withDestinationPath: TestCluster.Version.v18.binaries)
            let cluster = try await PostgresCluster(
                dataDirectory: fixture.folder, binaries: Binaries(folder: closed + "/bin"), user: "brevdue",
                logger: TestCluster.logger)
            let error = await #expect(throws: ClusterError.self) { try await cluster.start() }
            #expect(error?.code == .binaries)
            #expect(error?.description.contains(closed) == true)
        }
    }

    @Test("the programs of the set-up are found without configuration, and are PostgreSQL 18")
    func located() async throws {
        let binaries = try await Binaries.locate(configured: nil)
        #expect(binaries.majorVersion == 18)
        #expect(Binaries.installed.contains(binaries.folder))
    }

    @Test("configured programs come before those of the set-up")
    func configured() async throws {
        let binaries = try await Binaries.locate(configured: TestCluster.Version.v16.binaries)
        #expect(binaries.majorVersion == 16)
        #expect(binaries.folder == TestCluster.Version.v16.binaries)
    }
}
