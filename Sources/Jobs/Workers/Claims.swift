import Logging
import Postgres
import ServiceLifecycle
import Synchronization

/// What one worker takes from its queue and gives back to it.
final class Claims: Sendable {
    private struct State {
        /// A claim whose answer did not come may have been carried out.
        var mayHaveLost = false
        /// Whether the database did not serve since the last claim, and how often in a row.
        var hasSetback = false
        var setbacks = 0
    }

    private let name: String
    private let node: Node
    private let queue: JobQueue
    private let state = Mutex(State())

    init(queue name: String, node: Node, of queue: JobQueue) {
        self.name = name
        self.node = node
        self.queue = queue
    }

    /// The next jobs, when there are some; `nil` when the service is to stop: what is at hand is finished then, and
    /// nothing new begun.
    func next(_ limit: Int) async -> [Job]? {
        await pauseAfterSetback()
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let jobs = await claim(limit)
            guard jobs.isEmpty else { return jobs }
            await cancelWhenGracefulShutdown { [queue, name] in
                await queue.alarms.wait(for: name, atMost: queue.times.poll * Double.random(in: 0.8...1.2))
            }
        }
        return nil
    }

    private func claim(_ limit: Int) async -> [Job] {
        do {
            if state.withLock({ $0.mayHaveLost }) {
                try await queue.takeBack(node: node.id, queue: name, reason: "the answer to its claim was lost")
                state.withLock { $0.mayHaveLost = false }
            }
            return try await queue.claim(name, limit: limit, node: node.id)
        } catch {
            state.withLock { $0.mayHaveLost = true }
            queue.logger.debug("nothing claimed", metadata: ["queue": "\(name)", "error": "\(error)"])
            return []
        }
    }

    /// A database that serves claims but no work is not asked without pause: 0.1 s, doubled each time, at most 10 s.
    private func pauseAfterSetback() async {
        let setbacks = state.withLock { state in
            state.setbacks = state.hasSetback ? state.setbacks + 1 : 0
            state.hasSetback = false
            return state.setbacks
        }
        guard setbacks > 0 else { return }
        let pause = min(10, 0.05 * Double(1 << min(setbacks, 8))) * Double.random(in: 0.8...1.2)
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(pause)) }
    }

    // MARK: Jobs that were not finished

    /// Gives back what was not begun.
    func handBack(_ jobs: [Job]) async {
        guard !jobs.isEmpty else { return }
        await insist(jobs) { try await self.queue.giveBack(jobs, .undone) }
    }

    /// Gives back what failed.
    func fail(_ jobs: [Job], _ error: any Error) async {
        let course = Return(after: error)
        if course == .undone || course == .shelved { state.withLock { $0.hasSetback = true } }
        queue.logger.warning(
            "work failed",
            metadata: [
                "queue": "\(name)", "jobs": "\(jobs.map(\.id))", "course": "\(course)", "error": "\(error)",
            ])
        await insist(jobs) { try await self.queue.giveBack(jobs, course, reason: "\(error)") }
    }

    /// Tries until the database takes it or the lease is over anyway; from then on nobody here holds the jobs.
    private func insist(_ jobs: [Job], _ work: () async throws -> Void) async {
        defer { queue.held.remove(jobs) }
        do {
            try await queue.insist(pause: 0.05, work)
        } catch {
            queue.logger.warning("jobs not given back", metadata: ["jobs": "\(jobs.map(\.id))", "error": "\(error)"])
        }
    }
}

extension Return {
    /// What a failure leads to.
    ///
    /// Not counted is only what a job cannot bring about itself. A lost connection, a time-out and a conflict are: with
    /// them uncounted, a job that overturns the server would be tried for ever.
    init(after error: any Error) {
        switch error {
        case is any PermanentFailure: self = .never
        case let error as PostgresError where error.isServerGone: self = .undone
        case let error as PostgresError where error.isServerShort: self = .shelved
        default: self = .later
        }
    }
}

extension PostgresError {
    /// Nothing can be done in this database for now: no connection is free, or it is ending, starting (57P01 to 57P03)
    /// or a standby (25006).
    var isServerGone: Bool {
        code == .poolExhausted || ["57P01", "57P02", "57P03", "25006"].contains(sqlState)
    }

    /// The server has no disk or connection left (53100, 53300) or fails to read and write (58030).
    var isServerShort: Bool { ["53100", "53300", "58030"].contains(sqlState) }
}
