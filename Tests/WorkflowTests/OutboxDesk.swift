import Correspondence
import Cryptography
import Foundation
import Mail
import Postgres
import Rules
import SMTPClient
import TestSupport

@testable import Jobs
@testable import Records
@testable import Workflow

/// An outbox in a database of its own, a relay, and the step that sends, driven job by job.
struct OutboxDesk: Sendable {
    let pool: PostgresPool
    let queue: JobQueue
    let folder: String
    let sink: SMTPSink

    static let own = OwnPeople(domains: ["fjordtek.example"])

    static func with(
        _ behaviour: [String] = [], _ body: @Sendable (OutboxDesk) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder("outbox")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withRecords { pool, _ in
            let sink = try SMTPSink(folder: folder + "/sink", behaviour: behaviour)
            let desk = OutboxDesk(
                pool: pool, queue: JobQueue(pool: pool, logger: TestCluster.logger), folder: folder, sink: sink)
            try await sink.run {
                try await until("the relay listens") { SMTPSink.listens(on: sink.port) }
                try await body(desk)
            }
        }
    }

    /// As a daemon that just started would have it.
    func step(_ policy: SendPolicy = SendPolicy(), port: Int? = nil) throws -> SendStep {
        let relay = try SMTPRelay(url: "smtp://127.0.0.1:\(port ?? sink.port)", tls: .none, heloName: "brevdue.example")
        return SendStep(
            pool: pool, clients: ClientPool(relay: relay), house: Self.house, policy: policy, logger: TestCluster.logger
        )
    }

    private static let from = Mailbox(name: "Brevdue", address: "leads@fjordtek.example")
    private static let replies = ReplyAddress(intake: from, key: [UInt8](repeating: 7, count: 32))
    private static let house = House(
        own: own, numbers: [], from: from, intake: ["leads@fjordtek.example"], replyTo: from, publicURL: nil)

    /// Does jobs of answers, as a worker that holds them.
    func answer(_ jobs: [Job]) async throws {
        let step = AnswerStep(
            house: Self.house, replies: Self.replies,
            shelf: RuleShelf(try RuleBook(try RuleFolder.load(Repository.rules))), sends: true)
        try await pool.transaction { try await step.handle(jobs, in: $0) }
    }

    private func noticeStep() throws -> NoticeStep {
        NoticeStep(
            pool: pool, house: Self.house, shelf: RuleShelf(try RuleBook(try RuleFolder.load(Repository.rules))),
            replies: Self.replies, sends: true)
    }

    // MARK: Mails

    /// A mail of ours that one of our own people caused, from a network that is not ours.
    @discardableResult
    func put(
        _ number: Int = 1, kind: Outbox.Kind = .salesSummary, to recipient: String = "ib@fjordtek.example",
        owner: String? = nil, remote: String = "203.0.113.7", text: String = "Hej, kan I regne på det her?"
    ) async throws -> Int64 {
        let cause = try await cause(number, remote: remote, text: text)
        let lead = try await owner.mapAsync { owner in
            try await pool.query(
                "INSERT INTO brevdue.lead (reference, subject, owner) VALUES (\("L-\(number)"), 'Tilbud', \(owner)) RETURNING id"
            )[0].decode(Int64.self)
        }
        let entry = Outbox.Entry(
            effectKey: Self.key(number), kind: kind,
            envelopeFrom: "leads@fjordtek.example", recipient: recipient, subject: "Tilbud \(number)",
            messageID: "<\(number).brevdue@fjordtek.example>", inReplyTo: nil, causeMessageID: cause, cvr: nil,
            leadID: lead, quoteID: nil,
            octets: Self.octets(number),
            expiresAt: Date().addingTimeInterval(86_400))
        _ = try await pool.query(Outbox.put([entry], sending: true))
        return try await pool.query("SELECT max(id) FROM brevdue.outbox")[0].decode(Int64.self)
    }

