/// Lets a bounded number of tasks through at a time, in the order they came.
actor Gate {
    private var free: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(_ width: Int) { free = width }

    func pass<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { queue.append($0) }
        }
        defer { leave() }
        return try await body()
    }

    private func leave() {
        if queue.isEmpty {
            free += 1
        } else {
            queue.removeFirst().resume()
        }
    }
}
