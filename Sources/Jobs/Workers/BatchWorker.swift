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
/// A batch that fails is done again job by job, so that a poison job stands alone; one whose database is away goes back
/// as a whole, or each of its jobs would wait for the database by itself.
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
        let claims = Claims(queue: name, node: node, of: queue)
        var size = limit
        while let jobs = await claims.next(size) {
            // A job that was tried before may be the one that killed the process: it is never in a batch.
            let fresh = jobs.filter { $0.attempt == 1 }
            let again = jobs.filter { $0.attempt > 1 }
            await claims.handBack(Array(again.dropFirst()))
            if !fresh.isEmpty { await work(on: fresh, claims) }
            if let first = again.first { await work(on: [first], claims) }
            // Where one is, others may be behind it.
            size = again.isEmpty ? limit : 1
        }
    }

    private func work(on jobs: [Job], _ claims: Claims) async {
        do {
            try await commit(jobs)
        } catch {
            guard jobs.count > 1, (error as? PostgresError)?.isOfTheServer != true else {
                await claims.fail(jobs, error)
                return
            }
            for job in jobs {
                await work(on: [job], claims)
            }
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
}

extension PostgresError {
    /// Whether the next job would meet the same.
    ///
    /// A job that brings this about itself still stands alone afterwards: no second attempt is made in a batch.
    fileprivate var isOfTheServer: Bool { isServerGone || code == .unavailable || code == .connectionLost }
}
