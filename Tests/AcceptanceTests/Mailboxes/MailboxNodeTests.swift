import Foundation
import Postgres
import Subprocess
import TestSupport
import Testing

/// Nodes that share a mailbox, and a node that is told to end.
@Suite("Mailboxes and nodes", .serialized, .enabled(if: DovecotServer.isUsable))
struct MailboxNodeTests {
    /// Two nodes on one database with the same mailbox.
    private func withNodes(
        _ name: String, _ body: @Sendable (MailboxDesk, MailboxDesk, DovecotServer, PostgresPool) async throws -> Void
    ) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try await TestCluster.shared.pool()
        defer { server.close() }
        let database = TestCluster.freshSchema()
        _ = try await server.query("CREATE DATABASE \(unsafe: database)")
        let url = try await TestCluster.shared.conninfo().replacing("dbname=postgres", with: "dbname=\(database)")
        let pool = PostgresPool(PostgresConfiguration(url: url), logger: TestCluster.logger)
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desks = try ["a", "b"].map { name in
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
            return try MailboxDesk(
                "\(folder)/\(name)", dovecot, lines: [MailboxDesk.password, "poll: 3600"],
                extra: ["BREVDUE_DATABASE_URL": url])
        }
        do {
            try await body(desks[0], desks[1], dovecot, pool)
        } catch {
            pool.close()
            _ = try? await server.query("DROP DATABASE \(unsafe: database) WITH (FORCE)")
            throw error
        }
        pool.close()
        _ = try await server.query("DROP DATABASE \(unsafe: database) WITH (FORCE)")
    }

    private func node(_ desk: MailboxDesk) -> String? {
        FileManager.default.contents(atPath: desk.daemon.data + "/node").map {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    private func holder(_ pool: PostgresPool) async throws -> String? {
        try await pool.query("SELECT node FROM brevdue.mailbox WHERE leased_until > clock_timestamp()").first?
            .decode(String.self)
    }

    @Test(
        "One node reads a mailbox at a time; another one takes over when it ends, and when it is killed",
        .timeLimit(.minutes(2)))
    func takenOver() async throws {
        try await withNodes("nodes") { first, second, dovecot, pool in
            try await dovecot.run {
                try await first.daemon.run { running in
                    try await first.waitForSuccess()
                    try await second.daemon.run { other in
                        try dovecot.deliver(MailboxDesk.mail(1))
                        try await first.waitForArrivals(1)
                        // The second has asked for the lease more than once by now, and was never let in.
                        #expect(dovecot.logins == 1)
                        #expect(try await holder(pool) == node(first))
                        #expect(try await second.daemon.get("/readyz").contains("\"state\":\"polled\""))

                        // One that ends lets go of it at once.
                        running.signal(SIGTERM)
                        try await until("the second reads", within: .seconds(20)) {
                            try await holder(pool) == node(second)
                        }
                        try dovecot.deliver(MailboxDesk.mail(2))
                        try await waitForArrivals(2, pool)

                        // One that is killed holds it until its time is over.
                        try await first.daemon.run { _ in
                            #expect(try await holder(pool) == node(second))
                            other.signal(SIGKILL)
                            try dovecot.deliver(MailboxDesk.mail(3))
                            // As if most of its minute had passed.
                            _ = try await pool.query(
                                "UPDATE brevdue.mailbox SET leased_until = clock_timestamp() + interval '1 second'")
                            try await until("the first reads again", within: .seconds(20)) {
                                try await holder(pool) == node(first)
                            }
                            try await waitForArrivals(3, pool)
                        }
                    }
                }
            }
            let rows = try await pool.query("SELECT count(*), count(DISTINCT sha256) FROM brevdue.arrival")
            let (all, distinct) = try rows[0].decode(Int64.self, Int64.self)
            #expect(all == 3 && distinct == 3)
        }
    }

    private func waitForArrivals(_ count: Int64, _ pool: PostgresPool) async throws {
        try await until("\(count) arrivals") {
            try await pool.query("SELECT count(*) FROM brevdue.arrival")[0].decode(Int64.self) >= count
        }
    }

    @Test("Told to end while it waits by IDLE, a daemon ends within seconds", .timeLimit(.minutes(1)))
    func ended() async throws {
        let folder = try Repository.temporaryFolder("ended")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let dovecot = try await DovecotServer(folder: folder + "/dovecot")
        let desk = try MailboxDesk(folder, dovecot, lines: [MailboxDesk.password, "poll: 3600"])
        try await dovecot.run {
            let (told, status) = try await desk.daemon.run { _ in
                try await desk.waitForSuccess()
                return ContinuousClock.now
            }
            #expect(.now - told < .seconds(10))
            #expect(status == .exited(0))
            try await until("Dovecot says goodbye") { dovecot.log.contains("Logged out") }
        }
    }
}