    /// The effect key of a mail, and its octets with the marker made of it.
    private static func key(_ number: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(number & 0xFF), count: 30) + [UInt8(number >> 8), 1]
    }

    static func octets(_ number: Int, body: String = "Hej") -> [UInt8] {
        let mark = key(number).prefix(16).map { String(0x100 + Int($0), radix: 16).dropFirst() }.joined()
        return Array(
            """
            Message-ID: <\(number).brevdue@fjordtek.example>\r\nX-Brevdue-Id: \(mark)\r\nSubject: Tilbud\r
            \r\n\(body)\r\n
            """.utf8)
    }

    private func cause(_ number: Int, remote: String, text: String) async throws -> Int64 {
        let octets = Array(
            """
            From: Jonas Holm <jh@fjordtek.example>\r\nTo: leads@fjordtek.example\r\nSubject: Til jer\r
            Message-ID: <cause.\(number)@fjordtek.example>\r\n\r\n\(text)\r\n
            """.utf8)
        let letter = try Letter(octets, reading: ReadingOptions())
        let id = Int64(1000 + number)
        _ = try await pool.pipeline([
            """
            INSERT INTO brevdue.arrival (id, received_at, door, envelope, trusted, sha256, size, raw)
            VALUES (\(id), date_trunc('day', now()), 'smtp', json_build_object('from', '', 'recipients', ARRAY['x'],
                'remoteAddress', \(remote)), true, sha256('x'), 1, 'x')
            """,
            """
            INSERT INTO brevdue.message (id, received_at, occurred_at, door, direction, state, kind, author_role, content_key,
                from_name, from_address, subject, text, language, cvr_status, letter)
            VALUES (\(id), date_trunc('day', now()), now(), 'smtp', 'inbound', 'done', 'direct', 'own',
                sha256(int8send(\(id))), 'Jonas Holm', 'jh@fjordtek.example', 'Til jer', '', \(letter.language), 'none',
                \(try JSONText.encode(letter))::json)
            """,
        ])
        return id
    }

    // MARK: Work

    /// Does every job that is there, those for later too, once.
    func work(_ step: SendStep) async throws {
        _ = try await pool.query("UPDATE brevdue.job SET state = 'r', run_at = now() WHERE state = 's'")
        let node = try await Node.start(name: "test", queue: queue)
        for job in try await queue.claim(SendJob.queue, limit: 100, node: node.id) {
            try await step.perform(job, lease: Lease(job: job, queue: queue))
        }
        let notices = try noticeStep()
        for job in try await queue.claim(NoticeJob.queue, limit: 100, node: node.id) {
            try await notices.perform(job, lease: Lease(job: job, queue: queue))
        }
    }

    /// Has the mail's next job leased, as a worker that was just given it has.
    func leaseNext() async throws -> Job {
        _ = try await pool.query("UPDATE brevdue.job SET state = 'r', run_at = now() WHERE state = 's'")
        let node = try await Node.start(name: "other", queue: queue)
        guard let job = try await queue.claim(SendJob.queue, limit: 1, node: node.id).first else {
            throw TestFailure("no job")
        }
        return job
    }

    func perform(_ job: Job, _ step: SendStep) async throws {
        try await step.perform(job, lease: Lease(job: job, queue: queue))
    }

    /// Jobs that would send the mail.
    func jobs(of mail: Int64) async throws -> Int64 {
        try await pool.query(
            "SELECT count(*) FROM brevdue.job WHERE kind = 'send' AND (payload ->> 'mail')::bigint = \(mail)"
        )[0].decode(Int64.self)
    }

    /// Reads a mail that came in, as READ does after it filed it.
    func receive(_ mail: [UInt8], message: Int64 = 7) async throws {
        let letter = try Letter(mail, reading: ReadingOptions())
        guard let evidence = Outbox.Evidence(letter, message: message) else { throw TestFailure("shows nothing") }
        try await pool.transaction { try await Outbox.take([], [evidence], mutes: { _, _ in false }, in: $0) }
    }

    /// Reads reports on mails of ours, and other mails, that came in together, as READ does after it filed them.
    func receive(_ reports: [(mail: Int, action: DeliveryReport.Action)], _ mails: [[UInt8]] = []) async throws {
        let bounces = reports.map { number, action in
            Outbox.Bounce(
                message: Int64(1000 + number), mark: Hexadecimal.encode(Self.key(number).prefix(10)),
                report: DeliveryReport(recipients: [.init(address: "x@kunde.example", action: action)]))
        }
        let evidence = try mails.compactMap {
            Outbox.Evidence(try Letter($0, reading: ReadingOptions()), message: 7)
        }
        try await pool.transaction {
            try await Outbox.take(bounces, evidence, mutes: { _, _ in false }, in: $0)
        }
    }

    /// As if the mail's attempts had ended so, the earliest first; the words of what is no attempt go with it.
    func leave(_ id: Int64, _ state: Outbox.State, after attempts: [(outcome: String, reply: String)]) async throws {
        for (outcome, reply) in attempts {
            _ = try await pool.query(
                """
                INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
                VALUES (\(id), CASE WHEN \(outcome) <> 'began' THEN clock_timestamp() END, \(outcome), \(reply))
                """)
        }
        _ = try await pool.query("UPDATE brevdue.outbox SET state = \(state.rawValue) WHERE id = \(id)")
    }

    /// Until somebody waits for a lock in this database.
    func waitForLock() async throws {
        try await until("somebody waits for a lock") {
            try await !pool.query(
                """
                SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                """
            ).isEmpty
        }
    }

    /// The mail's job goes to the dead letters.
    func bury(_ id: Int64) async throws {
        _ = try await pool.query(
            """
            WITH dead AS (DELETE FROM brevdue.job WHERE kind = 'send' RETURNING *)
            INSERT INTO brevdue.job_dead (id, queue, kind, attempt, payload, reason, created_at)
            SELECT id, queue, kind, 20, payload, 'given up', created_at FROM dead
            """)
    }

    /// State and words of a mail: why it is held, or what the last attempt gave.
    func mail(_ id: Int64) async throws -> (state: String, words: String, attempts: [String]) {
        guard let view = try await OutboxView.one(id, .everything, in: pool) else { throw TestFailure("no mail \(id)") }
        return (view.state, view.heldReason ?? view.attempts.last?.reply ?? "", view.attempts.map(\.outcome))
    }

    /// Notices there are: to whom, and their text.
    func notices() async throws -> [(to: String, subject: String, text: String)] {
        try await pool.query(
            "SELECT recipient, subject, octets FROM brevdue.outbox WHERE kind = 'delivery_notice' ORDER BY id"
        ).map { row in
            let (to, subject, octets) = try row.decode(String.self, String.self, [UInt8].self)
            return (to, subject, try Letter(octets, reading: ReadingOptions()).text)
        }
    }

    /// Seconds until the mail's next job.
    func pause() async throws -> Double? {
        try await pool.query(
            "SELECT extract(epoch FROM run_at - clock_timestamp())::float8 FROM brevdue.job WHERE kind = 'send' LIMIT 1"
        ).first?.decode(Double.self)
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func mapAsync<Value>(_ body: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await body(self)
    }
}
