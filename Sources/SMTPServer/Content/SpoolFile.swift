import Foundation
import NIOCore
import NIOPosix

/// The folder where large messages wait while they arrive.
package struct Spool: Sendable {
    package let folder: String

    /// What Foundation calls a file until it has the name that it was made for.
    private static let unfinished = ".dat.nosync"

    /// Makes the folder and removes what an earlier life left in it: nothing there was acknowledged.
    package init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix(".spool") || name.hasPrefix(Self.unfinished) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    func newPath() -> String { "\(folder)/\(UUID().uuidString).spool" }
}

/// A file that a message is written to; all of it happens on the thread pool, one operation after the other.
///
/// `@unchecked Sendable`: the descriptor is only used in blocks given to the thread pool, and the caller gives the next
/// one when the one before is done.
final class SpoolFile: @unchecked Sendable {
    let path: String
    private var descriptor: Int32 = -1

    init(path: String) { self.path = path }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    struct Failure: Error {
        var isFull: Bool
    }

    /// Appends; makes the file at the first call.
    ///
    /// Blocks.
    func append(_ octets: [UInt8]) throws(Failure) {
        if descriptor < 0 {
            descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Failure(isFull: errno == ENOSPC || errno == EDQUOT) }
        }
        var written = 0
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(isFull: errno == ENOSPC || errno == EDQUOT) }
            written += count
        }
    }

    /// Removes the file; a reader that has it open keeps it.
    ///
    /// Blocks.
    func remove() { unlink(path) }
}
