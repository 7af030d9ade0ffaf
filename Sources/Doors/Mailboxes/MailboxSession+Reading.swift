import IMAPClient
import Logging
import Records

/// Reading a folder: what is new, at first in portions, one by one after a failure, and at last what waits.
extension MailboxSession {
    /// Reads the folder to its end.
    mutating func read(uidNext: UInt32?) async throws {
        if isCareful { try await readCarefully(uidNext: uidNext) }
        isCareful = false
        var scan = FolderScan(after: cursor.lastUID, uidNext: uidNext)
        while let range = scan.range {
            let entries = try await entries(range)
            guard let known = scan.took(entries) else { break }
            let plan = FetchPlan(entries, upTo: known, sizeLimit: account.server.contentLimit, isWanted: isWanted)
            try await carryOut(plan)
        }
    }

    /// Lists a range with the sizes of its messages.
    private func entries(_ range: (first: UInt32, last: UInt32?)) async throws -> [MessageEntry] {
        let limit = FolderScan.entryLimit
        if let last = range.last { return try await client.entries(from: range.first, to: last, limit: limit) }
        // `n:*` names the last message even where there is none above it. A server opens a message to tell its size, and
        // that one may be what it cannot open: so sizes are asked of none but those that are new.
        let new = try await client.entries(from: range.first, to: nil, limit: limit, sizes: false)
        guard let last = new.last?.uid else { return [] }
        return try await client.entries(from: range.first, to: last, limit: limit)
    }

    /// Reads the next messages one by one, past the one that ended the last session: servers end it over a mail that they
    /// cannot give, and it would end every session to come.
    ///
    /// Whatever was at fault, nothing is lost: what is passed over is tried again when all else is read.
    private mutating func readCarefully(uidNext: UInt32?) async throws {
        var scan = FolderScan(after: cursor.lastUID, uidNext: uidNext)
        var entries: [MessageEntry] = []
        while entries.isEmpty, let range = scan.range {
            entries = try await client.entries(
                from: range.first, to: range.last, limit: 2 * FetchPlan.messageLimit, sizes: false)
            _ = scan.took(entries)
        }
        for entry in entries where isWanted(entry) {
            var portion = FetchPlan.Portion(lastUID: entry.uid)
            if entry.uid == lease.suspect {
                let reason = "the session ended while it was fetched: \(lease.lastError ?? "")"
                portion.waiting = [.init(uid: entry.uid, reason: reason)]
                try await store(portion, [])
            } else {
                portion.uids = [entry.uid]
                try await lease.suspect(entry.uid, in: pool)
                try await client.beginFetch(portion.uids)
                try await store(portion, try await client.finishFetch() ?? [])
            }
        }
        try await mark()
    }

    /// Asks once more for mail that was not given before, where its time has come.
    mutating func retryWhatWaits() async throws {
        for uid in try await lease.due(under: cursor.uidValidity, in: pool) {
            let isLast = try await lease.retry(uid, under: cursor.uidValidity, isProven: hasFetched, in: pool)
            logger.notice("mail is asked for again", metadata: ["uid": "\(uid)", "last_time": "\(isLast)"])
            do {
                try await client.beginFetch([uid])
                try await store(.init(uids: [uid]), try await client.finishFetch() ?? [], isRetry: true)
            } catch IMAPError.unavailable(let words) {
                logger.notice("mail is not given for now", metadata: ["uid": "\(uid)", "reason": "\(words)"])
                // Where others are given it is this one's fault, and counts.
                guard !hasFetched else { continue }
                return try await lease.putOff(uid, under: cursor.uidValidity, in: pool)
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

    private mutating func store(
        _ portion: FetchPlan.Portion, _ outcomes: [FetchOutcome], isRetry: Bool = false
    ) async throws {
        let outcome = try await door.store(
            portion, outcomes, cursor: cursor, under: lease, isRetry: isRetry, isProven: hasFetched)
        cursor.lastUID = max(cursor.lastUID, portion.lastUID)
        if account.after != .leave { unmarked += outcome.stored }
        for fault in outcome.faults {
            logger.warning("mail set aside", metadata: ["uid": "\(fault.uid)", "reason": "\(fault.reason)"])
        }
        for fault in outcome.waiting {
            logger.warning("mail not given", metadata: ["uid": "\(fault.uid)", "reason": "\(fault.reason)"])
        }
        guard !outcome.stored.isEmpty else { return }
        hasFetched = true
        logger.info(
            "mail read",
            metadata: [
                "count": "\(outcome.stored.count)", "new": "\(outcome.new)", "last_uid": "\(cursor.lastUID)",
            ])
    }
}
