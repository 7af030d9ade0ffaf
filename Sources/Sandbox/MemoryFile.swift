import CLinux
import Glibc
import SystemPackage

/// A file without a name that lies in memory only, and is gone when nobody has it open (memfd_create(2)).
final class MemoryFile: Sendable {
    let descriptor: FileDescriptor

    /// A file with these octets, read from its beginning.
    init(_ octets: [UInt8] = []) throws {
        let number = clinux_memory_file("sandbox")
        guard number >= 0 else { throw Errno(rawValue: errno) }
        descriptor = FileDescriptor(rawValue: number)
        guard !octets.isEmpty else { return }
        try descriptor.writeAll(octets)
        try descriptor.seek(offset: 0, from: .start)
    }

    deinit { try? descriptor.close() }

    /// The first octets that were written to it.
    func octets(limit: Int) throws -> [UInt8] {
        let size = Int(try descriptor.seek(offset: 0, from: .end))
        let count = min(size, limit)
        var filled = 0
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, total in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let read = try descriptor.read(fromAbsoluteOffset: Int64(filled), into: rest)
                if read == 0 { break }
                filled += read
            }
            total = filled
        }
    }
}
