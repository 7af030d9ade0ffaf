import Foundation

/// Reads a spooled message piece by piece.
struct SpoolReader {
    private let handle: FileHandle

    init(path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(filePath: path))
    }

    /// The next octets, at most `count`; `nil` at the end.
    func next(_ count: Int) throws -> [UInt8]? {
        guard let data = try handle.read(upToCount: count), !data.isEmpty else { return nil }
        return Array(data)
    }
}
