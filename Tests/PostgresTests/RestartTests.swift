import Foundation
import Logging
import Postgres
import PostgresCluster
import Synchronization
import TestSupport
import Testing

@Suite("A server that dies and comes back", .serialized)
struct RestartTests {
    /// A server of the test's own, whose process may be killed.
    private func withServer(_ body: (PostgresCluster, PostgresPool, Postmaster) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder("restart")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cluster = try await PostgresCluster(
            dataDirectory: folder, binaries: Binaries(folder: TestCluster.Version.v18.binaries), user: "brevdue",
            logger: TestCluster.logger)
        try await cluster.start()
        let pool = PostgresPool(PostgresConfiguration(url: cluster.conninfo), logger: TestCluster.logger)
        do {
            try await body(cluster, pool, Postmaster(folder: folder))
        } catch {
            pool.close()
            await cluster.stop()
            throw error
        }
        pool.close()
        await cluster.stop()
    }

    private struct Postmaster: Sendable {
        var folder: String

        /// Kills the server as a power cut would: without a word to anybody.
        func kill() throws {
            let file = try String(contentsOfFile: folder + "/postgres/postmaster.pid", encoding: .utf8)
            let pid = try #require(file.split(separator: "\n").first.flatMap { pid_t($0) })
            Foundation.kill(pid, SIGKILL)
        }
    }

    /// Writes numbers by transactions, and remembers which were confirmed.
    private final class Writer: Sendable {
        private let pool: PostgresPool
        private let next = Atomic(0)
        private let isStopped = Atomic(false)
        private let ledger = Mutex<Set<Int>>([])

        init(pool: PostgresPool) { self.pool = pool }

        var confirmed: Set<Int> { ledger.withLock { $0 } }
        func stop() { isStopped.store(true, ordering: .releasing) }

        func write() async throws {
            while !isStopped.load(ordering: .acquiring) {
                let number = next.add(1, ordering: .relaxed).newValue
                // What was not confirmed may be there all the same: the same key is offered until it is.
                while try await !offer(number), !isStopped.load(ordering: .acquiring) {}
            }
        }

        private func offer(_ number: Int) async throws -> Bool {
            do {
                try await pool.transaction { transaction in
                    _ = try await transaction.query("INSERT INTO public.t VALUES (\(number)) ON CONFLICT DO NOTHING")
                    _ = try await transaction.query(
                        "INSERT INTO public.u SELECT \(number) WHERE NOT EXISTS (SELECT FROM public.u WHERE n = \(number))"
                    )
                }
                ledger.withLock { _ = $0.insert(number) }
                return true
            } catch let error as PostgresError where error.isUnavailable {
                try await Task.sleep(for: .milliseconds(20))
                return false
            }
        }
    }

    @Test("what was confirmed under load is there once, and the pool recovers by itself", .timeLimit(.minutes(2)))
    func underLoad() async throws {
        try await withServer { cluster, pool, postmaster in
            _ = try await pool.query("CREATE TABLE public.t (n bigint PRIMARY KEY)")
            _ = try await pool.query("CREATE TABLE public.u (n bigint)")
            let writer = Writer(pool: pool)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await writer.write() } }
                for _ in 0..<3 {
                    let before = writer.confirmed.count
                    try await until("they write") { writer.confirmed.count > before + 200 }
                    try postmaster.kill()
                    // The backends of the dead one hold its memory until they notice.
                    try await until("it starts") {
                        do {
                            try await cluster.start()
                            return true
                        } catch { return false }
                    }
                }
                let before = writer.confirmed.count
                try await until("they write again") { writer.confirmed.count > before + 200 }
                writer.stop()
                try await group.waitForAll()
            }
            let stored = try await pool.query("SELECT n FROM public.t").map { try $0.decode(Int.self) }
            #expect(writer.confirmed.subtracting(stored).isEmpty)
            let doubles = try await pool.query("SELECT n FROM public.u GROUP BY n HAVING count(*) > 1")
            #expect(doubles.isEmpty)
        }
    }

    @Test("an idle pool does not notice that the server was restarted", .timeLimit(.minutes(1)))
    func idle() async throws {
        try await withServer { cluster, pool, postmaster in
            let isThere = try await works(pool)
            try postmaster.kill()
            try await until("it starts") {
                do {
                    try await cluster.start()
                    return true
                } catch { return false }
            }
            let isBack = try await works(pool)
            #expect(isThere && isBack)
        }
    }
}
