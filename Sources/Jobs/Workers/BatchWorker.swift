import Logging
package import Postgres
import ServiceLifecycle

/// A step whose results are all in the database.
package protocol BatchHandler: Sendable {
    /// Queues that get follow-up jobs; their workers are woken after the commit.
    var followUps: [String] { get }

    /// Writes the results of the jobs, and their follow-up jobs, in the transaction that finishes them.
    ///
    /// May run again for the same jobs after a failure: everything it did before was rolled back.
    func handle(_ jobs: [Job], in transaction: Transaction) async throws
}

/// Claims jobs in batches and does each batch in one transaction: finished first, which fences off a worker that was
/// believed dead, then the results.
///
/// A batch that fails is done again job by job, so that a poison job stands alone.
package struct BatchWorker<Handler: BatchHandler>: Service {
    private let name: String
    private let limit: Int
    private let node: Node
    private let queue: JobQueue
    private let handler: Handler

    package init(queue name: String, batch limit: Int, node: Node, of queue: JobQueue, handler: Handler) {
        self.name = name
        self.limit = limit
        self.node = node
        self.queue = queue
        self.handler = handler
    }

    package func run() async throws {
        let loop = ClaimLoop(name: name, limit: limit, node: node, queue: queue)
        await loop.run { jobs in
            // A job that was tried before may be the one that killed the process: it is never in a batch.
            let fresh = jobs.filter { $0.attempt == 1 }
            let again = jobs.filter { $0.attempt > 1 }
            if !fresh.isEmpty { await work(on: fresh) }
            guard let first = again.first else { return }
            await loop.handBack(Array(again.dropFirst()))
            await work(on: [first])
        }
    }

    private func work(on jobs: [Job]) async {
        do {
            try await commit(jobs)
        } catch let error as PostgresError where error.isUnavailable {
            queue.logger.warning("work handed back", metadata: ["queue": "\(name)", "error": "\(error)"])
            await ClaimLoop(name: name, limit: limit, node: node, queue: queue).handBack(jobs)
        } catch {
            guard jobs.count == 1, let job = jobs.first else {
                for job in jobs {
                    await work(on: [job])
                }
                return
            }
            await setAside(job, error)
        }
    }

    private func commit(_ jobs: [Job]) async throws {
        try await queue.pool.transaction { transaction in
            let ours = try await queue.finish(jobs, in: transaction)
            if ours.count < jobs.count {
                queue.logger.warning("leases were lost", metadata: ["count": "\(jobs.count - ours.count)"])
            }
            guard !ours.isEmpty else { return }
            try await handler.handle(ours, in: transaction)
        }
        queue.held.remove(jobs)
        for next in handler.followUps {
            queue.wake(next)
        }
    }

    private func setAside(_ job: Job, _ error: any Error) async {
        do {
            try await queue.fail(job, reason: "\(error)", isPermanent: error is any PermanentFailure)
        } catch {
            // The lease runs out by itself.
            queue.held.remove([job])
            queue.logger.warning("failure not recorded", metadata: ["job": "\(job.id)", "error": "\(error)"])
        }
    }
}
