import Synchronization

/// When each door of this process brought something into the journal last: a door that has gone silent is worse than one
/// that is down, and shows by nothing else.
final class DoorActivity: Sendable {
    private let successes = Mutex<[Arrival.Door: ContinuousClock.Instant]>([:])

    func note(_ door: Arrival.Door) { successes.withLock { $0[door] = .now } }

    func age(of door: Arrival.Door) -> Duration? { successes.withLock { $0[door] }.map { .now - $0 } }
}
