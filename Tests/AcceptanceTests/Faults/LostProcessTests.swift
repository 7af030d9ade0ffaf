import Foundation
import Postgres
import SMTPClient
import TestSupport
import Testing

/// Processes that are stopped, or end, while they work on a job; two daemons on one external database.
@Suite("A daemon that is lost at work", .serialized)
struct LostProcessTests {
    /// A database of its own, and daemons on it.
    private struct Place: Sendable {
        let folder: String
        let url: String

        func daemon(_ name: String, relay: SMTPSink? = nil) throws -> TestDaemon {
            let directory = "\(folder)/\(name)"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            var extra = ["BREVDUE_DATABASE_URL": url]
            if let relay { extra["BREVDUE_RELAY_URL"] = "smtp://127.0.0.1:\(relay.port)" }
            return try TestDaemon(directory: directory, extra: extra)
        }
    }

    private func withPlace(_ name: String, _ body: (Place, PostgresPool) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await TestDatabase.with { try await body(Place(folder: folder, url: $0.url), $0.pool) }
    }

    private func count(_ query: SQL, _ pool: PostgresPool) async throws -> Int64 {
        try await pool.query(query).first?.decode(Int64.self) ?? 0
    }

    /// Sends a mail until it is taken: on a busy machine the database may once be too slow for the door.
    private func accept(_ octets: [UInt8], by daemon: TestDaemon) async throws {
        try await until("the mail is taken") {
            guard case .accepted = try await daemon.send(octets) else { return false }
            return true
        }
    }

    /// Waits until a job of the queue is worked on; gives back its attempt.
    @discardableResult
    private func working(on queue: String, _ pool: PostgresPool) async throws -> Int16 {
        try await eventually("a job of \(queue) is worked on") {
            try await pool.query("SELECT attempt FROM brevdue.job WHERE queue = \(queue) AND state = 'x'").first?
                .decode(Int16.self)
        }
    }

    /// Lets no message be read or filed until the transaction ends: READ waits in the middle of its own.
    private func holdReading(_ transaction: Transaction) async throws {
        _ = try await transaction.query("LOCK TABLE brevdue.message IN ACCESS EXCLUSIVE MODE")
    }

