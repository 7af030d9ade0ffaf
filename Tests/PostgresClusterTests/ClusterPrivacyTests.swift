import Foundation
import Postgres
import PostgresCluster
import TestSupport
import Testing

@Suite("What the embedded cluster lets others see", .serialized)
struct ClusterPrivacyTests {
    @Test("neither the values of a failed nor of a slow statement reach the log", .timeLimit(.minutes(1)))
    func logWithoutValues() async throws {
        try await ClusterFixture.with("log") { fixture in
            try await fixture.running { cluster in
                try await cluster.run("CREATE TABLE public.mail(subject text PRIMARY KEY)")
                let pool = PostgresPool(PostgresConfiguration(url: cluster.conninfo), logger: TestCluster.logger)
                defer { pool.close() }
                let subject = "Tilbud til Havneby Kaffe"
                await #expect(throws: PostgresError.self) {
                    try await pool.transaction { transaction in
                        _ = try await transaction.query("SET LOCAL log_min_duration_statement = 0")
                        _ = try await transaction.query("INSERT INTO public.mail VALUES (\(subject))")
                        _ = try await transaction.query("INSERT INTO public.mail VALUES (\(subject))")
                    }
                }
            }
            let log = try fixture.log()
            #expect(log.contains("INSERT INTO public.mail VALUES ($1)"))
            #expect(log.contains("mail_pkey"))
            #expect(!log.contains("Havneby"))
        }
    }

    @Test("a log that has grown large is begun anew, and the one before is kept", .timeLimit(.minutes(1)))
    func boundedLog() async throws {
        try await ClusterFixture.with("large") { fixture in
            try Data(repeating: UInt8(ascii: "x"), count: 17 << 20)
                .write(to: URL(filePath: fixture.folder + "/postgres.log"))
            try await fixture.running { cluster in
                let size = { (path: String) in
                    try FileManager.default.attributesOfItem(atPath: fixture.folder + path)[.size] as? Int
                }
                #expect(try size("/postgres.log.1") == 17 << 20)
                // And once more while the server has it open.
                let handle = try FileHandle(forUpdating: URL(filePath: fixture.folder + "/postgres.log"))
                try handle.seekToEnd()
                try handle.write(contentsOf: Data(repeating: UInt8(ascii: "y"), count: 18 << 20))
                try handle.close()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await cluster.supervise() }
                    try await until("it is begun anew") { try size("/postgres.log").map { $0 < 1 << 20 } ?? false }
                    group.cancelAll()
                }
            }
            #expect(try fixture.log().contains("shut down"))
            #expect(try !fixture.log().contains("\0"))
        }
    }

    @Test("the daemon's environment does not reach the server", .timeLimit(.minutes(1)))
    func environment() async throws {
        try await ClusterFixture.with("environment") { fixture in
            setenv("BREVDUE_RELAY_PASSWORD", "hemmelig-brevdue", 1)
            setenv("PGPORT", "6543", 1)
            defer {
                unsetenv("BREVDUE_RELAY_PASSWORD")
                unsetenv("PGPORT")
            }
            try await fixture.running { cluster in
                let variables = try String(contentsOfFile: "/proc/\(fixture.pid())/environ", encoding: .utf8)
                #expect(variables.contains("LC_ALL"))
                #expect(!variables.contains("hemmelig-brevdue"))
                #expect(try await cluster.ask("SELECT 'yes'") == "yes")
            }
        }
    }

    @Test("signals of the terminal do not reach the server: it has a session of its own", .timeLimit(.minutes(1)))
    func ownSession() async throws {
        try await ClusterFixture.with("session") { fixture in
            try await fixture.running { _ in
                let session = getsid(try fixture.pid())
                #expect(session > 0)
                #expect(session != getsid(0))
            }
        }
    }

    @Test("the socket is in a folder that only the server's user may enter", .timeLimit(.minutes(1)))
    func socketFolder() async throws {
        try await ClusterFixture.with("socket") { fixture in
            try await fixture.running { _ in
                let folder = try FileManager.default.attributesOfItem(atPath: fixture.folder + "/socket")
                #expect(folder[.posixPermissions] as? Int == 0o700)
                #expect(FileManager.default.fileExists(atPath: fixture.folder + "/socket/.s.PGSQL.5432"))
            }
        }
    }

    @Test(
        "the server runs as the unprivileged user when we are root, without root's groups", .timeLimit(.minutes(1)),
        .enabled(if: geteuid() == 0))
    func unprivileged() async throws {
        try await ClusterFixture.with("user") { fixture in
            try await fixture.running { _ in
                let status = try String(contentsOfFile: "/proc/\(fixture.pid())/status", encoding: .utf8)
                let uid = try #require(getpwnam("brevdue")?.pointee.pw_uid)
                #expect(status.contains("Uid:\t\(uid)\t\(uid)\t\(uid)\t\(uid)\n"))
                #expect(status.contains("Groups:\t \n"))
            }
            let owner = try FileManager.default.attributesOfItem(atPath: fixture.folder + "/postgres.log")
            #expect(owner[.ownerAccountName] as? String == "brevdue")
        }
    }
}
