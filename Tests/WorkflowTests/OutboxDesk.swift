import Correspondence
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
        let name = TestCluster.freshSchema()
        let cluster = try await TestCluster.shared.conninfo()
        let owner = PostgresPool(PostgresConfiguration(url: cluster), logger: TestCluster.logger)
        defer { owner.close() }
        _ = try await owner.query("CREATE DATABASE \(unsafe: name)")
        let pool = PostgresPool(
            PostgresConfiguration(url: cluster.replacing("dbname=postgres", with: "dbname=\(name)")),
            logger: TestCluster.logger)
        let folder = try Repository.temporaryFolder("outbox")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            _ = try await Migrator(
                schema: RecordsMigrations.schema, node: "test", pool: pool, logger: TestCluster.logger
            ).run(RecordsMigrations.all)
            let sink = try SMTPSink(folder: folder + "/sink", behaviour: behaviour)
            let desk = OutboxDesk(
                pool: pool, queue: JobQueue(pool: pool, logger: TestCluster.logger), folder: folder, sink: sink)
            try await sink.run {
                try await until("the relay listens") { SMTPSink.listens(on: sink.port) }
                try await body(desk)
            }
        } catch {
            pool.close()
            _ = try? await owner.query("DROP DATABASE \(unsafe: name) WITH (FORCE)")
            throw error
        }
        pool.close()
        _ = try await owner.query("DROP DATABASE \(unsafe: name) WITH (FORCE)")
    }

    /// As a daemon that just started would have it.
    func step(_ policy: SendPolicy = SendPolicy(), port: Int? = nil) throws -> SendStep {
        let relay = try SMTPRelay(url: "smtp://127.0.0.1:\(port ?? sink.port)", tls: .none, heloName: "brevdue.example")
        let from = Mailbox(name: "Brevdue", address: "leads@fjordtek.example")
        let house = House(
            own: Self.own, numbers: [], from: from, intake: ["leads@fjordtek.example"], replyTo: from, publicURL: nil)
        return SendStep(
            pool: pool, clients: ClientPool(relay: relay), house: house,
            shelf: RuleShelf(try RuleBook(try RuleFolder.load(Repository.rules))),
            replies: ReplyAddress(intake: from, key: [UInt8](repeating: 7, count: 32)), policy: policy,
            logger: TestCluster.logger)
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
            effectKey: Array(repeating: UInt8(number & 0xFF), count: 30) + [UInt8(number >> 8), 1], kind: kind,
            envelopeFrom: "leads@fjordtek.example", recipients: [recipient], subject: "Tilbud \(number)",
            messageID: "<\(number).brevdue@fjordtek.example>", inReplyTo: nil, causeMessageID: cause, cvr: nil,
            leadID: lead, quoteID: nil,
            octets: Array("Message-ID: <\(number).brevdue@fjordtek.example>\r\nSubject: Tilbud\r\n\r\nHej\r\n".utf8),
            expiresAt: Date().addingTimeInterval(86_400))
        _ = try await pool.query(Outbox.put([entry], sending: true))
        return try await pool.query("SELECT max(id) FROM brevdue.outbox")[0].decode(Int64.self)
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
    }

    /// State and words of a mail: why it is held, or what the last attempt gave.
    func mail(_ id: Int64) async throws -> (state: String, words: String, attempts: [String]) {
        guard let view = try await OutboxView.one(id, .everything, in: pool) else { throw TestFailure("no mail \(id)") }
        return (view.state, view.heldReason ?? view.attempts.last?.reply ?? "", view.attempts.map(\.outcome))
    }

    /// Notices there are: to whom, and their text.
    func notices() async throws -> [(to: String, subject: String, text: String)] {
        try await pool.query(
            "SELECT recipients[1], subject, octets FROM brevdue.outbox WHERE kind = 'delivery_notice' ORDER BY id"
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
