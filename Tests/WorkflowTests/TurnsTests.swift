import Synchronization
import TestSupport
import Testing

@testable import Workflow

@Suite("Turns")
struct TurnsTests {
    /// How many are there at a time.
    private final class Presence: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func enter() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
        func leave() { counts.withLock { $0.now -= 1 } }
    }

    @Test("one at a time has its turn, and all come to it", .timeLimit(.minutes(1)))
    func oneAtATime() async throws {
        let turns = Turns()
        let presence = Presence()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await turns.take()
                    presence.enter()
                    await Task.yield()
                    presence.leave()
                    turns.give()
                }
            }
            try await group.waitForAll()
        }
        #expect(presence.most == 1)
    }

    @Test("whoever is cancelled while they wait takes nobody's turn", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let turns = Turns()
        try await turns.take()
        let waiting = Task { try await turns.take() }
        waiting.cancel()
        turns.give()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        try await turns.take()
        turns.give()
    }
}
