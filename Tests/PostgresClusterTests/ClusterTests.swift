import Foundation
import Postgres
import PostgresCluster
import TestSupport
import Testing

@Suite("The embedded cluster", .serialized)
struct ClusterTests {
    @Test(
        "a first start makes a cluster that folds Danish, checks its pages and listens on a socket only",
        .timeLimit(.minutes(1)), arguments: TestCluster.Version.allCases)
    func firstStart(_ version: TestCluster.Version) async throws {
        try await ClusterFixture.with("first") { fixture in
            let cluster = try await fixture.cluster(version)
            try await fixture.running(version) { cluster async throws in
                #expect(try await cluster.ask("SELECT lower('ÆØÅ')") == "æøå")
                #expect(try await cluster.ask("SHOW data_checksums") == "on")
                #expect(try await cluster.ask("SHOW fsync") == "on")
                #expect(try await cluster.ask("SHOW listen_addresses") == "")
                #expect(try await cluster.ask("SHOW server_encoding") == "UTF8")
                #expect(try await cluster.ask("SELECT current_setting('server_version')").hasPrefix(version.rawValue))
            }
            #expect(await !cluster.isRunning)
        }
    }

    @Test(
        "what was stored and set is there at the next start, and the daemon's settings are renewed",
        .timeLimit(.minutes(1)))
    func secondStart() async throws {
        try await ClusterFixture.with("second") { fixture in
            try await fixture.running { cluster in
                try await cluster.run("CREATE TABLE public.kept AS SELECT 'it is here' AS word")
                try await cluster.run("ALTER SYSTEM SET work_mem = '5MB'")
            }
            let settings = fixture.folder + "/postgres/brevdue.conf"
            try "fsync = off\nwork_mem = '6MB'\n".write(toFile: settings, atomically: false, encoding: .utf8)
            try await fixture.running { cluster async throws in
                #expect(try await cluster.ask("SELECT word FROM public.kept") == "it is here")
                #expect(try await cluster.ask("SHOW fsync") == "on")
                #expect(try await cluster.ask("SHOW work_mem") == "5MB")
            }
        }
    }

    @Test("a server that dies is started again while the daemon lives on", .timeLimit(.minutes(1)))
    func supervised() async throws {
        try await ClusterFixture.with("supervised") { fixture in
            try await fixture.running { cluster in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await cluster.supervise() }
                    let first = try fixture.pid()
                    kill(first, SIGKILL)
                    try await until("it answers") { try await cluster.ask("SELECT 'yes'") == "yes" }
                    #expect(try fixture.pid() != first)
                    group.cancelAll()
                }
            }
        }
    }

    @Test("a stop in the middle of a restart leaves nothing running", .timeLimit(.minutes(1)))
    func stoppedWhileStarting() async throws {
        try await ClusterFixture.with("restart") { fixture in
            let cluster = try await fixture.cluster()
            try await cluster.start()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await cluster.supervise() }
                let first = try fixture.pid()
                kill(first, SIGKILL)
                try await until("the next one begins") { try fixture.pid() != first }
                group.cancelAll()
                await cluster.stop()
            }
            #expect(await !cluster.isRunning)
            #expect(!FileManager.default.fileExists(atPath: fixture.folder + "/postgres/postmaster.pid"))
        }
    }

    @Test("a stop at any moment of a start leaves nothing running", .timeLimit(.minutes(1)))
    func stoppedAtAnyMoment() async throws {
        try await ClusterFixture.with("moment") { fixture in
            #expect(try await fixture.works())
            for moment in stride(from: 0, through: 75, by: 5) {
                let cluster = try await fixture.cluster()
                async let start: Void = cluster.start()
                try await Task.sleep(for: .milliseconds(moment))
                await cluster.stop()
                _ = try? await start
                #expect(await !cluster.isRunning, "stopped after \(moment) ms")
            }
        }
    }

    @Test("a server that an earlier life left running is taken over", .timeLimit(.minutes(1)))
    func takenOver() async throws {
        try await ClusterFixture.with("taken") { fixture in
            try await fixture.cluster().start()
            let first = try fixture.pid()
            try await fixture.running { second async throws in
                #expect(try fixture.pid() == first)
                #expect(try await second.ask("SELECT 'yes'") == "yes")
            }
            #expect(!ClusterFixture.lives(first))
        }
    }

    @Test("a server left running on another socket is stopped and started on ours", .timeLimit(.minutes(1)))
    func leftElsewhere() async throws {
        try await ClusterFixture.with("elsewhere") { fixture in
            try await fixture.cluster().start()
            let first = try fixture.pid()
            let file = fixture.folder + "/postgres/postmaster.pid"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing(fixture.folder + "/socket", with: "/tmp/elsewhere")
                .write(toFile: file, atomically: false, encoding: .utf8)
            try await fixture.running { second async throws in
                #expect(try fixture.pid() != first)
                #expect(!ClusterFixture.lives(first))
                #expect(try await second.ask("SELECT 'yes'") == "yes")
            }
        }
    }

    @Test("a stale pid file after a crash of everything is no obstacle", .timeLimit(.minutes(1)))
    func stalePid() async throws {
        try await ClusterFixture.with("stale") { fixture in
            try await fixture.cluster().start()
            let first = try fixture.pid()
            kill(first, SIGKILL)
            try await until("it is dead") { !ClusterFixture.lives(first) }
            #expect(try await fixture.works())
        }
    }

    @Test("a stale pid file is no obstacle either when its number belongs to another process", .timeLimit(.minutes(1)))
    func reusedPid() async throws {
        try await ClusterFixture.with("reused") { fixture in
            try await fixture.cluster().start()
            let first = try fixture.pid()
            kill(first, SIGKILL)
            try await until("it is dead") { !ClusterFixture.lives(first) }
            // A process of the server's own user: PostgreSQL takes no notice of any other's.
            let words = geteuid() == 0 ? ["--reuid=brevdue", "--clear-groups", "sleep", "60"] : ["sleep", "60"]
            try await beside("/usr/bin/setpriv", words) { other in
                for file in ["/postgres/postmaster.pid", "/socket/.s.PGSQL.5432.lock"] {
                    let text = try String(contentsOfFile: fixture.folder + file, encoding: .utf8)
                    try text.replacing("\(first)\n", with: "\(other)\n", maxReplacements: 1)
                        .write(toFile: fixture.folder + file, atomically: false, encoding: .utf8)
                }
                #expect(try await fixture.works())
                #expect(ClusterFixture.lives(other))
            }
        }
    }

    @Test("a half made cluster is made anew", .timeLimit(.minutes(1)))
    func halfMade() async throws {
        try await ClusterFixture.with("half") { fixture in
            try fixture.makeFolder("/postgres.new/base")
            #expect(try await fixture.works())
            let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder)
            #expect(!names.contains { $0.hasPrefix("postgres.new") })
        }
    }
}
