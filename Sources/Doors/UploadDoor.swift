import Cryptography
import Foundation
package import Records

/// Mail files into the journal, as if they had been received; whoever may run the command speaks for our own people.
package struct UploadDoor: Sendable {
    private let journal: Journal

    package init(journal: Journal) { self.journal = journal }

    package func deliver(_ octets: [UInt8], from: String, to: [String]) async throws(JournalError) -> JournalReceipt {
        let digest = SHA256.hash(octets)
        return try await HeldContent.with(octets, folder: NSTemporaryDirectory()) { content throws(JournalError) in
            try await journal.append(
                Arrival(
                    door: .upload, receivedAt: Date(), envelope: ArrivalEnvelope(from: from, recipients: to),
                    trusted: true, trace: nil, content: content, digest: digest))
        }
    }
}
