import Foundation

/// The right to a data directory: a lock on a file in it, which the system gives up with the process.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock at once, or says who has it.
    package init(directory: String) throws(ClusterError) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        } catch {
            throw ClusterError(.directory, "data.directory \(directory) cannot be made: \(error.localizedDescription)")
        }
        let path = directory + "/brevdue.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ClusterError(
                .directory, "data.directory \(directory) cannot be written: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            let holder = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
            throw ClusterError(
                .inUse,
                "data.directory \(directory) is in use by process \(holder.isEmpty ? "?" : holder): "
                    + "stop that daemon, or name another directory")
        }
        let pid = Array("\(getpid())".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, pid, pid.count, 0)
    }

    deinit { close(descriptor) }

    /// Whether a daemon holds the directory now.
    package static func isHeld(_ directory: String) -> Bool {
        let descriptor = open(directory + "/brevdue.lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }
}
