import Cryptography
import Foundation
import Postgres
import Records
import TestSupport
import Testing

/// What is known of a mailbox, in the database: its lease, its cursor, and mail that was not given.
@Suite("Mailboxes in the database", .serialized)
struct MailboxTests {
    private static let key = MailboxKey(account: "salg", folder: "INBOX")
    private static let cursor = MailboxCursor(uidValidity: 9, lastUID: 4, oldUID: 4, since: nil)

    private func lease(_ pool: PostgresPool, node: String = "a") async throws -> MailboxLease {
        let lease = try #require(try await MailboxLease.take(Self.key, node: node, for: .seconds(60), in: pool))
        if lease.cursor == nil { try await lease.begin(at: Self.cursor, in: pool) }
        return lease
    }

    private func arrival(_ uid: UInt32, _ octets: [UInt8]? = nil) -> Arrival {
        let octets = octets ?? Array("Subject: \(uid)\r\n\r\nHej\r\n".utf8)
        var envelope = ArrivalEnvelope(from: "kunde@nordlys.example", recipients: [])
        envelope.mailbox = MailboxPlace(
            account: Self.key.account, folder: Self.key.folder, uidValidity: 9, uid: uid, returnPath: nil, isOld: false,
            authservID: nil)
        return Arrival(
            door: .imap, receivedAt: Date(), envelope: envelope, trusted: false, trace: nil, content: .memory(octets),
            digest: SHA256.hash(octets))
    }

    private func batch(_ uids: UInt32..., waiting: [UInt32] = [], settled: [UInt32] = []) -> MailboxBatch {
        var batch = MailboxBatch(lastUID: (uids + waiting).max() ?? 0, marks: true)
        batch.arrivals = uids.map { arrival($0) }
        batch.waiting = waiting.map { .init(uid: $0, reason: "the session ended") }
        batch.settled = settled
        return batch
    }

    private func stored(_ pool: PostgresPool) async throws -> Int64 {
        try await pool.query("SELECT count(*) FROM brevdue.arrival")[0].decode(Int64.self)
    }

    @Test("1: mail and cursor move in one transaction, what is to be marked is noted in it", .timeLimit(.minutes(1)))
    func cursor() async throws {
        try await withRecords { pool, journal in
            let first = try await lease(pool)
            #expect(try await journal.append(batch(5, 6), under: first).new == 2)
            let second = try await lease(pool)
            #expect(second.cursor?.lastUID == 6 && second.unmarked == [5, 6])
            // The same again, as after a crash before anything was marked: known, and the cursor does not go back.
            #expect(try await journal.append(batch(5), under: second).new == 0)
            try await second.marked([5, 6], in: pool)
            let third = try await lease(pool)
            #expect(third.cursor?.lastUID == 6 && third.unmarked == [])
            #expect(try await stored(pool) == 2)
        }
    }

    @Test("A node that lost the lease stores nothing", .timeLimit(.minutes(1)))
    func lost() async throws {
        try await withRecords { pool, journal in
            let old = try await lease(pool)
            #expect(try await MailboxLease.take(Self.key, node: "b", for: .seconds(60), in: pool) == nil)
            try await old.release(in: pool)
            let new = try await lease(pool, node: "b")
            await #expect(throws: MailboxLease.Lost.self) { try await journal.append(batch(5), under: old) }
            #expect(try await stored(pool) == 0)
            #expect(try await journal.append(batch(5), under: new).new == 1)
            #expect(try await !old.renew(for: .seconds(60), in: pool))
        }
    }

