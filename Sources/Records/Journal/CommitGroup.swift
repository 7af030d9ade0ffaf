import Synchronization

/// Arrivals that wait for a writer, and writers that wait for arrivals.
final class CommitGroup: Sendable {
    typealias Answer = Result<JournalReceipt, JournalError>

    /// An arrival and who waits for its answer.
    struct Waiting: Sendable {
        var arrival: Arrival
        fileprivate var continuation: CheckedContinuation<Answer, Never>

        func answer(_ answer: Answer) { continuation.resume(returning: answer) }
    }

    private struct State {
        var waiting: [Waiting] = []
        /// Writers with nothing to do, by number; woken one for each arrival.
        var idleWriters: [Int: CheckedContinuation<Void, Never>] = [:]
        var writersEver = 0
        var isClosed = false
    }

    private let maximumArrivals: Int
    private let maximumOctets: Int
    private let state = Mutex(State())

    init(arrivals: Int, octets: Int) {
        maximumArrivals = arrivals
        maximumOctets = octets
    }

    func append(_ arrival: Arrival) async throws(JournalError) -> JournalReceipt {
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<Answer, Never>) in
            let (accepted, writer) = state.withLock { state in
                guard !state.isClosed else { return (false, nil as CheckedContinuation<Void, Never>?) }
                state.waiting.append(Waiting(arrival: arrival, continuation: continuation))
                return (true, state.idleWriters.popFirst()?.value)
            }
            writer?.resume()
            if !accepted { continuation.resume(returning: .failure(.unavailable("the journal is stopped"))) }
        }
        return try answer.get()
    }

    /// What waits now, at least one arrival; `nil` once the task is cancelled and nothing waits any more.
    func nextBatch() async -> [Waiting]? {
        while true {
            let batch = state.withLock { state in
                let batch = takeBatch(from: &state)
                if batch.isEmpty && Task.isCancelled { state.isClosed = true }
                return batch
            }
            if !batch.isEmpty { return batch }
            if Task.isCancelled { return nil }
            await untilWoken()
        }
    }

    /// Answers everybody who still waits.
    func refuseWaiting(_ error: JournalError) {
        let refused = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        for entry in refused {
            entry.answer(.failure(error))
        }
    }

    private func takeBatch(from state: inout State) -> [Waiting] {
        var octets = 0
        var count = 0
        for entry in state.waiting.prefix(maximumArrivals) {
            octets += entry.arrival.size
            if count > 0 && octets > maximumOctets { break }
            count += 1
        }
        defer { state.waiting.removeFirst(count) }
        return Array(state.waiting.prefix(count))
    }

    private func untilWoken() async {
        let number = state.withLock { state in
            state.writersEver += 1
            return state.writersEver
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goOn = state.withLock { state in
                    guard state.waiting.isEmpty, !Task.isCancelled else { return true }
                    state.idleWriters[number] = continuation
                    return false
                }
                if goOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.idleWriters.removeValue(forKey: number) }?.resume()
        }
    }
}
