import Foundation

/// The server's log, kept from growing without end.
struct LogFile: Sendable {
    /// Octets after which it is begun anew.
    private static let limit = 16 << 20

    let path: String

    /// Begins a log that has grown large anew and keeps the one before.
    ///
    /// It is emptied in place: the server goes on appending to the file it has open.
    func bound() {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        guard size > Self.limit else { return }
        try? FileManager.default.removeItem(atPath: path + ".1")
        try? FileManager.default.copyItem(atPath: path, toPath: path + ".1")
        truncate(path, 0)
    }

    /// Makes an empty one where there is none, so that the server's user can be made its owner.
    func make() {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o640])
    }

    /// What it says at its end, on one line.
    var lastLines: String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "it wrote no log" }
        defer { try? handle.close() }
        let end = (try? handle.seekToEnd()) ?? 0
        try? handle.seek(toOffset: end > 600 ? end - 600 : 0)
        let tail = (try? handle.readToEnd()) ?? Data()
        return String(decoding: tail, as: UTF8.self).split(separator: "\n").suffix(3).joined(separator: "; ")
    }
}
