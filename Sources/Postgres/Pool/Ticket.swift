import Synchronization

/// The number of one who waits; abandoned before it was taken, it is never taken.
final class Ticket: Sendable {
    private enum State { case new, waiting(Int), abandoned }
    private let state = Mutex(State.new)

    func take(_ number: Int) -> Bool {
        state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(number)
            return true
        }
    }

    func abandon() -> Int? {
        state.withLock { state in
            defer { state = .abandoned }
            return if case .waiting(let number) = state { number } else { nil }
        }
    }
}
