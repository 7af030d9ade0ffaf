import FoundationEssentials
import Mail
import Records
import Understanding

/// What is known of the attachments of one arrival as it is read, and whether it waits for the rest.
struct AttachedReading: Sendable {
    /// What was read of them, in their order.
    var attachments: [ReadAttachment] = []
    /// Digests of those that are still to be read.
    var pending: Set<String> = []
    /// Until when it waits for them; `nil` where it does not.
    var deadline: Date?
    /// Whether it is to be read anew with what is in its containers, and nothing may hang on it till then.
    var awaitsContents = false

    init() {}

    init(of letter: Letter, _ arrival: StoredArrival, known: [String: KeptReading], policy: AttachmentPolicy) {
        let isRead = { (attachment: Letter.Attachment) in
            known[attachment.sha256]?.serves(since: arrival.storedAt) ?? false
        }
        attachments = letter.read(known)
        pending = Set(policy.wanted(in: letter).filter { !isRead($0) }.map(\.sha256))
        guard !pending.isEmpty, let end = policy.deadline(of: arrival) else { return }
        deadline = end
        awaitsContents = letter.unopened.contains { pending.contains($0.sha256) }
    }
}
