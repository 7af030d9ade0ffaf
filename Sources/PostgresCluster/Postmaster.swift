import Foundation

/// The server's process, as `postmaster.pid` tells of it.
///
/// Its lines: process id, data directory, time, port, socket folder, address, shared memory, status.
struct Postmaster: Sendable {
    /// The cluster's folder.
    let folder: String

    private var file: String { folder + "/postmaster.pid" }

    /// Whether the server of this folder lives.
    var isRunning: Bool {
        guard let pid = lines.first.flatMap({ pid_t($0) }), pid > 1 else { return false }
        // The file may be older than the process that has its number now; one that waits to be reaped has no words.
        guard let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
        let words = String(decoding: command, as: UTF8.self).split(separator: "\0")
        return words.first.map { $0.hasSuffix("postgres") } ?? false && words.contains { $0 == folder }
    }

    /// Whether it takes connections in the socket folder that we use.
    func serves(_ socket: String) -> Bool {
        let lines = lines
        return lines.count >= 8 && lines[4] == socket && lines[7].hasPrefix("ready")
    }

    /// Lets a server start although a dead one's number belongs to another process now, as after a restart of a
    /// container; only when it does not run.
    ///
    /// PostgreSQL lets the number of whoever starts it pass. The file stays, since its line on shared memory keeps a
    /// server from starting while sessions of the dead one still work.
    func clearStaleNumber(socket: String, own: (String) -> Void) {
        var lines = lines
        guard !lines.isEmpty else { return }
        lines[0] = String(getpid())
        let new = file + ".new"
        unlink(new)
        // The folder belongs to a user with fewer rights than ours may be: no link of theirs is followed.
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard (try? handle.write(contentsOf: Data(lines.joined(separator: "\n").utf8))) != nil else { return }
        own(new)
        rename(new, file)
        unlink(socket + "/.s.PGSQL.5432.lock")
    }

    private var lines: [String] {
        guard let data = FileManager.default.contents(atPath: file), !data.isEmpty else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }
}
