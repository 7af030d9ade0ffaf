import Foundation

/// What test processes left behind that were killed: their daemons, their database servers and their folders.
enum LeftBehind {
    /// Removes it; the first who asks does the work.
    static let swept: Void = sweep()

    private static func sweep() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? [] {
            // brevdue-test-<process>-<name>-<number>
            let words = name.split(separator: "-")
            guard words.count >= 4, words[0] == "brevdue", words[1] == "test", let owner = pid_t(words[2]),
                kill(owner, 0) != 0, errno == ESRCH
            else { continue }
            let folder = "/tmp/" + name
            stop("serve", file: folder + "/data/brevdue.lock")
            stop(folder + "/data/postgres", file: folder + "/data/postgres/postmaster.pid")
            stop(folder + "/postgres", file: folder + "/postgres/postmaster.pid")
            stop(folder + "/nsd.conf", file: folder + "/nsd.pid", signal: SIGTERM)
            // A small disk of a test's; with it goes what is mounted below.
            umount2(folder + "/data", Int32(MNT_DETACH))
            umount2(folder + "/data/spool", Int32(MNT_DETACH))
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    /// Kills the process that the file names, if it really is that one, and waits until it is gone.
    static func stop(_ word: String, file: String, signal: Int32 = SIGQUIT) {
        guard let text = FileManager.default.contents(atPath: file).map({ String(decoding: $0, as: UTF8.self) }),
            let pid = text.split(separator: "\n").first.flatMap({ pid_t($0) }), isRunning(pid, word)
        else { return }
        kill(pid, signal)
        for _ in 0..<500 where isRunning(pid, word) { usleep(10_000) }
    }

    private static func isRunning(_ pid: pid_t, _ word: String) -> Bool {
        guard let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
        return String(decoding: command, as: UTF8.self).split(separator: "\0").contains { $0 == word }
    }
}
