import Foundation
import Postgres
import PostgresCluster
import TestSupport
import Testing

@Suite("Where an embedded cluster may stand", .serialized)
struct ClusterPlaceTests {
    @Test(
        "any folder will do", .timeLimit(.minutes(1)),
        arguments: [
            "/" + String(repeating: "long-name-", count: 9), "/Kundedata på disk", "/o'neil, søn & co; (ny)",
        ])
    func awkwardNames(_ place: String) async throws {
        try await ClusterFixture.with("name") { fixture in
            try fixture.makeFolder(place)
            for _ in 1...2 { #expect(try await fixture.works(in: place)) }
            let socket = try await fixture.cluster(in: place).conninfo.split(separator: "'")[1]
            #expect(socket.utf8.count <= 93)
            #expect(!FileManager.default.fileExists(atPath: String(socket)))
        }
    }

    @Test("all names of one directory lead to the same server", .timeLimit(.minutes(1)))
    func otherName() async throws {
        try await ClusterFixture.with("alias") { fixture in
            try fixture.makeFolder("/data")
            try FileManager.default.createSymbolicLink(
                atPath: fixture.folder + "/alias", withDestinationPath: fixture.folder + "/data")
            let alias = try await fixture.cluster(in: "/alias")
            try await fixture.running(in: "/data") { cluster in
                #expect(alias.conninfo == cluster.conninfo)
                #expect(await alias.isRunning)
            }
        }
    }

    @Test("a name that a shell would not take literally is refused", arguments: ["/$HOME", "/a\"b", "/a`b`", "/a\\b"])
    func refusedNames(_ place: String) async throws {
        try await ClusterFixture.with("shell") { fixture in
            try fixture.makeFolder(place)
            let error = await #expect(throws: ClusterError.self) { try await fixture.cluster(in: place) }
            #expect(error?.code == .directory)
            #expect(error?.description.contains(place) == true)
        }
    }

    @Test(
        "a directory that the server's user cannot enter has its cluster elsewhere, and a new one when it is made anew",
        .timeLimit(.minutes(1)), .enabled(if: geteuid() == 0))
    func unreachable() async throws {
        try await ClusterFixture.with("hidden") { fixture in
            var homes: [String] = []
            for _ in 1...2 {
                try fixture.makeFolder("/hidden", permissions: 0o700)
                try fixture.makeFolder("/hidden/data")
                for table in ["one", "two"] {
                    try await fixture.running(in: "/hidden/data") { cluster in
                        try await cluster.run("CREATE TABLE IF NOT EXISTS public.\(unsafe: table)()")
                        let tables = try await cluster.ask(
                            "SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public'")
                        #expect(tables == (table == "one" ? "1" : "2"))
                    }
                }
                let link = fixture.folder + "/hidden/data/postgres"
                let target = try FileManager.default.destinationOfSymbolicLink(atPath: link)
                homes.append(URL(filePath: target).deletingLastPathComponent().path)
                try FileManager.default.removeItem(atPath: fixture.folder + "/hidden")
            }
            #expect(homes[0] != homes[1])
            for home in homes { try FileManager.default.removeItem(atPath: home) }
        }
    }

    @Test("a cluster elsewhere that is gone is not quietly begun anew", .enabled(if: geteuid() == 0))
    func goneElsewhere() async throws {
        try await ClusterFixture.with("gone") { fixture in
            try FileManager.default.createSymbolicLink(
                atPath: fixture.folder + "/postgres", withDestinationPath: "/var/lib/brevdue/cluster-gone/postgres")
            let error = await #expect(throws: ClusterError.self) { try await fixture.cluster() }
            #expect(error?.code == .directory)
            #expect(error?.description.contains("remove the link") == true)
        }
    }

    @Test(
        "a directory that the server's user can no longer enter is refused, not replaced by an empty database",
        .timeLimit(.minutes(1)), .enabled(if: geteuid() == 0))
    func noLongerReachable() async throws {
        try await ClusterFixture.with("closed") { fixture in
            try fixture.makeFolder("/data")
            try await fixture.running(in: "/data") { _ in }
            chmod(fixture.folder, 0o700)
            let error = await #expect(throws: ClusterError.self) { try await fixture.cluster(in: "/data") }
            #expect(error?.code == .directory)
            #expect(error?.description.contains("chmod a+x") == true)
        }
    }

    @Test("a short socket folder that somebody else made is not used", .enabled(if: geteuid() == 0))
    func foreignSocketFolder() async throws {
        try await ClusterFixture.with("foreign") { fixture in
            let place = "/" + String(repeating: "long-name-", count: 9)
            try fixture.makeFolder(place)
            let cluster = try await fixture.cluster(in: place)
            let socket = try #require(cluster.conninfo.split(separator: "'").dropFirst().first.map(String.init))
            try #require(socket.hasPrefix("/tmp/brevdue-"))
            try FileManager.default.createDirectory(atPath: socket, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(atPath: socket) }
            chmod(socket, 0o700)
            let nobody = try #require(getpwnam("nobody")?.pointee.pw_uid)
            chown(socket, nobody, nobody)
            let error = await #expect(throws: ClusterError.self) { try await cluster.start() }
            #expect(error?.description.contains(socket) == true)
        }
    }

    @Test("a full disk is said", .timeLimit(.minutes(1)), .enabled(if: geteuid() == 0))
    func fullDisk() async throws {
        try await ClusterFixture.with("full") { fixture in
            try await run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=8m,mode=755", "brevdue-test", fixture.folder])
            let error = await #expect(throws: ClusterError.self) { try await fixture.cluster().start() }
            #expect(error?.description.contains("No space left on device") == true)
            #expect(!FileManager.default.fileExists(atPath: fixture.folder + "/postgres"))
            try await run("/usr/bin/umount", [fixture.folder])
        }
    }
}
