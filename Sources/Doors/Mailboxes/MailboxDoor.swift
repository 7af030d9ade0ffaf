import Cryptography
import Foundation
import IMAPClient
import Records

/// Mail of a mailbox into the journal: marked on the server only after the commit.
///
/// Nobody vouches for it: what a mailbox holds may come from anybody.
struct MailboxDoor: Sendable {
    let account: MailboxAccount
    let journal: Journal

    /// Stores a portion and moves the cursor behind it; gives back how many mails were new and which are stored.
    func store(
        _ portion: FetchPlan.Portion, _ outcomes: [FetchOutcome], cursor: MailboxCursor, under lease: MailboxLease
    ) async throws -> (new: Int, stored: [UInt32], faults: [MailboxBatch.Fault]) {
        var batch = MailboxBatch(lastUID: portion.lastUID, marks: account.after != .leave)
        batch.faults = portion.faults
        defer { outcomes.forEach { if case .content(let content) = $0.result { content.discard() } } }
        for outcome in outcomes {
            switch outcome.result {
            case .gone: continue
            case .refused(let reason): batch.faults.append(.init(uid: outcome.uid, reason: reason))
            case .content(.none):
                batch.faults.append(.init(uid: outcome.uid, reason: "the server has no content of it"))
            case .content(.tooLarge(let size)):
                let reason = FetchPlan.tooLarge(size, limit: account.server.contentLimit)
                batch.faults.append(.init(uid: outcome.uid, reason: reason))
            case .content(.memory(let octets)):
                batch.arrivals.append(
                    try await arrival(.memory(octets), octets[...], SHA256.hash(octets), outcome.uid, cursor))
            case .content(.file(let path, let size)):
                let head = try FileHandle(forReadingFrom: URL(filePath: path))
                defer { try? head.close() }
                let octets = Array(try head.read(upToCount: 32 << 10) ?? Data())
                batch.arrivals.append(
                    try await arrival(
                        .file(path: path, size: size), octets[...], FileDigest.sha256(of: path), outcome.uid, cursor))
            }
        }
        let new = try await journal.append(batch, under: lease)
        return (new, batch.arrivals.compactMap { $0.envelope.mailbox?.uid }, batch.faults)
    }

    private func arrival(
        _ content: Arrival.Content, _ head: ArraySlice<UInt8>, _ digest: Digest, _ uid: UInt32, _ cursor: MailboxCursor
    ) async throws -> Arrival {
        let returnPath = ReturnPathField.address(in: head)
        var envelope = ArrivalEnvelope(from: returnPath ?? "", recipients: [])
        envelope.mailbox = MailboxPlace(
            account: account.name, folder: account.folder, uidValidity: cursor.uidValidity, uid: uid,
            returnPath: returnPath, isOld: uid <= cursor.oldUID, authservID: account.authservID)
        return Arrival(
            door: .imap, receivedAt: Date(), envelope: envelope, trusted: false, trace: nil, content: content,
            digest: digest)
    }
}
