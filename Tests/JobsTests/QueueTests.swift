import Foundation
import Jobs
import Postgres
import TestSupport
import Testing

@Suite("The queue")
struct QueueTests {
    @Test("each job is done once by two workers on two nodes", .timeLimit(.minutes(1)))
    func once() async throws {
        try await QueueFixture.with { fixture in
            let workers = [
                fixture.worker(try await fixture.node("a"), batch: 7),
                fixture.worker(try await fixture.node("b"), batch: 7),
            ]
            try await running(workers) {
                try await fixture.add((0..<300).map(String.init))
                try await until("all are done") { try await fixture.done.count == 300 }
            }
            #expect(Set(try await fixture.done).count == 300)
        }
    }

    @Test("a job for later waits, and is made ready by the leader when its time comes", .timeLimit(.minutes(1)))
    func scheduled() async throws {
        try await QueueFixture.with(QueueFixture.quick) { fixture in
            let node = try await fixture.node()
            try await fixture.add(["later"], runAt: Date().addingTimeInterval(1))
            #expect(try await fixture.jobs.map(\.state) == ["s"])
            let begin = ContinuousClock.now
            try await running([fixture.worker(node), fixture.keeper(node)]) {
                try await until("it is done") { try await fixture.done.count == 1 }
            }
            #expect(ContinuousClock.now - begin > .milliseconds(800))
        }
    }

    @Test("while a job of a key waits, a second one is left out")
    func unique() async throws {
        try await QueueFixture.with { fixture in
            try await fixture.add(["1"], key: [1, 2])
            try await fixture.add(["1"], key: [1, 2])
            #expect(try await fixture.jobs.count == 1)
        }
    }

    @Test("a worker that is paused past its lease commits nothing", .timeLimit(.minutes(1)))
    func fenced() async throws {
        var times = QueueFixture.quick
        times.lease = .milliseconds(300)
        times.renewal = .seconds(60)  // never renewed: the worker is as good as stopped
        try await QueueFixture.with(times) { fixture in
            let (slow, quick) = (try await fixture.node("slow"), try await fixture.node("quick"))
            let slowQueue = JobQueue(
                pool: fixture.queue.pool, schema: fixture.schema, times: times, logger: TestCluster.logger)
            let slowFixture = QueueFixture(queue: slowQueue, schema: fixture.schema)
            let (begun, released, lost) = (Counter(), Gate(), Counter())
            // The slow one holds its claim outside any transaction, and wakes while the other one works.
            let stalled = slowFixture.effects(slow) { _, lease in
                begun.add()
                try await released.wait()
                do {
                    try await lease.finish([fixture.result("too late")])
                } catch is LostLease {
                    lost.add()
                }
            }
            let other = fixture.effects(quick) { _, lease in
                released.open()
                while lost.value == 0 { try await Task.sleep(for: .milliseconds(20)) }
                try await lease.finish([fixture.result("in time")])
            }
            try await fixture.add(["1"])
            try await running([stalled]) {
                try await until("the slow one has it") { begun.value == 1 }
                try await running([fixture.keeper(quick), other]) {
                    try await until("it is done") { try await !fixture.done.isEmpty }
                }
            }
            #expect(try await fixture.done == ["in time"])
        }
    }
}
