package import Jobs
package import Logging
package import Postgres

/// The append-only journal: nothing is acknowledged before its octets are committed here.
///
/// Arrivals that wait at the same moment share one statement (group commit); where many wait, two writers overlap, so
/// that one prepares while the other waits for the disk. An arrival that is alone is written at once.
package struct Journal: Sendable {
    /// Bounds of one shared statement.
    package struct Limits: Sendable {
        package var arrivals = 64
        package var octets = 8 << 20
        /// Arrivals that have to wait before the second writer begins beside the first.
        package var crowd = 16
        /// Arrivals above 1 MiB that are written at the same time, each in a transaction of its own.
        package var largeArrivals = 2
        /// How long a door waits for the commit before it asks the peer to come again.
        package var patience = Duration.milliseconds(1700)

        package init() {}
    }

    private let pool: PostgresPool
    private let queue: JobQueue
    private let group: CommitGroup
    private let largeArrivals: Gate
    private let patience: Duration
    private let logger: Logger

    package init(pool: PostgresPool, queue: JobQueue, limits: Limits = Limits(), logger: Logger) {
        self.pool = pool
        self.queue = queue
        self.logger = logger
        group = CommitGroup(arrivals: limits.arrivals, octets: limits.octets, crowd: limits.crowd)
        largeArrivals = Gate(limits.largeArrivals)
        patience = limits.patience
    }

    /// Makes one arrival durable together with its first job; returns only after the commit.
    package func append(_ arrival: Arrival) async throws(JournalError) -> JournalReceipt {
        switch arrival.content {
        case .memory: try await group.append(ArrivalRow(arrival))
        case .file(let path, _): try await appendLarge(arrival, path: path)
        }
    }

    /// The two writers; returns when the task is cancelled and what was handed in is answered.
    package func run() async {
        await withTaskGroup(of: Void.self) { writers in
            for _ in 0..<2 {
                writers.addTask { await write() }
            }
            writers.addTask { await watch() }
        }
    }

    /// A database that neither answers nor fails must not keep the doors waiting.
    private func watch() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))
            group.helpOut()
            group.refuse(waitingFor: patience, .unavailable("the database does not answer"))
        }
    }

    private func write() async {
        while let batch = await group.nextBatch() {
            let results = await store(batch.map(\.arrival))
            for (waiting, result) in zip(batch, results) {
                group.answer(waiting, result)
            }
            queue.wake(ReadJob.queue)
            if results.contains(where: { if case .failure(.unavailable) = $0 { true } else { false } }) {
                // Whoever queued behind a dead database learns it now, not one time-out after the other.
                group.refuseWaiting(.unavailable("the database is away"))
            }
            group.finish()
        }
    }

    /// Stores a batch in one statement; when that is refused, each by itself, so that one fault refuses one arrival.
    private func store(_ arrivals: [ArrivalRow]) async -> [Result<JournalReceipt, JournalError>] {
        do {
            return try await ArrivalRecords.insert(arrivals, into: pool).map { .success($0) }
        } catch {
            let reason = JournalError(error)
            logger.warning("arrivals not stored", metadata: ["count": "\(arrivals.count)", "error": "\(error)"])
            guard arrivals.count > 1, case .refused = reason else {
                return arrivals.map { _ in .failure(reason) }
            }
        }
        var results: [Result<JournalReceipt, JournalError>] = []
        for arrival in arrivals {
            results.append(contentsOf: await store([arrival]))
        }
        return results
    }

    private func appendLarge(_ arrival: Arrival, path: String) async throws(JournalError) -> JournalReceipt {
        do {
            let receipt = try await largeArrivals.pass {
                try await ArrivalRecords.insertLarge(ArrivalRow(arrival), spooledAt: path, into: pool)
            }
            queue.wake(ReadJob.queue)
            return receipt
        } catch {
            logger.warning("large arrival not stored", metadata: ["size": "\(arrival.size)", "error": "\(error)"])
            throw JournalError(error)
        }
    }
}

extension JournalError {
    init(_ error: any Error) {
        guard let error = error as? PostgresError else {
            self = .refused("\(error)")
            return
        }
        if error.isOutOfSpace {
            self = .full("\(error)")
        } else if error.isUnavailable {
            self = .unavailable("\(error)")
        } else {
            self = .refused("\(error)")
        }
    }
}
