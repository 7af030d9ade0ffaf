import FoundationEssentials
import IMAPClient
import Logging
import Postgres
import Records

/// One session in a mailbox: reads what is new, marks it, and waits for more, until something ends it.
struct MailboxSession {
    /// How long it waits at most until it looks whether mail is to be tried again.
    private static let look = Duration.seconds(60)

    let account: MailboxAccount
    let lease: MailboxLease
    let door: MailboxDoor
    let pool: PostgresPool
    let logger: Logger
    let client: IMAPClient
    var folder: OpenFolder
    var cursor: MailboxCursor
    var unmarked: [UInt32]
    /// Whether messages are fetched one by one, since the last session ended among them.
    var isCareful: Bool
    /// Whether a mail was given since the last waiting: server and network are well when another one is not to be had.
    var hasFetched = false
    /// Why mail is not marked as configured.
    var notice: String?

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
            // Only now: what ends the session keeps no other mail waiting.
            try await retryWhatWaits()
            // Whatever ends the waiting, the folder is looked at: not every server tells of every mail.
            try await wait()
            hasFetched = false
        }
    }

    /// Waits for mail, for the next look at the folder, or until a mail is to be tried again.
    private func wait() async throws {
        let canIdle = await client.canIdle
        let end = ContinuousClock.now + account.pollInterval
        while .now < end {
            let untilRetry = try await lease.untilRetry(under: cursor.uidValidity, in: pool)
            let slice = min(end - .now, Self.look, untilRetry ?? Self.look)
            guard slice > .zero else { return }
            let sliceEnd = ContinuousClock.now + slice
            if canIdle, try await client.idle(for: slice) { return }
            // Also where the server ends IDLE by itself: it is not asked over and over.
            try await Task.sleep(until: sliceEnd)
        }
        if !canIdle { _ = try await client.noop() }
    }

    /// Marks on the server what is in the journal; one that cannot be marked is none the less read.
    mutating func mark() async throws {
        guard !unmarked.isEmpty else { return }
        if notice == nil {
            do {
                switch account.after {
                case .leave: break
                case .seen, .keyword:
                    if let flag = account.after.flag { try await client.set(flag, on: unmarked) }
                case .move(let folder): try await client.move(unmarked, to: folder)
                }
            } catch IMAPError.refused(let command, let condition) where condition.isOfTheMoment {
                // It stays noted as not marked.
                return logger.notice("mail is marked later", metadata: ["reason": "\(command): \(condition)"])
            } catch IMAPError.refused(let command, let condition) {
                notice = "\(command) is refused: \(condition)"
                logger.warning("mail is not marked", metadata: ["reason": "\(command): \(condition)"])
            }
        }
        try await lease.marked(unmarked, in: pool)
        unmarked = []
    }
}
