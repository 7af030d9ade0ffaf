import Synchronization

/// The leases that this process works under; only these are renewed.
final class HeldLeases: Sendable {
    private let tokens = Mutex<Set<Int64>>([])

    func add(_ jobs: [Job]) { tokens.withLock { $0.formUnion(jobs.map(\.leaseToken)) } }
    func remove(_ jobs: [Job]) { tokens.withLock { $0.subtract(jobs.map(\.leaseToken)) } }
    func contains(_ job: Job) -> Bool { tokens.withLock { $0.contains(job.leaseToken) } }
    var all: [Int64] { tokens.withLock { Array($0) } }
}
