import IMAPClient
import Records

/// Listed messages in the portions in which they are fetched and stored.
struct FetchPlan: Hashable, Sendable {
    /// Messages of one transaction and their octets, at most; a larger message stands alone.
    static let messageLimit = 64
    static let octetLimit: UInt64 = 4 << 20

    struct Portion: Hashable, Sendable {
        var uids: [UInt32] = []
        /// What is set aside without being fetched.
        var faults: [MailboxBatch.Fault] = []
        /// What is passed over for now.
        var waiting: [MailboxBatch.Fault] = []
        /// Up to where the folder is read once the portion is stored.
        var lastUID: UInt32 = 0
    }

    private(set) var portions: [Portion] = []

    /// `isWanted` tells what is read at all; `lastUID`: up to where the listing tells of everything.
    init(_ entries: [MessageEntry], upTo lastUID: UInt32, sizeLimit: Int, isWanted: (MessageEntry) -> Bool) {
        var portion = Portion()
        var octets: UInt64 = 0
        func end() {
            if !portion.uids.isEmpty || !portion.faults.isEmpty { portions.append(portion) }
            portion = Portion()
            octets = 0
        }
        for entry in entries where isWanted(entry) {
            let size = entry.size ?? 0
            if portion.uids.count >= Self.messageLimit
                || !portion.uids.isEmpty && octets + min(size, 1 << 40) > Self.octetLimit
            {
                end()
            }
            if size > UInt64(sizeLimit) {
                portion.faults.append(.init(uid: entry.uid, reason: Self.tooLarge(size, limit: sizeLimit)))
            } else {
                portion.uids.append(entry.uid)
                octets += size
            }
            portion.lastUID = entry.uid
        }
        end()
        if portions.isEmpty {
            portions = [Portion(lastUID: lastUID)]
        } else {
            portions[portions.count - 1].lastUID = max(portions[portions.count - 1].lastUID, lastUID)
        }
    }

    static func tooLarge(_ size: UInt64, limit: Int) -> String {
        "too large: \(size) octets, at most \(limit) are taken (smtp.size_limit)"
    }
}
