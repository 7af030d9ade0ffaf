import Foundation
import Postgres
import TestSupport
import Testing

// One after the other: the server has 60 connections for all tests.
@Suite("The pool", .serialized)
struct PoolTests {
    @Test(
        "who finds every connection taken is told in time, and the reserved one is still there", .timeLimit(.minutes(1))
    )
    func exhaustion() async throws {
        try await withSchema(connections: 2, adjusting: { $0.acquireTimeout = .milliseconds(200) }) { pool, _ in
            try await pool.transaction { _ in
                let start = ContinuousClock.now
                // A task that needs two connections gets an error, not a deadlock.
                let error = await databaseError { try await pool.query("SELECT 1") }
                #expect(error?.code == .poolExhausted && error?.isUnavailable == true)
                #expect(ContinuousClock.now - start < .seconds(5))
                let heartbeat = try await pool.query("SELECT 1", slot: .reserved)
                #expect(heartbeat.count == 1)
            }
            let isBack = try await works(pool)
            #expect(isBack)
        }
    }

    @Test("an address that cannot be read is refused without a word of it, for it holds the password")
    func unreadableAddress() async throws {
        let pool = PostgresPool(
            PostgresConfiguration(url: "postgresql://brevdue:hemme%ligt@localhost/postgres"), logger: TestCluster.logger
        )
        defer { pool.close() }
        let error = await databaseError { try await pool.query("SELECT 1") }
        #expect(error?.description.contains("percent-encoding") == true)
        #expect(error?.description.contains("hemme") == false)
    }

    @Test("many tasks share few connections, each gets its turn", .timeLimit(.minutes(1)))
    func sharing() async throws {
        try await withSchema(connections: 3, adjusting: { $0.acquireTimeout = .seconds(30) }) { pool, _ in
            let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<200 {
                    group.addTask { try await pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(pids.count == 200 && Set(pids).count <= 2)
        }
    }

    @Test("a task that is cancelled while it waits gives its place up", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        try await withSchema(connections: 2, adjusting: { $0.acquireTimeout = .seconds(60) }) { pool, _ in
            try await pool.transaction { _ in
                let waiting = Task { try await pool.query("SELECT 1") }
                waiting.cancel()
                await #expect(throws: (any Error).self) { try await waiting.value }
            }
            let isBack = try await works(pool)
            #expect(isBack)
        }
    }

    @Test("a connection that the server ends under a statement is lost, and replaced", .timeLimit(.minutes(1)))
    func terminated() async throws {
        try await withSchema(connections: 2) { pool, _ in
            let error = await databaseError {
                try await pool.query("SELECT pg_terminate_backend(pg_backend_pid())")
            }
            #expect(error?.code == .connectionLost && error?.sqlState == "57P01" && error?.isUnavailable == true)
            let isBack = try await works(pool)
            #expect(isBack)
        }
    }

    @Test("connections that were ended while idle are replaced, and nobody notices", .timeLimit(.minutes(1)))
    func endedWhileIdle() async throws {
        try await withSchema(connections: 4) { pool, _ in
            let meeting = Meeting(of: 3)
            let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        try await pool.transaction { transaction in
                            await meeting.arrive()
                            return try await transaction.query("SELECT pg_backend_pid()")[0].decode(Int32.self)
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(pids.count == 3)
            try await withSchema { killer, _ in
                _ = try await killer.query(
                    "SELECT pg_terminate_backend(pid, 5000) FROM unnest(\(Array(pids))) AS p (pid)")
            }
            #expect(try await !pids.contains(pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self)))
        }
    }

    @Test("a server that says nothing is given up after its time", .timeLimit(.minutes(1)))
    func frozen() async throws {
        try await withSchema(adjusting: {
            $0.statementTimeout = .milliseconds(200)
            $0.silenceTimeout = .milliseconds(300)
        }) { pool, _ in
            let pid = try await pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self)
            kill(pid, SIGSTOP)
            defer { kill(pid, SIGCONT) }
            // More than a socket takes in, so that the sending side has to wait.
            let octets = [UInt8](repeating: 1, count: 4 << 20)
            let error = await databaseError { try await pool.query("SELECT length(\(octets))") }
            #expect(error?.code == .connectionLost)
            let isBack = try await works(pool)
            #expect(isBack)
        }
    }

    @Test("a server that is not there is unavailable at once, without a wait", .timeLimit(.minutes(1)))
    func away() async throws {
        let pool = PostgresPool(PostgresConfiguration(url: "host=/nonexistent dbname=none"), logger: TestCluster.logger)
        for _ in 0..<3 {
            let error = await databaseError { try await pool.query("SELECT 1") }
            #expect(error?.code == .unavailable)
        }
    }

    @Test("a pool that is closed refuses")
    func closed() async throws {
        let pool = try await TestCluster.shared.pool()
        pool.close()
        let error = await databaseError { try await pool.query("SELECT 1") }
        #expect(error?.code == .unavailable)
    }
}
