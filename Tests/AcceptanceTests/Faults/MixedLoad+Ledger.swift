import Foundation
import Postgres
import TestSupport
import Testing

extension MixedLoad {
    /// What came of everything.
    struct Figures: Sendable, CustomStringConvertible {
        var acknowledged: Int
        var failures: [String: Int]
        var delivered: Int
        var mails: Int
        /// Mails with an attempt of which nobody knew how it ended.
        var uncertain: Int
        /// Mails that the relay received more than once.
        var repeated: Int

        var description: String {
            "\(acknowledged) by SMTP, \(delivered) by IMAP, \(mails) sent, \(uncertain) of them once uncertain, "
                + "\(repeated) received again; senders heard \(failures)"
        }
    }

    /// Has the senders end and everything be done by the daemon, which runs; then compares what was acknowledged, delivered
    /// and received with the journal and the outbox.
    ///
    /// `others`: Message-IDs of what was sent beside the senders.
    @discardableResult
    func settle(
        at daemon: TestDaemon, others: [String] = [], within limit: Duration = .seconds(120)
    ) async throws -> Figures {
        let pool = daemon.pool()
        defer { pool.close() }
        do {
            try await senders.finish(within: limit)
            try await expectIntake(at: daemon, others: others, within: limit)
            try await expectMailbox(pool, within: limit)
            let figures = try await expectOutbox(pool, within: limit)
            let spool = try? FileManager.default.contentsOfDirectory(atPath: daemon.data + "/spool")
            #expect(spool?.isEmpty != false, "\(spool ?? [])")
            return figures
        } catch {
            throw TestFailure("\(error)\nsenders heard \(senders.failures)\n\(daemon.logTail)\n\(dovecot.log)")
        }
    }

    /// Each 250 stands for one arrival with the octets that were sent, one message and one answer; there are no others.
    private func expectIntake(at daemon: TestDaemon, others: [String], within limit: Duration) async throws {
        let acknowledged = senders.acknowledged
        #expect(Set(acknowledged).count == acknowledged.count)
        #expect(senders.failures.keys.filter { $0.hasPrefix("5") }.isEmpty, "\(senders.failures)")
        let counts = try await daemon.settle(acknowledged.map(\.messageID) + others, within: limit)
        #expect(counts.count == acknowledged.count + others.count)
        let wrong = counts.filter { $0.value != [1, 1, 1] }
        #expect(wrong.isEmpty, "arrivals, messages and answers of \(wrong.count): \(wrong.prefix(5))")
        let pool = daemon.pool()
        defer { pool.close() }
        let kept = try await pool.query(
            """
            SELECT m.message_id, encode(sha256(coalesce(a.raw, (SELECT string_agg(octets, ''::bytea ORDER BY ordinal)
                FROM brevdue.arrival_part WHERE arrival_id = a.id))), 'hex')
            FROM brevdue.arrival a LEFT JOIN brevdue.message m ON m.id = a.id WHERE a.door = 'smtp'
            """
        ).map { row in
            let (id, sha256) = try row.decode(String?.self, String?.self)
            return PersistentSenders.Acknowledged(messageID: id ?? "", sha256: sha256 ?? "")
        }.filter { !others.contains($0.messageID) }
        #expect(kept.count == acknowledged.count)
        let different = Set(kept).symmetricDifference(acknowledged)
        #expect(different.isEmpty, "journal and ledger differ: \(different.prefix(5))")
        #expect(try await daemon.count("SELECT count(*) FROM brevdue.job_dead") == 0)
    }