    /// Does now what the server does by its clock alone: ends sessions that idle in a transaction, after half a minute, and
    /// lets leases end, after one.
    private func passTime(_ pool: PostgresPool) async throws {
        try await until("the leases are over") {
            _ = try await pool.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE state = 'idle in transaction' AND datname = current_database()
                """)
            return try await !pool.query(
                """
                UPDATE brevdue.job SET lease_until = clock_timestamp() - interval '1 s'
                WHERE id IN (SELECT id FROM brevdue.job WHERE state = 'x' FOR UPDATE SKIP LOCKED) RETURNING id
                """
            ).isEmpty
        }
    }

    /// Runs the body with two daemons: one that leads, stopped for now, and one that takes what comes.
    private func withPair(
        _ first: TestDaemon, _ second: TestDaemon, _ pool: PostgresPool,
        _ body: @Sendable (_ slow: TestDaemon.Running, _ quick: TestDaemon.Running) async throws -> Void
    ) async throws {
        try await second.run { quick in
            try await until("it leads") { try await count("SELECT count(*) FROM brevdue.leader", pool) == 1 }
            try await first.run { slow in
                defer { [slow, quick].forEach { $0.signal(SIGCONT) } }
                quick.signal(SIGSTOP)
                try await body(slow, quick)
            }
        }
    }

    @Test("stopped past its lease in the middle of a transaction commits nothing late", .timeLimit(.minutes(1)))
    func stoppedInTransaction() async throws {
        try await withPlace("stop") { place, pool in
            try await withPair(place.daemon("slow"), place.daemon("quick"), pool) { slow, quick in
                try await pool.transaction { transaction in
                    try await holdReading(transaction)
                    try await accept(SampleMail.forward(1), by: slow.daemon)
                    try await working(on: "read", pool)
                    // Its transaction has finished the job already.
                    try await until("its transaction waits") {
                        try await count("SELECT count(*) FROM pg_locks WHERE NOT granted", pool) > 0
                    }
                    slow.signal(SIGSTOP)
                }
                quick.signal(SIGCONT)
                try await passTime(pool)
                let counts = try await quick.daemon.settle(["<a.1@fjordtek.example>"])
                #expect(counts.values.first == [1, 1, 1])
                slow.signal(SIGCONT)
                // Its session was ended in the transaction, which is not begun again.
                try await until("the stopped one noticed") { slow.daemon.logTail.contains("work failed") }
            }
            for table in ["message", "outbox"] {
                #expect(try await count("SELECT count(*) FROM brevdue.\(unsafe: table)", pool) == 1)
            }
            #expect(try await count("SELECT count(*) FROM brevdue.job_dead", pool) == 0)
        }
    }

    @Test("stopped past its lease before the relay takes the mail sends nothing late", .timeLimit(.minutes(1)))
    func stoppedAtTheRelay() async throws {
        try await withPlace("send") { place, pool in
            let slowSink = try SMTPSink(folder: place.folder + "/sink1")
            let quickSink = try SMTPSink(folder: place.folder + "/sink2")
            let daemons = try (place.daemon("slow", relay: slowSink), place.daemon("quick", relay: quickSink))
            try await slowSink.runProcess { sink in
                defer { kill(sink, SIGCONT) }
                try await withPair(daemons.0, daemons.1, pool) { slow, quick in
                    kill(sink, SIGSTOP)
                    try await accept(SampleMail.forward(1), by: slow.daemon)
                    try await until("it waits for the relay's greeting") { Self.isConnected(toPort: slowSink.port) }
                    slow.signal(SIGSTOP)
                    quick.signal(SIGCONT)
                    try await passTime(pool)
                    let isSent: SQL = "SELECT count(*) FROM brevdue.outbox WHERE state = 'sent'"
                    try await quickSink.run {
                        try await until("the other one sent it") { try await count(isSent, pool) == 1 }
                    }
                    slow.signal(SIGCONT)
                    kill(sink, SIGCONT)
                    try await until("the stopped one noticed") { slow.daemon.logTail.contains("LostLease") }
                }
            }
            #expect(quickSink.mails.count == 1 && slowSink.mails.isEmpty)
            #expect(try await count("SELECT count(*) FROM brevdue.outbox_attempt", pool) == 1)
            #expect(try await count("SELECT count(*) FROM brevdue.job", pool) == 0)
        }
    }

    @Test("whose lease ends while the relay takes the mail notes that it was sent", .timeLimit(.minutes(1)))
    func lateAtTheRelay() async throws {
        try await withPlace("late") { place, pool in
            let sink = try SMTPSink(folder: place.folder + "/sink")
            try await sink.run {
                let daemon = try place.daemon("a", relay: sink)
                try await daemon.run { _ in
                    // As if somebody else got the job once the octets may leave.
                    _ = try await pool.pipeline([
                        """
                        CREATE FUNCTION brevdue.pass_on() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                            UPDATE brevdue.job SET lease_token = nextval('brevdue.job_lease') WHERE queue = 'send';
                            RETURN NULL;
                        END $$
                        """,
                        """
                        CREATE TRIGGER pass_on AFTER INSERT ON brevdue.outbox_attempt FOR EACH ROW
                            WHEN (new.outcome = 'began') EXECUTE FUNCTION brevdue.pass_on()
                        """,
                    ])
                    try await accept(SampleMail.forward(1), by: daemon)
                    try await until("it is noted") {
                        try await count("SELECT count(*) FROM brevdue.outbox WHERE state = 'sent'", pool) == 1
                    }
                    try await until("it noticed") { daemon.logTail.contains("LostLease") }
                }
            }
            #expect(sink.mails.count == 1)
            #expect(try await count("SELECT count(*) FROM brevdue.outbox_attempt WHERE outcome = 'sent'", pool) == 1)
            #expect(try await count("SELECT count(*) FROM brevdue.outbox_attempt", pool) == 1)
        }
    }

    /// Whether somebody has a connection to the port on the loopback, taken up by the program there or not.
    private static func isConnected(toPort port: Int) -> Bool {
        let digits = String(port, radix: 16, uppercase: true)
        let local = "0100007F:" + String(repeating: "0", count: 4 - digits.count) + digits
        // Piece by piece: a file of the kernel has no size, and one reading ends with the first page.
        let file = FileHandle(forReadingAtPath: "/proc/net/tcp")
        var table = Data()
        while let piece = try? file?.read(upToCount: 1 << 16), !piece.isEmpty { table += piece }
        return String(decoding: table, as: UTF8.self).split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count > 3 && fields[1] == local && fields[3] == "01"
        }
    }

    @Test("killed each time it works on one job sets that aside, and does the others", .timeLimit(.minutes(2)))
    func killedByAJob() async throws {
        try await withPlace("killer") { place, pool in
            let daemon = try place.daemon("a")
            for attempt in Int16(1)...3 {
                try await pool.transaction { transaction in
                    if attempt > 1 { try await holdReading(transaction) }
                    try await daemon.run { running in
                        if attempt == 1 {
                            try await holdReading(transaction)
                            _ = try await pool.query("ALTER TABLE brevdue.job ALTER max_attempts SET DEFAULT 3")
                            try await accept(SampleMail.forward(1), by: daemon)
                        }
                        #expect(try await working(on: "read", pool) == attempt)
                        running.signal(SIGKILL)
                    }
                }
                try await until("its sessions are over") {
                    try await count("SELECT count(*) FROM pg_locks WHERE relation = 'brevdue.job'::regclass", pool) == 0
                }
            }
            try await daemon.run { _ in
                let reason = try await eventually("it is set aside") {
                    try await pool.query("SELECT reason FROM brevdue.job_dead").first?.decode(String.self)
                }
                #expect(reason == "attempt 3 of 3: its process ended during the work")
                try await accept(SampleMail.forward(2), by: daemon)
                let counts = try await daemon.settle(["<a.2@fjordtek.example>"])
                #expect(counts.values.first == [1, 1, 1])
            }
        }
    }

    @Test("what it left in the spool is removed at the next start, whatever that one does", .timeLimit(.minutes(1)))
    func leftInSpool() async throws {
        try await withPlace("spool") { place, _ in
            let daemon = try TestDaemon(
                directory: place.folder, extra: ["BREVDUE_DATABASE_URL": place.url], roles: "imap,http")
            let spool = daemon.data + "/spool"
            try FileManager.default.createDirectory(atPath: spool, withIntermediateDirectories: true)
            for name in ["brevdue-1.spool", ".dat.nosync2CA1.wwXqbp", "somebody's"] {
                try Data("Hej".utf8).write(to: URL(filePath: "\(spool)/\(name)"))
            }
            try await daemon.run { _ in
                let names = try FileManager.default.contentsOfDirectory(atPath: spool)
                #expect(names == ["somebody's"])
            }
        }
    }

    @Test(
        "killed while it makes its first database, whose program goes on, makes another one at the next start",
        .timeLimit(.minutes(1)), arguments: [0, 200])
    func killedAtFirstStart(milliseconds: Int) async throws {
        let folder = try Repository.temporaryFolder("first")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder, isFirstStart: true)
        try await daemon.run(waitUntilReady: false) { running in
            try await until("it makes one") {
                try FileManager.default.contentsOfDirectory(atPath: daemon.data)
                    .contains { $0.hasPrefix("postgres.new") }
            }
            try await Task.sleep(for: .milliseconds(milliseconds))
            running.signal(SIGKILL)
        }
        try await daemon.run { _ in try await accept(SampleMail.forward(1), by: daemon) }
    }
}
