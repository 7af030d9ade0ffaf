package import Jobs
package import Logging
package import Postgres

/// The append-only journal: nothing is acknowledged before its octets are committed here.
///
/// Arrivals that wait at the same moment share one statement (group commit); where many wait, two writers overlap, so
/// that one prepares while the other waits for the disk. An arrival that is alone is written at once. Arrivals above 1 MiB are written by
/// writers of their own, each in a transaction of its own, so that they hold up no small ones.
package struct Journal: Sendable {
    /// Bounds of one shared statement.
    package struct Limits: Sendable {
        package var arrivals = 64
        package var octets = 8 << 20
        /// Arrivals that have to wait before the second writer begins beside the first.
        package var crowd = 16
        /// Arrivals above 1 MiB that are written at the same time, each in a transaction of its own.
        package var largeArrivals = 2
        /// How long a door waits for the commit before it asks the peer to come again; for an arrival above 1 MiB: how
        /// long nothing may be heard of it or, while it waits for its writer, of those before it.
        package var patience = Duration.milliseconds(1700)

        package init() {}
    }

    let pool: PostgresPool
    let queue: JobQueue
    private let group: CommitGroup
    /// Those above 1 MiB, one a transaction.
    private let largeGroup: CommitGroup
    private let largeWriters: Int
    private let activity = DoorActivity()
    private let patience: Duration
    private let logger: Logger

    package init(pool: PostgresPool, queue: JobQueue, limits: Limits = Limits(), logger: Logger) {
        self.pool = pool
        self.queue = queue
        self.logger = logger
        group = CommitGroup(arrivals: limits.arrivals, octets: limits.octets, crowd: limits.crowd)
        largeGroup = CommitGroup(arrivals: 1, octets: .max, crowd: 1)
        largeWriters = limits.largeArrivals
        patience = limits.patience
    }

    /// Arrivals that wait for a writer.
    package var waitingArrivals: Int { group.waitingCount + largeGroup.waitingCount }

    /// Makes one arrival durable together with its first job; returns only after the commit.
    package func append(_ arrival: Arrival) async throws(JournalError) -> JournalReceipt {
        let receipt =
            switch arrival.content {
            case .memory: try await group.append(ArrivalRow(arrival))
            case .file: try await largeGroup.append(ArrivalRow(arrival))
            }
        activity.note(arrival.door)
        return receipt
    }

    /// How long ago a door of this process had something stored; `nil` when it did not since the start.
    package func lastSuccess(of door: Arrival.Door) -> Duration? { activity.age(of: door) }

    /// The writers; returns when the task is cancelled and what was handed in is answered.
    package func run() async {
        await withTaskGroup(of: Void.self) { writers in
            for _ in 0..<2 {
                writers.addTask { await write(group, for: ReadJob.queue) { await store($0) } }
            }
            for _ in 0..<largeWriters {
                writers.addTask { await write(largeGroup, for: ReadJob.largeQueue) { await storeLarge($0) } }
            }
            writers.addTask { await watch() }
        }
    }

    /// A database that neither answers nor fails must not keep the doors waiting.
    private func watch() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))
            for group in [group, largeGroup] {
                group.helpOut()
                group.refuse(waitingFor: patience, .unavailable("the database does not answer"))
            }
        }
    }

    private func write(
        _ group: CommitGroup, for readers: String,
        by store: ([CommitGroup.Waiting]) async -> [CommitGroup.Answer]
    ) async {
        while let batch = await group.nextBatch() {
            let results = await store(batch)
            for (waiting, result) in zip(batch, results) {
                group.answer(waiting, result)
            }
            queue.wake(readers)
            if results.contains(where: { if case .failure(.unavailable) = $0 { true } else { false } }) {
                // Whoever queued behind a dead database learns it now, not one time-out after the other.
                group.refuseWaiting(.unavailable("the database is away"))
            }
            group.finish()
        }
    }

    /// Stores a batch in one statement; when that is refused, each by itself, so that one fault refuses one arrival.
    private func store(_ batch: [CommitGroup.Waiting]) async -> [CommitGroup.Answer] {
        do {
            return try await ArrivalRecords.insert(batch.map(\.arrival), into: pool).map { .success($0) }
        } catch {
            let reason = JournalError(error)
            logger.warning("arrivals not stored", metadata: ["count": "\(batch.count)", "error": "\(error)"])
            guard batch.count > 1, case .refused = reason else {
                return batch.map { _ in .failure(reason) }
            }
        }
        var results: [CommitGroup.Answer] = []
        for waiting in batch {
            results.append(contentsOf: await store([waiting]))
            // What came to be away meanwhile is not asked for each of the rest.
            guard case .failure(.unavailable) = results[results.count - 1] else { continue }
            return results + repeatElement(results[results.count - 1], count: batch.count - results.count)
        }
        return results
    }

    /// Stores each by itself, part by part; one whose door gave up is not stored to its end.
    private func storeLarge(_ batch: [CommitGroup.Waiting]) async -> [CommitGroup.Answer] {
        var results: [CommitGroup.Answer] = []
        for waiting in batch {
            do {
                let receipt = try await ArrivalRecords.insertLarge(waiting.arrival, into: pool) {
                    largeGroup.progress(of: waiting)
                }
                results.append(.success(receipt))
            } catch {
                let size = waiting.arrival.size
                logger.warning("large arrival not stored", metadata: ["size": "\(size)", "error": "\(error)"])
                results.append(.failure(JournalError(error)))
            }
        }
        return results
    }
}

extension JournalError {
    /// Only what the octets themselves are the cause of is refused for good; after every other fault the peer keeps the
    /// message and comes again.
    init(_ error: any Error) {
        switch error {
        case let error as JournalError: self = error
        case let error as PostgresError where error.isOutOfSpace: self = .full("\(error)")
        case let error as PostgresError where error.isCausedByData: self = .refused("\(error)")
        default: self = .unavailable("\(error)")
        }
    }
}

extension PostgresError {
    /// The row is at fault: data exceptions (22), constraints (23), program limits (54).
    ///
    /// Not where there is no partition for it: a check fails (23514), and no constraint of ours.
    fileprivate var isCausedByData: Bool {
        guard let sqlState, code == .statement else { return false }
        return ["22", "23", "54"].contains(sqlState.prefix(2)) && !(sqlState == "23514" && constraint == nil)
    }
}
