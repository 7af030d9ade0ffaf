import Synchronization

/// Set once, when the service is asked to stop.
final class ShutdownFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}
