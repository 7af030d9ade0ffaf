import Glibc
import SystemPackage

/// A mail file named on the command line; `-` is standard input.
struct InputFile {
    /// Octets of a mail that are read at most; above it the file is refused.
    static let sizeLimit = 256 << 20

    var name: String

    /// Why a file cannot be used, in the two parts of the contract's error object.
    struct Unreadable: Error {
        var title: String
        var detail: String
    }

    func read() throws(Unreadable) -> [UInt8] {
        do {
            guard name != "-" else { return try Self.octets(of: .standardInput) }
            let file = try FileDescriptor.open(FilePath(name), .readOnly, options: .closeOnExec)
            return try file.closeAfter { try Self.octets(of: file) }
        } catch let error as Unreadable {
            throw error
        } catch {
            throw Unreadable(title: "cannot be read", detail: "\(error)")
        }
    }

    /// Octets asked for at a time where the size is not known.
    private static let piece = 1 << 16

    private static func octets(of file: FileDescriptor) throws -> [UInt8] {
        // Room for all of a file at once: to grow piece by piece takes up to twice as much.
        var status = stat()
        let size = fstat(file.rawValue, &status) == 0 ? min(Int(status.st_size), sizeLimit) : 0
        var octets = try next(size > 0 ? size + 1 : piece, of: file)
        while octets.count <= sizeLimit {
            let more = octets.isEmpty ? [] : try next(piece, of: file)
            guard !more.isEmpty else { return octets }
            octets += more
        }
        throw Unreadable(title: "too large", detail: "more than \(sizeLimit >> 20) MiB")
    }

    private static func next(_ count: Int, of file: FileDescriptor) throws -> [UInt8] {
        try Array(unsafeUninitializedCapacity: count) { buffer, read in
            read = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
