import Cryptography
import Foundation
package import Records

/// Mail files into the journal, as if they had been received; whoever may run the command speaks for our own people.
package struct UploadDoor: Sendable {
    private let journal: Journal

    package init(journal: Journal) { self.journal = journal }

    package func deliver(_ octets: [UInt8], from: String, to: [String]) async throws(JournalError) -> JournalReceipt {
        let digest = SHA256.hash(octets)
        let content: Arrival.Content
        var spooled: String?
        if octets.count <= 1 << 20 {
            content = .memory(octets)
        } else {
            let path = NSTemporaryDirectory() + "/brevdue-\(UUID().uuidString).spool"
            guard
                FileManager.default.createFile(
                    atPath: path, contents: Data(octets), attributes: [.posixPermissions: 0o600])
            else { throw .full("\(path) cannot be written") }
            content = .file(path: path, size: octets.count)
            spooled = path
        }
        defer { if let spooled { try? FileManager.default.removeItem(atPath: spooled) } }
        return try await journal.append(
            Arrival(
                door: .upload, receivedAt: Date(), envelope: ArrivalEnvelope(from: from, recipients: to), trusted: true,
                trace: nil, content: content, digest: digest))
    }
}
