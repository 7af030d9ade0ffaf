import Foundation

/// A message while it comes in: in memory up to 1 MiB, above that in a file of the spool.
struct ContentSink {
    static let memoryLimit = 1 << 20

    private let folder: String
    private let size: UInt64
    private var memory: [UInt8] = []
    private var file: (path: String, handle: FileHandle)?

    /// The folder must be there.
    init(folder: String, size: UInt64) throws {
        self.folder = folder
        self.size = size
        guard size > UInt64(Self.memoryLimit) else {
            memory.reserveCapacity(Int(size))
            return
        }
        let path = "\(folder)/brevdue-\(UUID().uuidString).spool"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        file = (path, handle)
    }

    mutating func append(_ octets: ArraySlice<UInt8>) throws {
        if let file { try file.handle.write(contentsOf: Data(octets)) } else { memory += octets }
    }

    func finish() throws -> MessageContent {
        guard let file else { return .memory(memory) }
        try file.handle.close()
        return .file(path: file.path, size: Int(size))
    }

    /// Leaves nothing behind of a message that broke off.
    func abandon() {
        guard let file else { return }
        try? file.handle.close()
        try? FileManager.default.removeItem(atPath: file.path)
    }
}

/// The octets of a message; whoever gets a file removes it.
package enum MessageContent: Hashable, Sendable {
    case memory([UInt8])
    case file(path: String, size: Int)
    /// The server has none.
    case none
    /// Larger than is taken; its octets were dropped.
    case tooLarge(UInt64)
}

extension MessageContent {
    /// Removes the file of a large message.
    package func discard() {
        if case .file(let path, _) = self { try? FileManager.default.removeItem(atPath: path) }
    }
}
