package import Postgres
import ServiceLifecycle

/// A step with an effect outside the database, such as a mail sent: it finishes its job in a transaction of its own.
package protocol EffectHandler: Sendable {
    /// Does the work and ends with ``Lease/finish(_:)``.
    ///
    /// Throwing, or returning before that, puts the job off or sets it aside.
    func perform(_ job: Job, lease: Lease) async throws
}

/// The right to finish a job.
package struct Lease: Sendable {
    package let job: Job
    let queue: JobQueue

    /// Finishes the job together with the statements of its result; throws ``LostLease`` and changes nothing when the
    /// job was given to somebody else meanwhile.
    ///
    /// A database that is away is waited for as long as the job may still be ours: the effect has taken place, and a job
    /// given back now would bring it about again. ``LostLease`` may also mean that the answer to our own commit was lost.
    package func finish(_ statements: [SQL]) async throws {
        try await queue.insist(pause: 0.3, while: { ($0 as? PostgresError)?.isUnavailable == true }) {
            try await queue.pool.transaction { transaction in
                guard try await !queue.finish([job], in: transaction).isEmpty else { throw LostLease() }
                _ = try await transaction.pipeline(statements)
            }
        }
        queue.held.remove([job])
    }

    /// Wakes whoever works on a queue that a follow-up job was put into.
    package func wake(_ name: String) { queue.wake(name) }
}

/// Claims jobs and does several at a time, each by itself.
package struct EffectWorker<Handler: EffectHandler>: Service {
    private let name: String
    private let width: Int
    private let node: Node
    private let queue: JobQueue
    private let handler: Handler

    package init(queue name: String, width: Int, node: Node, of queue: JobQueue, handler: Handler) {
        self.name = name
        self.width = width
        self.node = node
        self.queue = queue
        self.handler = handler
    }

    package func run() async throws {
        let claims = Claims(queue: name, node: node, of: queue)
        await withTaskGroup(of: Void.self) { group in
            var free = width
            while let jobs = await claims.next(free) {
                for job in jobs {
                    group.addTask { await perform(job, claims) }
                }
                free -= jobs.count
                if free == 0, await group.next() != nil { free = 1 }
            }
        }
    }

    private func perform(_ job: Job, _ claims: Claims) async {
        do {
            try await handler.perform(job, lease: Lease(job: job, queue: queue))
            if queue.held.contains(job) { throw Unfinished() }
        } catch {
            await claims.fail([job], error)
        }
    }
}

/// The handler returned, but its job is still there.
private struct Unfinished: Error, CustomStringConvertible {
    var description: String { "the work ended without finishing its job" }
}
