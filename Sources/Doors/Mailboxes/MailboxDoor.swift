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

    /// What came of a portion.
    struct Outcome: Sendable {
        /// Mails that were not in the journal before.
        var new: Int
        var stored: [UInt32]
        /// What was set aside.
        var faults: [MailboxBatch.Fault]
        /// What is to be tried again.
        var waiting: [MailboxBatch.Fault]
    }

    /// Stores a portion and moves the cursor behind it.
    ///
    /// `isRetry`: the portion waited before, or was set aside. `isProven`: the session was given a mail before.
    func store(
        _ portion: FetchPlan.Portion, _ outcomes: [FetchOutcome], cursor: MailboxCursor, under lease: MailboxLease,
        isRetry: Bool = false, isProven: Bool = false
    ) async throws -> Outcome {
        var batch = MailboxBatch(lastUID: portion.lastUID, marks: account.after != .leave)
        batch.faults = portion.faults
        batch.waiting = portion.waiting
        defer { outcomes.forEach { if case .content(let content) = $0.result { content.discard() } } }
        for outcome in outcomes { try await add(outcome, to: &batch, cursor) }
        batch.isProven = isProven || !batch.arrivals.isEmpty
        if isRetry { batch.settled = portion.uids.filter { uid in !batch.waiting.contains { $0.uid == uid } } }
        let result = try await journal.append(batch, under: lease)
        let refused = Set(result.refused.map(\.uid))
        return Outcome(
            new: result.new,
            // What the journal refused stays as it is on the server, too.
            stored: batch.arrivals.compactMap { $0.envelope.mailbox?.uid }.filter { !refused.contains($0) },
            faults: batch.faults + result.refused, waiting: batch.waiting)
    }

    private func add(_ outcome: FetchOutcome, to batch: inout MailboxBatch, _ cursor: MailboxCursor) async throws {
        let uid = outcome.uid
        switch outcome.result {
        case .gone: break
        case .refused(let reason): batch.waiting.append(.init(uid: uid, reason: reason))
        case .content(.none): batch.waiting.append(.init(uid: uid, reason: "the server has no content of it"))
        case .content(.tooLarge(let size)):
            let reason = FetchPlan.tooLarge(size, limit: account.server.contentLimit)
            batch.faults.append(.init(uid: uid, reason: reason))
        case .content(.memory(let octets)):
            let digest = SHA256.hash(octets)
            batch.arrivals.append(try await arrival(.memory(octets), octets[...], digest, uid, cursor))
        case .content(.file(let path, let size)):
            let head = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? head.close() }
            let octets = Array(try head.read(upToCount: 32 << 10) ?? Data())
            let digest = try await FileDigest.sha256(of: path)
            batch.arrivals.append(
                try await arrival(.file(path: path, size: size), octets[...], digest, uid, cursor))
        }
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