    /// Each mail of the mailbox is in the journal once, none is set aside, and all are marked on the server.
    private func expectMailbox(_ pool: PostgresPool, within limit: Duration) async throws {
        let arrivals: SQL = """
            SELECT count(*), count(DISTINCT sha256), count(DISTINCT m.message_id) FROM brevdue.arrival a
            LEFT JOIN brevdue.message m ON m.id = a.id WHERE a.door = 'imap'
            """
        let expected = Int64(delivered.count)
        try await until("the mailbox is read", within: limit) {
            // Its pauses after failures are not waited for.
            _ = try await pool.query("UPDATE brevdue.mailbox SET retry_at = '-infinity' WHERE retry_at <> '-infinity'")
            let (all, _, read) = try await pool.query(arrivals)[0].decode(Int64.self, Int64.self, Int64.self)
            return all >= expected && read >= expected
        }
        try await until("its mails are marked", within: limit) {
            dovecot.files().filter { $0.hasSuffix(":2,S") }.count == delivered.count
        }
        let (all, distinct, read) = try await pool.query(arrivals)[0].decode(Int64.self, Int64.self, Int64.self)
        #expect([all, distinct, read] == [expected, expected, expected])
        let faults = try await pool.query("SELECT reason FROM brevdue.mailbox_fault")
            .map { try $0.decode(String.self) }
        #expect(faults.isEmpty, "set aside: \(faults)")
    }

    /// The relay got each mail once, and more often only after an attempt of which nobody knows how it ended.
    private func expectOutbox(_ pool: PostgresPool, within limit: Duration) async throws -> Figures {
        let unsettled: SQL = """
            SELECT count(*) FROM brevdue.outbox WHERE state IN ('queued', 'sending', 'deferred')
            """
        try await wait(for: unsettled, "all mails were tried", pool, within: limit)
        // Now already: an attempt that is uncertain may have reached the relay or not, and any other has once.
        let early = try await compare(pool)
        // What the server does by its clock alone: a quarter of an hour later uncertain mails go out again.
        _ = try await pool.query(
            "UPDATE brevdue.job SET run_at = clock_timestamp() WHERE queue = 'send' AND state = 's'")
        try await wait(
            for: "SELECT count(*) FROM brevdue.outbox WHERE state <> 'sent'", "all mails are sent", pool, within: limit)
        let late = try await compare(pool)
        #expect(late.repeated <= early.uncertain)
        return Figures(
            acknowledged: senders.acknowledged.count, failures: senders.failures, delivered: delivered.count,
            mails: late.mails, uncertain: early.uncertain, repeated: late.repeated)
    }

    private func wait(for count: SQL, _ what: String, _ pool: PostgresPool, within limit: Duration) async throws {
        try await until(what, within: limit) { try await pool.query(count)[0].decode(Int64.self) == 0 }
    }

    /// Compares what the relay received with the attempts of the outbox.
    private func compare(_ pool: PostgresPool) async throws -> (mails: Int, uncertain: Int, repeated: Int) {
        // What broke off in its header is no mail.
        let identifiers = sink.mails.compactMap { mail in
            mail.split(separator: "\n").first { $0.lowercased().hasPrefix("message-id:") }
                .map { $0.dropFirst(11).trimmingCharacters(in: .whitespaces) }
        }
        let received = identifiers.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        let rows = try await pool.query(
            """
            SELECT o.message_id, o.state, count(*) FILTER (WHERE t.outcome = 'sent'),
                count(*) FILTER (WHERE t.outcome = 'uncertain'), count(*) FILTER (WHERE t.outcome = 'began')
            FROM brevdue.outbox o LEFT JOIN brevdue.outbox_attempt t ON t.outbox_id = o.id GROUP BY o.id
            """)
        var known: Set<String> = []
        var wrong: [String] = []
        var uncertainMails = 0
        for row in rows {
            let (id, state, sent, uncertain, open) = try row.decode(
                String.self, String.self, Int64.self, Int64.self, Int64.self)
            known.insert(id)
            uncertainMails += uncertain > 0 ? 1 : 0
            let count = Int64(received[id] ?? 0)
            let isExplained =
                open == 0 && sent == (state == "sent" ? 1 : 0) && (sent...sent + uncertain).contains(count)
            if !isExplained {
                wrong.append("\(id) \(state): received \(count), sent \(sent), uncertain \(uncertain), open \(open)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(5))")
        #expect(Set(received.keys).isSubset(of: known))
        return (rows.count, uncertainMails, received.values.filter { $0 > 1 }.count)
    }
}

extension TestDaemon {
    fileprivate func count(_ query: SQL) async throws -> Int64 {
        let pool = pool()
        defer { pool.close() }
        return try await pool.query(query).first?.decode(Int64.self) ?? 0
    }
}
