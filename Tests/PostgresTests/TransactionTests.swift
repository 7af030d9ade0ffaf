import Postgres
import TestSupport
import Testing

// One after the other: the server has 60 connections for all tests.
@Suite("Transactions", .serialized)
struct TransactionTests {
    @Test("one that deadlocks with another is done again until both are through", .timeLimit(.minutes(1)))
    func deadlock() async throws {
        try await withSchema { pool, schema in
            _ = try await pool.query(
                "CREATE TABLE \(unsafe: schema).t AS SELECT generate_series(1, 2) AS n, 0::bigint AS v")
            let meeting = Meeting(of: 2)
            let runs = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await pool.transaction { transaction in
                            runs.add()
                            for n in order {
                                _ = try await transaction.query(
                                    "UPDATE \(unsafe: schema).t SET v = v + 1 WHERE n = \(Int32(n))")
                                // Each holds its first row now and wants the other one's.
                                await meeting.arrive()
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let sums = try await pool.query("SELECT v FROM \(unsafe: schema).t").map { try $0.decode(Int64.self) }
            #expect(sums == [2, 2])
            #expect(runs.value > 2, "no deadlock was caused")
        }
    }

    @Test("one that cannot be put in order with another is done again", .timeLimit(.minutes(1)))
    func serialization() async throws {
        try await withSchema { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t AS SELECT 1::bigint AS v")
            let meeting = Meeting(of: 2)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await pool.transaction { transaction in
                            _ = try await transaction.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                            let sum = try await transaction.query("SELECT sum(v)::bigint FROM \(unsafe: schema).t")
                            await meeting.arrive()
                            let value = try sum[0].decode(Int64.self)
                            _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (\(value))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            // One after the other: 1, then 1, then 2. Side by side it would be 1, 1, 1.
            let sum = try await pool.query("SELECT sum(v)::bigint FROM \(unsafe: schema).t")
            #expect(try sum[0].decode(Int64.self) == 4)
        }
    }

    @Test("a conflict that does not end is thrown after the last try", .timeLimit(.minutes(1)))
    func endlessConflict() async throws {
        try await withSchema { pool, _ in
            let runs = Counter()
            let error = await databaseError {
                try await pool.transaction(retries: 2) { transaction in
                    runs.add()
                    _ = try await transaction.query("DO $$ BEGIN RAISE 'again' USING ERRCODE = '40001'; END $$")
                }
            }
            #expect(error?.isConflict == true && runs.value == 3)
        }
    }

    @Test("a body that throws leaves nothing")
    func rollback() async throws {
        try await withSchema { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint)")
            await #expect(throws: Stop.self) {
                try await pool.transaction { transaction in
                    _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (1)")
                    throw Stop()
                }
            }
            #expect(try await pool.query("SELECT FROM \(unsafe: schema).t").isEmpty)
        }
    }

    @Test("a failed statement whose error is not heeded is no success: the server would roll back in silence")
    func silentRollback() async throws {
        try await withSchema { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint)")
            let error = await databaseError {
                try await pool.transaction { transaction in
                    _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (1)")
                    _ = try? await transaction.query("SELECT 1 / 0")
                }
            }
            #expect(error?.sqlState == "25P02")
            #expect(try await pool.query("SELECT FROM \(unsafe: schema).t").isEmpty)
        }
    }

    @Test("a savepoint undoes its own part alone, nested ones too")
    func savepoints() async throws {
        try await withSchema { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint)")
            try await pool.transaction { transaction in
                func add(_ number: Int) async throws {
                    _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (\(number))")
                }
                try await add(1)
                try? await transaction.savepoint {
                    try await add(2)
                    try? await transaction.savepoint {
                        try await add(3)
                        _ = try await transaction.query("SELECT 1 / 0")
                    }
                    try await add(4)
                    throw Stop()
                }
                try await transaction.savepoint { try await add(5) }
            }
            let left = try await pool.query("SELECT n FROM \(unsafe: schema).t ORDER BY n")
            #expect(try left.map { try $0.decode(Int.self) } == [1, 5])
        }
    }

    @Test(
        "a connection that dies in the commit is told as such, and the body is not run again", .timeLimit(.minutes(1)))
    func unknownOutcome() async throws {
        try await withSchema { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint)")
            try await pool.transaction { transaction in
                _ = try await transaction.query(
                    """
                    CREATE FUNCTION \(unsafe: schema).die() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$
                    """)
                _ = try await transaction.query(
                    """
                    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON \(unsafe: schema).t DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION \(unsafe: schema).die()
                    """)
            }
            let runs = Counter()
            let error = await databaseError {
                try await pool.transaction { transaction in
                    runs.add()
                    _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (1)")
                }
            }
            #expect(error?.code == .connectionLost && runs.value == 1)
        }
    }

    @Test("a transaction whose connection is gone between two statements is done again on another one")
    func goneBetween() async throws {
        try await withSchema(connections: 3) { pool, schema in
            _ = try await pool.query("CREATE TABLE \(unsafe: schema).t (n bigint)")
            let runs = Counter()
            try await pool.transaction { transaction in
                let run = runs.add()
                let rows = try await transaction.query("SELECT pg_backend_pid()")
                _ = try await transaction.query("INSERT INTO \(unsafe: schema).t VALUES (\(run))")
                guard run == 1 else { return }
                let pid = try rows[0].decode(Int32.self)
                _ = try await pool.query("SELECT pg_terminate_backend(\(pid), 5000)")
            }
            let left = try await pool.query("SELECT n FROM \(unsafe: schema).t").map { try $0.decode(Int.self) }
            #expect(left == [2])
        }
    }
}