    @Test("The lease is renewed beside a store, however long that takes", .timeLimit(.minutes(1)))
    func renewedBesideStore() async throws {
        try await withRecords { pool, journal in
            let lease = try await lease(pool)
            _ = try await pool.query(
                "UPDATE brevdue.mailbox SET leased_until = clock_timestamp() + interval '20 seconds'")
            let store: Task<Journal.MailboxResult, any Error> = try await pool.transaction { transaction in
                // Stands for a store that takes long: its rows cannot come in until this lock is given up.
                _ = try await transaction.query("LOCK TABLE brevdue.arrival_key IN EXCLUSIVE MODE")
                let store = Task { try await journal.append(batch(5), under: lease) }
                try await until("the store waits") {
                    try await pool.query(
                        """
                        SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'brevdue.arrival_key'::regclass
                        """)[0].decode(Int64.self) == 1
                }
                let renewal = Task { try await lease.renew(for: .seconds(60), in: pool) }
                defer { renewal.cancel() }
                try await until("the lease is renewed", within: .seconds(5)) {
                    try await pool.query(
                        "SELECT leased_until > clock_timestamp() + interval '30 seconds' FROM brevdue.mailbox")[0]
                        .decode(
                            Bool.self)
                }
                return store
            }
            #expect(try await store.value.new == 1)
        }
    }

    // MARK: Mail that was not given

    private func fault(_ uid: UInt32, _ pool: PostgresPool) async throws -> MailboxFault? {
        try await MailboxFault.list(of: nil, limit: 100, in: pool).first { $0.uid == uid }
    }

    private func makeDue(_ pool: PostgresPool) async throws {
        _ = try await pool.query("UPDATE brevdue.mailbox_fault SET retry_at = now() WHERE retry_at IS NOT NULL")
    }

    @Test("Mail that was not given waits while what is behind it is stored", .timeLimit(.minutes(1)))
    func waits() async throws {
        try await withRecords { pool, journal in
            let lease = try await lease(pool)
            _ = try await journal.append(batch(6, waiting: [5]), under: lease)
            #expect(try await self.lease(pool).cursor?.lastUID == 6)
            let again = try await self.lease(pool)
            #expect(try await again.due(under: 9, in: pool) == [5])
            #expect(try await again.due(under: 8, in: pool) == [])
            let status = try await MailboxStatus.all([Self.key], in: pool, patience: .seconds(5))
            #expect(status.map(\.waiting) == [1] && status.map(\.setAside) == [0])
            #expect(try await !again.retry(5, under: 9, isProven: false, in: pool))
            let wait = try #require(try await again.untilRetry(under: 9, in: pool))
            #expect(wait > .seconds(1) && wait < .seconds(5))
            // At last it is given.
            #expect(try await journal.append(batch(5, settled: [5]), under: again).new == 1)
            #expect(try await fault(5, pool) == nil)
            #expect(try await again.untilRetry(under: 9, in: pool) == nil)
            #expect(try await self.lease(pool).cursor?.lastUID == 6)
        }
    }

    private func age(_ hours: Int32, _ pool: PostgresPool) async throws {
        _ = try await pool.query("UPDATE brevdue.mailbox_fault SET at = at - make_interval(hours => \(hours))")
    }

    @Test(
        "It is set aside once others are given and it was asked for three times in six hours", .timeLimit(.minutes(1)))
    func proven() async throws {
        try await withRecords { pool, journal in
            let lease = try await lease(pool)
            _ = try await journal.append(batch(6, waiting: [5, 7]), under: lease)
            #expect(try await !lease.retry(5, under: 9, isProven: true, in: pool))
            // Only this one was found wanting; the other is due as before.
            #expect(try await lease.due(under: 9, in: pool) == [7])
            try await makeDue(pool)
            #expect(try await lease.due(under: 9, in: pool) == [7, 5])
            #expect(try await !lease.retry(5, under: 9, isProven: false, in: pool), "too early")
            try await age(6, pool)
            #expect(try await lease.retry(5, under: 9, isProven: false, in: pool))
            #expect(try await fault(5, pool)?.state == .setAside)
            #expect(try await lease.due(under: 9, in: pool).isEmpty, "without proof the others are left alone too")
        }
    }

