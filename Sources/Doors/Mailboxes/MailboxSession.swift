import FoundationEssentials
import IMAPClient
import Logging
import Postgres
import Records

/// One session in a mailbox: reads what is new, marks it, and waits for more, until something ends it.
struct MailboxSession {
    /// How often a mail may end a session that fetched it alone, before it is set aside.
    private static let chances = 2

    let account: MailboxAccount
    let lease: MailboxLease
    let door: MailboxDoor
    let pool: PostgresPool
    let logger: Logger
    private let client: IMAPClient
    private var folder: OpenFolder
    private var cursor: MailboxCursor
    private var unmarked: [UInt32]
    /// Whether messages are fetched one by one, since the last session ended among them.
    private var isCareful: Bool
    /// Why mail is not marked as configured.
    private var notice: String?

    init(
        _ account: MailboxAccount, lease: MailboxLease, client: IMAPClient, door: MailboxDoor, pool: PostgresPool,
        logger: Logger
    ) async throws {
        self.account = account
        self.lease = lease
        self.client = client
        self.door = door
        self.pool = pool
        self.logger = logger
        folder = try await client.open(account.folder, readOnly: account.after == .leave)
        unmarked = lease.unmarked
        isCareful = lease.lastError != nil
        cursor = MailboxCursor(uidValidity: folder.uidValidity ?? 0, lastUID: 0, oldUID: 0, since: nil)
        try await findPlace()
        notice = markingNotice
        if let notice { logger.notice("mail is not marked", metadata: ["reason": "\(notice)"]) }
    }

    /// Goes on where the last session ended, or begins the folder, anew where its UIDs are no longer those.
    private mutating func findPlace() async throws {
        if let known = lease.cursor, known.uidValidity == cursor.uidValidity {
            cursor = known
            return
        }
        let last = if let next = folder.uidNext { next - 1 } else { try await client.lastUID() ?? 0 }
        cursor.oldUID = last
        if lease.cursor != nil {
            // From when the mailbox was first watched: what is in the journal already is known by its content.
            cursor.since = min(account.since ?? lease.createdAt, lease.createdAt)
            unmarked = []
            logger.warning(
                "UIDVALIDITY changed: the folder is scanned again, nothing in it is answered",
                metadata: ["uid_validity": "\(cursor.uidValidity)", "messages": "\(folder.exists)"])
        } else if let since = account.since {
            cursor.since = since
        } else {
            cursor.lastUID = last
        }
        try await lease.begin(at: cursor, in: pool)
    }

    private var markingNotice: String? {
        switch account.after {
        case .leave: return nil
        case .move where folder.isReadOnly: return "the folder is read-only: mail stays in it"
        case .move: return nil
        case .seen, .keyword:
            guard let flag = account.after.flag, !folder.keeps(flag) else { return nil }
            return folder.isReadOnly
                ? "the folder is read-only: mail is not marked" : "the server keeps no flag \(flag): mail is not marked"
        }
    }

    /// Reads and waits until it is cancelled or fails.
    mutating func run() async throws {
        try await mark()
        var uidNext = folder.uidNext
        while true {
            try await read(uidNext: uidNext)
            uidNext = nil
            try await lease.succeeded(notice: notice, in: pool)
            // Whatever ends the waiting, the folder is looked at: not every server tells of every mail.
            if await client.canIdle {
                _ = try await client.idle(for: account.pollInterval)
            } else {
                try await Task.sleep(for: account.pollInterval)
                _ = try await client.noop()
            }
        }
    }

    /// Reads the folder to its end.
    private mutating func read(uidNext: UInt32?) async throws {
        if isCareful { try await readCarefully() }
        isCareful = false
        var scan = FolderScan(after: cursor.lastUID, uidNext: uidNext)
        while let range = scan.range {
            let entries = try await client.entries(from: range.first, to: range.last, limit: FolderScan.entryLimit)
            guard let known = scan.took(entries) else { break }
            let plan = FetchPlan(entries, upTo: known, sizeLimit: account.server.contentLimit, isWanted: isWanted)
            try await carryOut(plan)
        }
    }

    /// Reads the next messages one by one: servers end the session over one that they cannot give, and it would end every
    /// session to come.
    private mutating func readCarefully() async throws {
        let entries = try await client.entries(
            from: max(cursor.lastUID, 1), to: nil, limit: 2 * FetchPlan.messageLimit, sizes: false)
        for entry in entries where entry.uid > cursor.lastUID && isWanted(entry) {
            var portion = FetchPlan.Portion(uids: [entry.uid], lastUID: entry.uid)
            if try await lease.suspect(entry.uid, in: pool) > Self.chances {
                portion.uids = []
                let reason = "the session ended \(Self.chances) times while it was fetched: \(lease.lastError ?? "")"
                portion.faults = [.init(uid: entry.uid, reason: reason)]
                try await store(portion, [])
            } else {
                try await client.beginFetch(portion.uids)
                try await store(portion, try await client.finishFetch() ?? [])
            }
        }
        try await mark()
    }

    private func isWanted(_ entry: MessageEntry) -> Bool {
        guard let since = cursor.since, entry.uid <= cursor.oldUID else { return true }
        // What has no readable date is rather read than missed.
        return entry.internalDate.flatMap(InternalDate.instant).map { $0 >= since } ?? true
    }

    /// Fetches one portion ahead of the one that is being stored.
    private mutating func carryOut(_ plan: FetchPlan) async throws {
        let portions = plan.portions
        if let first = portions.first, !first.uids.isEmpty { try await client.beginFetch(first.uids) }
        for (index, portion) in portions.enumerated() {
            if index + 1 < portions.count, !portions[index + 1].uids.isEmpty {
                try await client.beginFetch(portions[index + 1].uids)
            }
            let outcomes = portion.uids.isEmpty ? [] : try await client.finishFetch() ?? []
            try await store(portion, outcomes)
            if unmarked.count >= 256 { try await mark() }
        }
        try await mark()
    }

    private mutating func store(_ portion: FetchPlan.Portion, _ outcomes: [FetchOutcome]) async throws {
        let (new, stored, faults) = try await door.store(portion, outcomes, cursor: cursor, under: lease)
        cursor.lastUID = max(cursor.lastUID, portion.lastUID)
        if account.after != .leave { unmarked += stored }
        for fault in faults {
            logger.warning("mail set aside", metadata: ["uid": "\(fault.uid)", "reason": "\(fault.reason)"])
        }
        guard !stored.isEmpty else { return }
        logger.info(
            "mail read", metadata: ["count": "\(stored.count)", "new": "\(new)", "last_uid": "\(cursor.lastUID)"])
    }

    /// Marks on the server what is in the journal; one that cannot be marked is none the less read.
    private mutating func mark() async throws {
        guard !unmarked.isEmpty else { return }
        if notice == nil {
            do {
                switch account.after {
                case .leave: break
                case .seen, .keyword:
                    if let flag = account.after.flag { try await client.set(flag, on: unmarked) }
                case .move(let folder): try await client.move(unmarked, to: folder)
                }
            } catch IMAPError.refused(let command, let condition) {
                notice = "\(command) is refused: \(condition)"
                logger.warning("mail is not marked", metadata: ["reason": "\(command): \(condition)"])
            }
        }
        try await lease.marked(unmarked, in: pool)
        unmarked = []
    }
}
