import Synchronization

/// A moment to measure from.
package final class Mark: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    package init() {}

    package func set() { instant.withLock { $0 = .now } }
    package var age: Duration { ContinuousClock.now - instant.withLock { $0 } }
}
