import Foundation
import Records

/// Octets on their way into the journal: in memory up to what a row of it holds, else in a file as long as a body runs.
enum HeldContent {
    private static let memoryLimit = 1 << 20

    static func with<Value: Sendable>(
        _ octets: [UInt8], folder: String, _ body: (Arrival.Content) async throws(JournalError) -> Value
    ) async throws(JournalError) -> Value {
        guard octets.count > memoryLimit else { return try await body(.memory(octets)) }
        let path = "\(folder)/brevdue-\(UUID().uuidString).spool"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let isWritten = FileManager.default.createFile(
            atPath: path, contents: Data(octets), attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw .full("\(path) cannot be written") }
        return try await body(.file(path: path, size: octets.count))
    }
}
