import Dispatch
import Synchronization

/// Hashes passwords one after the other on a queue of its own, away from the threads that asynchronous code runs on.
///
/// One at a time is the point: a storm of log-ins takes one core and 19 MiB, not the machine.
package final class PasswordHasher: Sendable {
    /// More log-ins wait than will be served in good time; try again later.
    package struct Busy: Error, CustomStringConvertible {
        package var description: String { "too many log-ins at once; try again in a moment" }
    }

    private let queue = DispatchQueue(label: "password hashing")
    private let waiting = Mutex(0)
    private let limit: Int
    private let cost: PasswordHash.Cost

    /// A hasher that refuses more than `limit` callers at a time; the last of 100 waits a second or two.
    package init(limit: Int = 100, cost: PasswordHash.Cost = .recommended) {
        self.limit = limit
        self.cost = cost
    }

    /// Hashes with a new salt.
    ///
    /// Throws `Busy` or `PasswordHash.Failure`.
    package func make(_ password: String) async throws -> String {
        try await run { [cost] in try PasswordHash.make(password, cost: cost) }
    }

    /// Whether the password is the one that was hashed.
    ///
    /// Throws `Busy`.
    package func verify(_ password: String, against encoded: String) async throws -> Bool {
        try await run { PasswordHash.verify(password, against: encoded) }
    }

    private func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try enter()
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }

    private func enter() throws(Busy) {
        let isAdmitted = waiting.withLock { waiting in
            guard waiting < limit else { return false }
            waiting += 1
            return true
        }
        guard isAdmitted else { throw Busy() }
    }
}
