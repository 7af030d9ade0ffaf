import Correspondence
import Extraction
import Foundation
import Mail
import Postgres
import Rules
import Synchronization
import TestSupport

@testable import Jobs
@testable import Records
@testable import Workflow

/// Reads attachments as a test says, and counts.
final class ScriptedReader: AttachmentReader {
    private let readings: Mutex<[String: [AttachmentReading]]>
    private let asked = Mutex<[String]>([])

    /// By the name of the file, one after the other; the last one for ever.
    init(_ readings: [String: [AttachmentReading]]) { self.readings = Mutex(readings) }

    /// Names of the files that were read, in order.
    var names: [String] { asked.withLock { $0 } }

    func reading(of octets: [UInt8], contentType: String, filename: String?) async -> AttachmentReading {
        let name = filename ?? ""
        asked.withLock { $0.append(name) }
        return readings.withLock { readings in
            guard let left = readings[name], let first = left.first else {
                return AttachmentReading(outcome: .text, text: String(decoding: octets, as: UTF8.self))
            }
            if left.count > 1 { readings[name] = Array(left.dropFirst()) }
            return first
        }
    }
}

/// The steps from arrival to summary on a database of its own, driven one by one.
struct ExtractDesk: Sendable {
    let pool: PostgresPool
    let queue: JobQueue
    let reader: ScriptedReader
    private let shelf: RuleShelf

    static let from = Mailbox(name: "Brevdue", address: "leads@fjordtek.example")
    static let house = House(
        own: OwnPeople(domains: ["fjordtek.example"]), numbers: [], from: from, intake: ["leads@fjordtek.example"],
        replyTo: from, publicURL: nil)
    private static let replies = ReplyAddress(intake: from, key: [UInt8](repeating: 7, count: 32))
    private static let policy = AttachmentPolicy()

    static func with(
        _ readings: [String: [AttachmentReading]] = [:], _ body: @Sendable (ExtractDesk) async throws -> Void
    ) async throws {
        try await withRecords { pool, _ in
            let shelf = RuleShelf(try RuleBook(try RuleFolder.load(Repository.rules)))
            try await RuleSets.activate(shelf.current.rules, in: pool)
            try await body(
                ExtractDesk(
                    pool: pool, queue: JobQueue(pool: pool, logger: TestCluster.logger),
                    reader: ScriptedReader(readings),
                    shelf: shelf))
        }
    }

    /// A mail that a door took from one of our own people.
    ///
    /// `sender`: the envelope's; `user`: who logged in. `skew`: seconds that the clock of the door's node is ahead.
    @discardableResult
    func arrive(
        _ octets: [UInt8], isTrusted: Bool = true, from sender: String? = nil, user: String? = nil,
        skew: TimeInterval = 0
    ) async throws -> Int64 {
        let sender = sender ?? (isTrusted ? "jh@fjordtek.example" : "mly@vestklit.example")
        let login = user.map { ",\"user\":\"\($0)\"" } ?? ""
        let envelope = "{\"from\":\"\(sender)\",\"recipients\":[\"leads@fjordtek.example\"]\(login)}"
        let id = try await pool.query("SELECT nextval('brevdue.arrival_id')")[0].decode(Int64.self)
        _ = try await pool.pipeline([
            """
            INSERT INTO brevdue.arrival (id, received_at, door, envelope, trusted, sha256, size, raw)
            VALUES (\(id), \(Date() + skew), 'upload', \(envelope)::json, \(isTrusted),
                sha256(\(octets)), \(Int64(octets.count)), \(octets))
            """,
            JobQueue.insert([ReadJob.new(arrival: id, isLarge: false)]),
        ])
        return id
    }

    func read() async throws {
        let step = ReadStep(
            house: Self.house, replies: Self.replies, shelf: shelf, policy: Self.policy, logger: TestCluster.logger)
        try await work(ReadJob.queue, step)
    }

    func extract() async throws {
        let step = ExtractStep(
            pool: pool, house: Self.house, reader: reader, policy: Self.policy, logger: TestCluster.logger)
        for job in try await queue.claim(ExtractJob.queue, limit: 10, node: 1) {
            try await step.perform(job, lease: Lease(job: job, queue: queue))
        }
    }

    func reconsider() async throws {
        try await work(ReconsiderJob.queue, ReconsiderStep(house: Self.house, shelf: shelf))
    }

    func answer() async throws {
        try await work(
            AnswerJob.queue, AnswerStep(house: Self.house, replies: Self.replies, shelf: shelf, sends: false))
    }

    private func work(_ name: String, _ step: some BatchHandler) async throws {
        let jobs = try await queue.claim(name, limit: 32, node: 1)
        try await pool.transaction { transaction in
            let ours = try await queue.finish(jobs, in: transaction)
            if !ours.isEmpty { try await step.handle(ours, in: transaction) }
        }
    }

    /// Ends all waiting, as the clock would.
    func passTime() async throws {
        _ = try await pool.pipeline([
            "UPDATE brevdue.job SET state = 'r', run_at = now() - interval '1 minute' WHERE state = 's'",
            """
            ALTER TABLE brevdue.arrival DISABLE TRIGGER append_only
            """,
            "UPDATE brevdue.arrival SET stored_at = stored_at - interval '20 seconds'",
        ])
    }

    /// Makes all jobs ready that were put off, as if their time had come, and nothing older.
    func due() async throws {
        _ = try await pool.query("UPDATE brevdue.job SET state = 'r', run_at = now() WHERE state = 's'")
    }

    // MARK: What came of it

    /// Jobs of a queue, `s` for those that wait for their time, `r` for ready ones.
    func jobs(_ name: String) async throws -> [String] {
        try await pool.query("SELECT state::text FROM brevdue.job WHERE queue = \(name) ORDER BY id").map {
            try $0.decode(String.self)
        }
    }

    /// To whom summaries go, in the order of their making.
    func readers() async throws -> [String] {
        try await pool.query("SELECT recipient FROM brevdue.outbox WHERE kind = 'sales_summary' ORDER BY id").map {
            try $0.decode(String.self)
        }
    }

    func summaries() async throws -> [Letter] {
        try await pool.query("SELECT octets FROM brevdue.outbox WHERE kind = 'sales_summary' ORDER BY id").map {
            try Letter(try $0.decode([UInt8].self), reading: ReadingOptions())
        }
    }

    /// Company and state of each message.
    func messages() async throws -> [String] {
        try await pool.query(
            """
            SELECT coalesce(cvr, cvr_status) || ' ' || state || CASE WHEN awaits_contents THEN ' waits' ELSE '' END
            FROM brevdue.message ORDER BY id
            """
        ).map { try $0.decode(String.self) }
    }

    func count(_ table: String) async throws -> Int64 {
        try await pool.query("SELECT count(*) FROM brevdue.\(unsafe: table)")[0].decode(Int64.self)
    }
}
