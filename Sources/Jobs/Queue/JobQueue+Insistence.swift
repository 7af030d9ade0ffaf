import ServiceLifecycle

extension JobQueue {
    /// Does work again until the database takes it; throws what stands in the way when a lease that begins now would be
    /// over, about a second into a graceful shutdown, and at once what is not worth another try.
    ///
    /// `pause`: seconds before the second try; each later pause is twice as long, at most 2 s.
    func insist(
        pause: Double, while isPassing: (any Error) -> Bool = { _ in true }, _ work: () async throws -> Void
    ) async throws {
        let end = ContinuousClock.now + times.lease
        var pause = pause
        while true {
            do {
                return try await work()
            } catch {
                guard isPassing(error), .now < end, !Task.isCancelled, pause < 1 || !Task.isShuttingDownGracefully
                else { throw error }
            }
            try? await Task.sleep(for: .seconds(pause * Double.random(in: 0.8...1.2)))
            pause = min(2, pause * 2)
        }
    }
}
