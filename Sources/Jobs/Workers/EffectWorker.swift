import Logging
package import Postgres
import ServiceLifecycle

/// A step with an effect outside the database, such as a mail sent: it finishes its job in a transaction of its own.
package protocol EffectHandler: Sendable {
    /// Does the work and ends with ``Lease/finish(_:)``. Throwing puts the job off or sets it aside.
    func perform(_ job: Job, lease: Lease) async throws
}

/// The right to finish a job.
package struct Lease: Sendable {
    package let job: Job
    let queue: JobQueue

    /// Finishes the job together with the statements of its result; throws ``LostLease`` and changes nothing when the
    /// job was given to somebody else meanwhile.
    package func finish(_ statements: [SQL]) async throws {
        try await queue.pool.transaction { transaction in
            guard try await !queue.finish([job], in: transaction).isEmpty else { throw LostLease() }
            _ = try await transaction.pipeline(statements)
        }
        queue.held.remove([job])
    }
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
        let loop = ClaimLoop(name: name, limit: width, node: node, queue: queue)
        await loop.run { jobs in
            await withTaskGroup(of: Void.self) { group in
                for job in jobs {
                    group.addTask { await perform(job, loop) }
                }
            }
        }
    }

    private func perform(_ job: Job, _ loop: ClaimLoop) async {
        do {
            try await handler.perform(job, lease: Lease(job: job, queue: queue))
        } catch is LostLease {
            queue.held.remove([job])
            queue.logger.warning("lease was lost", metadata: ["queue": "\(name)", "job": "\(job.id)"])
        } catch let error as PostgresError where error.isUnavailable {
            queue.logger.warning("work handed back", metadata: ["queue": "\(name)", "error": "\(error)"])
            await loop.handBack([job])
        } catch {
            try? await queue.fail(job, reason: "\(error)", isPermanent: error is any PermanentFailure)
        }
    }
}
