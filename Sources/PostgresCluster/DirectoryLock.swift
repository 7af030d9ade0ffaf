import Foundation

/// The right to a data directory: a lock on a file in it, which the system gives up with the process.
package final class DirectoryLock: Sendable {
    // <fcntl.h> has these for GNU sources only, which Glibc's module is not.
    private static let getOpenFileLock: Int32 = 36  // F_OFD_GETLK
    private static let setOpenFileLock: Int32 = 37  // F_OFD_SETLK

    private let descriptor: Int32

    /// Takes the lock at once, or says who has it.
    package init(directory: String) throws(ClusterError) {
        do {
            // Root's has to be passed through by the user that the server runs as.
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true,
                attributes: [.posixPermissions: geteuid() == 0 ? 0o711 : 0o700])
        } catch {
            throw ClusterError(.directory, "data.directory \(directory) cannot be made: \(error.localizedDescription)")
        }
        let path = Self.file(in: directory)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ClusterError(
                .directory, "data.directory \(directory) cannot be written: \(String(cString: strerror(errno)))")
        }
        var lock = Self.exclusive
        guard fcntl(descriptor, Self.setOpenFileLock, &lock) == 0 else {
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

    /// Given up by name: a program that is being started may have the open file for a moment longer than we have.
    deinit {
        var lock = Self.exclusive
        lock.l_type = Int16(F_UNLCK)
        _ = fcntl(descriptor, Self.setOpenFileLock, &lock)
        close(descriptor)
    }

    /// Whether a daemon holds the directory now; asks without taking it, so that no daemon is refused meanwhile.
    package static func isHeld(_ directory: String) -> Bool {
        let descriptor = open(file(in: directory), O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var lock = exclusive
        return fcntl(descriptor, getOpenFileLock, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    private static func file(in directory: String) -> String { directory + "/brevdue.lock" }

    /// A lock on the whole file, which belongs to the open file and not to the process.
    private static var exclusive: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }
}
