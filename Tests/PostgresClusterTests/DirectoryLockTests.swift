import Foundation
import PostgresCluster
import TestSupport
import Testing

@Suite("The lock on a data directory")
struct DirectoryLockTests {
    @Test("a second daemon is refused and told the directory and who has it")
    func second() async throws {
        try await ClusterFixture.with("lock") { fixture in
            let first = try DirectoryLock(directory: fixture.folder)
            let error = #expect(throws: ClusterError.self) { try DirectoryLock(directory: fixture.folder) }
            #expect(error?.code == .inUse)
            #expect(error?.description.contains(fixture.folder) == true)
            #expect(error?.description.contains("process \(getpid())") == true)
            withExtendedLifetime(first) {}
        }
    }

    @Test("asking whether it is held neither takes it nor lets it go")
    func asking() async throws {
        try await ClusterFixture.with("held") { fixture in
            #expect(!DirectoryLock.isHeld(fixture.folder))
            var lock: DirectoryLock? = try DirectoryLock(directory: fixture.folder)
            for _ in 1...3 { #expect(DirectoryLock.isHeld(fixture.folder)) }
            #expect(throws: ClusterError.self) { try DirectoryLock(directory: fixture.folder) }
            withExtendedLifetime(lock) {}
            lock = nil
            #expect(!DirectoryLock.isHeld(fixture.folder))
        }
    }

    @Test("no daemon is refused because commands are asking meanwhile", .timeLimit(.minutes(1)))
    func askedMeanwhile() async throws {
        try await ClusterFixture.with("asked") { fixture in
            _ = try DirectoryLock(directory: fixture.folder)
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { while !Task.isCancelled { _ = DirectoryLock.isHeld(fixture.folder) } }
                for _ in 1...2000 { #expect(throws: Never.self) { _ = try DirectoryLock(directory: fixture.folder) } }
                group.cancelAll()
            }
        }
    }

    @Test("it is free at once when its holder is killed", .timeLimit(.minutes(1)))
    func killed() async throws {
        try await ClusterFixture.with("killed") { fixture in
            let script = """
                import fcntl, os, sys, time
                file = open(sys.argv[1] + "/brevdue.lock", "w")
                fcntl.lockf(file, fcntl.LOCK_EX)
                file.write(str(os.getpid()))
                file.flush()
                time.sleep(60)
                """
            try await beside("/usr/bin/python3", ["-c", script, fixture.folder]) { pid in
                let error = try await eventually("it is held") { () -> ClusterError? in
                    do throws(ClusterError) {
                        _ = try DirectoryLock(directory: fixture.folder)
                        return nil
                    } catch {
                        return error.description.contains("process \(pid)") ? error : nil
                    }
                }
                #expect(error.code == .inUse)
                kill(pid, SIGKILL)
                try await until("it is free") { !DirectoryLock.isHeld(fixture.folder) }
                _ = try DirectoryLock(directory: fixture.folder)
            }
        }
    }

    @Test("a directory that cannot be made is said")
    func notADirectory() async throws {
        try await ClusterFixture.with("file") { fixture in
            try Data().write(to: URL(filePath: fixture.folder + "/file"))
            let directory = fixture.folder + "/file/data"
            let error = #expect(throws: ClusterError.self) { try DirectoryLock(directory: directory) }
            #expect(error?.code == .directory)
            #expect(error?.description.contains(directory) == true)
        }
    }

    @Test("a new one is not readable by others, as mail is kept in it")
    func permissions() async throws {
        try await ClusterFixture.with("mode") { fixture in
            let directory = fixture.folder + "/a/data"
            _ = try DirectoryLock(directory: directory)
            let mode = try FileManager.default.attributesOfItem(atPath: directory)[.posixPermissions] as? Int
            #expect(mode == (geteuid() == 0 ? 0o711 : 0o700))
        }
    }
}
