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

    /// The last octets that were written to it, at most so many.
    func octets(last limit: Int) throws -> [UInt8] {
        let size = Int(try descriptor.seek(offset: 0, from: .end))
        let count = min(size, limit)
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count])
                let read = try descriptor.read(fromAbsoluteOffset: Int64(size - count + filled), into: rest)
                if read == 0 { break }
                filled += read
            }
        }
    }
}
