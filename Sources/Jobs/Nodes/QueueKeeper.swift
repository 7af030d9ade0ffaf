import Logging
import Postgres
import ServiceLifecycle

/// What must go on beside the workers: leases renewed, other nodes hinted and heard, and, on the leader, scheduled jobs
/// made ready and those of lost workers rescued.
package struct QueueKeeper: Service {
    private let queue: JobQueue
    private let node: Node
    /// What else the leader does, about every five seconds.
    private let maintenance: @Sendable () async throws -> Void
    /// Whether to listen for hints; not possible behind a transaction pooler.
    private let listens: Bool

    package init(
        queue: JobQueue, node: Node, listens: Bool = true,
        maintenance: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.queue = queue
        self.node = node
        self.listens = listens
        self.maintenance = maintenance
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await every(queue.times.renewal, "leases not renewed") { try await queue.renew(node: node.id) }
                }
                group.addTask { await lead() }
                group.addTask { await hint() }
                if listens { group.addTask { await listen() } }
            }
        }
    }

    private func lead() async {
        var leadership = Leadership(queue.times)
        var maintainedAt: ContinuousClock.Instant?
        await every(min(queue.times.poll, queue.times.leaderRenewal), "leader's work not done") {
            let now = ContinuousClock.now
            if leadership.isDue(now) { leadership.answered(try await queue.lead(node: node.id), to: now) }
            guard leadership.holds(.now) else { return }
            for name in try await queue.promote() {
                queue.alarms.ring(name)
            }
            try await queue.rescue()
            if maintainedAt.map({ .now - $0 > .seconds(5) }) ?? true {
                try await maintenance()
                maintainedAt = .now
                await vacuum()
            }
        }
    }

    /// Last of all, and whether it succeeds does not matter to the rest: a table that grows is slow, no more.
    private func vacuum() async {
        do {
            try await queue.vacuum()
        } catch {
            queue.logger.warning("the table of jobs not vacuumed", metadata: ["error": "\(error)"])
        }
    }

    /// At most one NOTIFY every 100 ms, outside every other transaction; that it fails does not matter.
    private func hint() async {
        while !Task.isCancelled {
            await queue.alarms.wait(for: Alarms.hint, atMost: .seconds(60))
            _ = try? await queue.pool.query("SELECT pg_notify(\(queue.schema), \(String(node.id)))")
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    private func listen() async {
        let notifications = Listener.notifications(
            on: queue.schema, ignoring: String(node.id), queue.pool.configuration, logger: queue.logger)
        for await _ in notifications {
            queue.alarms.ringAll()
        }
    }

    /// After a failure the next try comes within about a second: a lease outlasts few of the longer pauses.
    private func every(_ pause: Duration, _ complaint: String, _ work: () async throws -> Void) async {
        var complained = false
        while !Task.isCancelled {
            var pause = pause
            do {
                try await work()
                complained = false
            } catch {
                pause = min(pause, .seconds(1))
                if !complained { queue.logger.warning("\(complaint)", metadata: ["error": "\(error)"]) }
                complained = true
            }
            try? await Task.sleep(for: pause * Double.random(in: 0.8...1.2))
        }
    }
}
