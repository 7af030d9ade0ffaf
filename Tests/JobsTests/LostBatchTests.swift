import Jobs
import Postgres
import ServiceLifecycle
import TestSupport
import Testing

@Suite("A batch whose database goes away")
struct LostBatchTests {
    @Test(
        "does not hold up a stop with each of its jobs", .timeLimit(.minutes(1)),
        arguments: [PostgresError.Code.unavailable, .connectionLost])
    func awayAtAStop(code: PostgresError.Code) async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            let pool = try await TestCluster.shared.pool()
            let queue = JobQueue(pool: pool, schema: fixture.schema, logger: TestCluster.logger)
            let (begun, released) = (Counter(), Gate())
            let worker = QueueFixture(queue: queue, schema: fixture.schema).worker(node, batch: 20) { _, _ in
                begun.add()
                try await released.wait()
                throw PostgresError(code, "away")
            }
            try await fixture.add((0..<20).map(String.init))
            let group = ServiceGroup(services: [worker], gracefulShutdownSignals: [], logger: TestCluster.logger)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                try await until("it works") { begun.value == 1 }
                await group.triggerGracefulShutdown()
                // As good as away: nobody gets a connection any more.
                pool.close()
                let begin = ContinuousClock.now
                released.open()
                try await tasks.waitForAll()
                #expect(ContinuousClock.now - begin < .seconds(10))
            }
        }
    }

    @Test("is put off as a whole, and the attempt counts", .timeLimit(.minutes(1)))
    func connectionOfABatch() async throws {
        try await QueueFixture.with { fixture in
            let node = try await fixture.node()
            try await fixture.add((0..<5).map(String.init))
            let tries = Counter()
            let worker = fixture.worker(node) { _, _ in
                tries.add()
                throw PostgresError(.connectionLost, "lost")
            }
            try await running([worker]) {
                try await until("all are put off") { try await fixture.jobs.allSatisfy { $0.state == "s" } }
            }
            #expect(tries.value == 1)
            #expect(try await fixture.jobs.map(\.attempt) == [1, 1, 1, 1, 1])
        }
    }
}