    @Test("Where none is given all are tried for ever, in turn and ever more seldom", .timeLimit(.minutes(1)))
    func outage() async throws {
        try await withRecords { pool, journal in
            let lease = try await lease(pool)
            _ = try await journal.append(batch(waiting: [5, 6]), under: lease)
            var tried: [UInt32] = []
            for _ in 0..<20 {
                let uid = try #require(try await lease.due(under: 9, in: pool).first)
                tried.append(uid)
                #expect(try await !lease.retry(uid, under: 9, isProven: false, in: pool))
                #expect(try await lease.due(under: 9, in: pool).isEmpty)
                try await makeDue(pool)
            }
            #expect(tried.filter { $0 == 5 }.count == 10)
            _ = try await lease.retry(5, under: 9, isProven: false, in: pool)
            let wait = try #require(try await lease.untilRetry(under: 9, in: pool))
            #expect(wait > .seconds(800) && wait <= .seconds(901))
            // One of them is given: the other need not wait for its time.
            _ = try await journal.append(batch(6, settled: [6]), under: lease)
            #expect(try await lease.due(under: 9, in: pool) == [5])
        }
    }

    @Test(
        "The only one is set aside after six attempts and a day; what is put off does not count",
        .timeLimit(.minutes(1)))
    func lone() async throws {
        try await withRecords { pool, journal in
            let lease = try await lease(pool)
            _ = try await journal.append(batch(waiting: [5]), under: lease)
            for attempt in 2...5 {
                #expect(try await !lease.retry(5, under: 9, isProven: false, in: pool))
                #expect(try await fault(5, pool)?.attempts == attempt)
            }
            try await age(24, pool)
            #expect(try await lease.retry(5, under: 9, isProven: false, in: pool))
            try await lease.putOff(5, under: 9, in: pool)
            #expect(try await fault(5, pool)?.state == .waiting)
            #expect(try await lease.retry(5, under: 9, isProven: false, in: pool))
            #expect(try await fault(5, pool)?.state == .setAside)
        }
    }

    @Test("A person lets mail be tried again, one or all, but none of an earlier UIDVALIDITY", .timeLimit(.minutes(1)))
    func byHand() async throws {
        try await withRecords { pool, journal in
            let lease = try await lease(pool)
            var aside = batch()
            aside.faults = [.init(uid: 5, reason: "too large"), .init(uid: 6, reason: "too large")]
            _ = try await journal.append(aside, under: lease)
            #expect(try await lease.due(under: 9, in: pool) == [])
            #expect(try await MailboxFault.retry(7, of: "salg", folder: nil, in: pool) == [])
            #expect(try await MailboxFault.retry(5, of: "post", folder: nil, in: pool) == [])
            #expect(try await MailboxFault.retry(5, of: "salg", folder: "Andre", in: pool) == [])
            #expect(try await MailboxFault.retry(5, of: "salg", folder: nil, in: pool).map(\.uid) == [5])
            #expect(try await lease.due(under: 9, in: pool) == [5])
            #expect(try await MailboxFault.retry(nil, of: "salg", folder: "INBOX", in: pool).count == 2)
            #expect(try await lease.due(under: 9, in: pool) == [5, 6])
            try await lease.begin(
                at: MailboxCursor(uidValidity: 10, lastUID: 0, oldUID: 7, since: nil), in: pool)
            #expect(try await MailboxFault.retry(nil, of: "salg", folder: nil, in: pool) == [])
            #expect(try await MailboxFault.list(of: "salg", limit: 1, in: pool).map(\.uid) == [6])
        }
    }

    @Test("What the journal refuses is set aside, the rest of its batch is stored", .timeLimit(.minutes(1)))
    func refused() async throws {
        try await withRecords { pool, journal in
            let lease = try await lease(pool)
            var batch = batch(5, 7)
            batch.arrivals.insert(arrival(6, Array(repeating: 0x78, count: 1 << 20 + 1)), at: 1)
            batch.waiting = [.init(uid: 4, reason: "the server answers NO")]
            let result = try await journal.append(batch, under: lease)
            #expect(result.new == 2 && result.refused.map(\.uid) == [6])
            #expect(try await fault(6, pool)?.state == .setAside)
            #expect(try await fault(4, pool)?.state == .waiting)
            #expect(try await pool.query("SELECT unmarked FROM brevdue.mailbox")[0].decode([Int64].self) == [5, 7])
            #expect(try await self.lease(pool).cursor?.lastUID == 7)
        }
    }
}
