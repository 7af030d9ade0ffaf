import Foundation

/// A file system in memory with little room, mounted on a folder for as long as a body runs.
package struct SmallDisk: Sendable {
    package let folder: String
    private var ballast: String { folder + "/ballast" }

    /// Whether this process may mount; root in a container may be kept from it.
    package static let isPermitted: Bool = {
        guard let folder = try? Repository.temporaryFolder("mount") else { return false }
        defer { rmdir(folder) }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else { return false }
        return umount2(folder, Int32(MNT_DETACH)) == 0
    }()

    /// Mounts on the folder, which is made when it is not there.
    @discardableResult
    package static func with<Value>(
        mebibytes: Int, at folder: String, _ body: (SmallDisk) async throws -> Value
    ) async throws -> Value {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        guard mount("tmpfs", folder, "tmpfs", 0, "size=\(mebibytes)m,mode=755") == 0 else {
            throw TestFailure("\(folder) cannot be mounted: \(String(cString: strerror(errno)))")
        }
        defer { umount2(folder, Int32(MNT_DETACH)) }
        return try await body(SmallDisk(folder: folder))
    }

    /// Takes all room that is left, but for so much.
    package func fill(leaving rest: Int = 0) throws {
        let file = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw TestFailure("no ballast on \(folder)") }
        defer { close(file) }
        var room = statvfs()
        guard statvfs(folder, &room) == 0 else { throw TestFailure("\(folder) tells nothing of its room") }
        posix_fallocate(file, 0, off_t(Int(room.f_bavail) * Int(room.f_bsize) - rest))
        // Whoever else writes meanwhile takes the last blocks; a full disk has none.
        var end = lseek(file, 0, SEEK_END)
        let block = [UInt8](repeating: 0, count: 4096)
        while rest == 0, write(file, block, block.count) > 0 { end += off_t(block.count) }
    }

    /// Gives the room back.
    package func free() { unlink(ballast) }
}
