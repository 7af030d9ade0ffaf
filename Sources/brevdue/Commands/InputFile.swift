import Foundation

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
            let handle = name == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: name))
            var octets: [UInt8] = []
            // Room for all of a file at once: to grow piece by piece takes up to twice as much.
            var status = stat()
            if fstat(handle.fileDescriptor, &status) == 0 {
                octets.reserveCapacity(min(Int(status.st_size), Self.sizeLimit))
            }
            while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty {
                octets += data
                guard octets.count <= Self.sizeLimit else { break }
            }
            guard octets.count <= Self.sizeLimit else {
                throw Unreadable(title: "too large", detail: "more than \(Self.sizeLimit >> 20) MiB")
            }
            return octets
        } catch let error as Unreadable {
            throw error
        } catch {
            throw Unreadable(title: "cannot be read", detail: error.localizedDescription)
        }
    }
}
