import Foundation
import Postgres
import Subprocess
import TestSupport
import Testing

/// Jobs that could not be done, and what whoever looks after the daemon makes of them.
@Suite("Dead letters", .serialized)
struct DeadLetterTests {
    private struct Listed: Decodable {
        var id: String
        var queue: String
        var reason: String
        var payload: String
    }

    /// Makes whatever stores rows in a table fail, as a fault of ours or of the schema would.
    private static func fail(_ table: String, _ pool: PostgresPool) async throws {
        _ = try await pool.query(
            """
            CREATE TRIGGER out_of_order BEFORE INSERT OR UPDATE ON brevdue.\(unsafe: table)
            FOR EACH ROW EXECUTE FUNCTION brevdue.out_of_order()
            """)
    }

    private static func mend(_ table: String, _ pool: PostgresPool) async throws {
        _ = try await pool.query("DROP TRIGGER out_of_order ON brevdue.\(unsafe: table)")
    }

    private static func dead(_ daemon: TestDaemon) async throws -> [Listed] {
        try await daemon.command("jobs", "dead", "--json").split(separator: "\n").map {
            try JSONDecoder().decode(Listed.self, from: Data($0.utf8))
        }
    }

    private static func waitForDead(_ queues: [String], _ daemon: TestDaemon) async throws -> [Listed] {
        try await eventually("jobs of \(queues) are dead") {
            let letters = try await dead(daemon)
            return letters.map(\.queue).sorted() == queues ? letters : nil
        }
    }

    @Test(
        "reading, verifying and answering that failed are listed, and done once the cause is gone",
        .timeLimit(.minutes(2)))
    func retried() async throws {
        // Mail over SMTP comes from outside, so that its sender is looked into.
        try await Desk.open("dead", extra: ["BREVDUE_SMTP_OWN_NETWORKS": "192.0.2.0/24"]) { desk in
            let (daemon, pool) = (desk.daemon, desk.pool)
            _ = try await pool.pipeline([
                """
                CREATE FUNCTION brevdue.out_of_order() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE 'out of order: %', TG_TABLE_NAME; END $$
                """,
                // One failure is enough.
                """
                CREATE FUNCTION brevdue.one_attempt() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.max_attempts := 1; RETURN NEW; END $$
                """,
                """
                CREATE TRIGGER one_attempt BEFORE INSERT ON brevdue.job
                FOR EACH ROW EXECUTE FUNCTION brevdue.one_attempt()
                """,
            ])
            try await Self.fail("message", pool)
            var customer = PlainMail("o1", text: "Hej, hvad koster det?")
            customer.from = "Bo Lund <bo@lund.example>"
            _ = try await daemon.send(customer.octets, from: "bo@lund.example")
            let forward = String(decoding: SampleMail.large(1), as: UTF8.self)
            _ = try await daemon.command(["deliver", "-"], input: forward)
            let unread = try await Self.waitForDead(["read", "read_large"], daemon)
            let shown = try await daemon.get("/v1/messages?state=set_aside", token: desk.token)
            #expect(shown.components(separatedBy: "\"state\":\"set_aside\"").count == 3, "\(shown)")
            #expect(unread.allSatisfy { $0.reason.contains("out of order: message") }, "\(unread)")
            let doctor = try await daemon.outcome(of: ["doctor"])
            #expect(doctor.output.contains("jobs: 2 could not be done") && doctor.output.contains("brevdue jobs dead"))
            // Tried again while the cause is still there, it dies once more.
            _ = try await daemon.command("jobs", "retry", unread[0].id)
            try await until("it is dead again") {
                let ids = try await Self.dead(daemon).map(\.id)
                return ids.count == 2 && !ids.contains(unread[0].id)
            }

            try await Self.mend("message", pool)
            // As a node of the version before leaves it, which knows no queue for large mail.
            _ = try await pool.query("UPDATE brevdue.job_dead SET queue = 'read'")
            for table in ["recommendation", "verdict"] { try await Self.fail(table, pool) }
            #expect(try await daemon.command("jobs", "retry", "all") == "2 jobs are tried again")
            let undone = try await Self.waitForDead(["answer", "verify"], daemon)

            for table in ["recommendation", "verdict"] { try await Self.mend(table, pool) }
            let answer = try #require(undone.first { $0.queue == "answer" })
            #expect(try await daemon.command("jobs", "retry", answer.id) == "1 job is tried again")
            try await until("the summary is there") {
                try await daemon.command("outbox", "list").contains("jh@fjordtek.example")
            }
            _ = try await daemon.command("jobs", "retry", "all")
            try await until("the sender was looked into") {
                try await !pool.query("SELECT FROM brevdue.verdict").isEmpty
            }
            #expect(try await Self.dead(daemon).isEmpty)
        }
    }

    @Test("a mail's own job is left to the outbox, and what is not there is said", .timeLimit(.minutes(2)))
    func refused() async throws {
        try await Desk.open("dead-mail") { desk in
            try await desk.send(.forward("f1", of: "Hej\nCVR-nr. 91430525", by: "Mette <mly@vestklit.example>"))
            // Nobody sends here; as a worker would leave it behind.
            _ = try await desk.pool.query(
                """
                INSERT INTO brevdue.job_dead (id, queue, kind, attempt, payload, reason, created_at)
                SELECT 4711, 'send', 'send', 20, json_build_object('mail', id), 'overturned', now() FROM brevdue.outbox
                """)
            for word in ["4711", "all"] {
                let (status, _, complaint) = try await desk.daemon.outcome(of: ["jobs", "retry", word])
                #expect(status == .exited(1) && complaint.contains("brevdue outbox retry 1"))
            }
            #expect(try await Self.dead(desk.daemon).map(\.id) == ["4711"])
            // However many died later.
            _ = try await desk.pool.query(
                """
                INSERT INTO brevdue.job_dead (id, queue, kind, attempt, payload, reason, created_at)
                SELECT 100000 + n, 'read', 'read', 20, '{}', 'overturned', now() FROM generate_series(1, 10001) AS n
                """)
            let (_, _, hint) = try await desk.daemon.outcome(of: ["jobs", "retry", "4711"])
            #expect(hint.contains("brevdue outbox retry 1"), "\(hint)")
            _ = try await desk.pool.query("DELETE FROM brevdue.job_dead WHERE id > 100000")
            let (unknown, _, complaint) = try await desk.daemon.outcome(of: ["jobs", "retry", "12"])
            #expect(unknown == .exited(1) && complaint.contains("no job 12"))
            #expect(try await desk.daemon.outcome(of: ["jobs", "retry", "some"]).status == .exited(2))
            _ = try await desk.daemon.command("outbox", "retry", "1")
            #expect(try await Self.dead(desk.daemon).isEmpty)
        }
    }
}
