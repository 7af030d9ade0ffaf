import Jobs
import Postgres

/// What a session read up to a UID: the mail to store, and what it sets aside.
package struct MailboxBatch: Sendable {
    /// A mail that is set aside, and why.
    package struct Fault: Hashable, Sendable {
        package var uid: UInt32
        package var reason: String

        package init(uid: UInt32, reason: String) {
            self.uid = uid
            self.reason = reason
        }
    }

    package var arrivals: [Arrival] = []
    /// What is set aside until a person wants it tried again.
    package var faults: [Fault] = []
    /// What was not given this time and is tried again.
    package var waiting: [Fault] = []
    /// What waited or was set aside and does so no longer.
    package var settled: [UInt32] = []
    /// Whether another mail was given in the same session as those that wait were not.
    package var isProven = false
    package var lastUID: UInt32
    /// Whether what is stored is to be marked on the server.
    package var marks: Bool

    package init(lastUID: UInt32, marks: Bool) {
        self.lastUID = lastUID
        self.marks = marks
    }

    fileprivate var marked: [Int64] {
        marks ? arrivals.compactMap { $0.envelope.mailbox.map { Int64($0.uid) } } : []
    }
}

extension Journal {
    /// What came of a batch.
    package struct MailboxResult: Hashable, Sendable {
        /// Mails that were not in the journal before.
        package var new = 0
        /// What the journal refuses, which is set aside like the batch's own.
        package var refused: [MailboxBatch.Fault] = []
    }

    /// Stores what was read from a mailbox and moves its cursor, in one transaction.
    ///
    /// A mail that the database refuses is set aside, the others are stored one by one. Throws ``MailboxLease/Lost`` with nothing
    /// stored when the lease is over.
    package func append(_ batch: MailboxBatch, under lease: MailboxLease) async throws -> MailboxResult {
        let result: MailboxResult
        do {
            result = MailboxResult(new: try await store(batch, under: lease))
        } catch let error where !(error is MailboxLease.Lost) {
            guard case .refused(let reason) = JournalError(error) else { throw error }
            result = try await isolate(batch, reason, under: lease)
        }
        if result.new > 0 { [ReadJob.queue, ReadJob.largeQueue].forEach(queue.wake) }
        return result
    }

    /// Stores each by itself; the one that is refused alone is the bad one.
    private func isolate(
        _ batch: MailboxBatch, _ reason: String, under lease: MailboxLease
    ) async throws -> MailboxResult {
        var rest = batch
        rest.arrivals = []
        guard batch.arrivals.count > 1 else {
            let refused = batch.arrivals.compactMap { arrival in
                arrival.envelope.mailbox.map {
                    MailboxBatch.Fault(uid: $0.uid, reason: "the journal refuses it: \(reason)")
                }
            }
            rest.faults += refused
            return MailboxResult(new: try await store(rest, under: lease), refused: refused)
        }
        // Before the cursor passes them: whatever ends this midway, each is noted somewhere.
        var noted = rest
        (noted.lastUID, noted.settled) = (0, [])
        var result = MailboxResult(new: try await store(noted, under: lease))
        for arrival in batch.arrivals {
            var single = MailboxBatch(lastUID: arrival.envelope.mailbox?.uid ?? batch.lastUID, marks: batch.marks)
            single.arrivals = [arrival]
            let one = try await append(single, under: lease)
            result.new += one.new
            result.refused += one.refused
        }
        (rest.faults, rest.waiting) = ([], [])
        rest.settled.removeAll { uid in result.refused.contains { $0.uid == uid } }
        _ = try await store(rest, under: lease)
        return result
    }

    /// The cursor is moved last: until then its row is free, so that the lease can be renewed however long this takes, and
    /// a node that lost it meanwhile stores nothing.
    private func store(_ batch: MailboxBatch, under lease: MailboxLease) async throws -> Int {
        let rows = batch.arrivals.map(ArrivalRow.init)
        let small = rows.filter { $0.octets != nil }
        return try await pool.transaction { transaction in
            var new = 0
            for row in rows {
                guard case .file(let path, _) = row.arrival.content else { continue }
                let receipt = try await ArrivalRecords.insertLarge(row, file: path, in: transaction) {}
                new += receipt.duplicate ? 0 : 1
            }
            var statements: [SQL] = []
            if !small.isEmpty { statements.append(ArrivalRecords.insertion(of: small)) }
            statements += lease.faultStatements(for: batch)
            statements.append(Self.advance(to: batch, under: lease))
            let results = try await transaction.pipeline(statements)
            try MailboxLease.check(results[statements.count - 1])
            if !small.isEmpty {
                new += try results[0].reduce(0) { try $0 + ($1.decode(Int64?.self) == nil ? 0 : 1) }
            }
            return new
        }
    }

    private static func advance(to batch: MailboxBatch, under lease: MailboxLease) -> SQL {
        // What was stored or set aside is progress: the next failure is the first of its kind.
        let isProgress = !batch.arrivals.isEmpty || !batch.faults.isEmpty || !batch.settled.isEmpty
        return """
            UPDATE brevdue.mailbox SET failures = CASE WHEN \(isProgress) THEN 0 ELSE failures END,
                last_uid = greatest(last_uid, \(Int64(batch.lastUID))),
                unmarked = unmarked || \(batch.marked)
            WHERE \(lease.held) RETURNING term
            """
    }
}
