import Synchronization

/// Arrivals that wait for a writer, and writers that wait for arrivals.
final class CommitGroup: Sendable {
    typealias Answer = Result<JournalReceipt, JournalError>

    /// An arrival that waits to be written.
    struct Waiting: Sendable {
        var number: Int
        var arrival: Arrival
    }

    /// Who waits for an answer, and since when.
    private struct Asker {
        var since: ContinuousClock.Instant
        var continuation: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        /// Those not answered yet, by number, whether their arrival waits or is being written.
        var askers: [Int: Asker] = [:]
        var arrivalsEver = 0
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
                state.arrivalsEver += 1
                state.waiting.append(Waiting(number: state.arrivalsEver, arrival: arrival))
                state.askers[state.arrivalsEver] = Asker(since: .now, continuation: continuation)
                return (true, state.idleWriters.popFirst()?.value)
            }
            writer?.resume()
            if !accepted { continuation.resume(returning: .failure(.unavailable("the journal is stopped"))) }
        }
        return try answer.get()
    }

    /// Answers the one who handed the arrival in, unless they were answered before.
    func answer(_ waiting: Waiting, _ answer: Answer) {
        state.withLock { $0.askers.removeValue(forKey: waiting.number) }?.continuation.resume(returning: answer)
    }

    /// Answers everybody who has waited for too long; what is being written for them may yet be committed, and is then
    /// known again when it is sent again.
    func refuse(waitingFor limit: Duration, _ error: JournalError) {
        let now = ContinuousClock.now
        let late = state.withLock { state in
            let numbers = Set(state.askers.filter { now - $0.value.since > limit }.keys)
            guard !numbers.isEmpty else { return [] as [Asker] }
            state.waiting.removeAll { numbers.contains($0.number) }
            return numbers.compactMap { state.askers.removeValue(forKey: $0) }
        }
        for asker in late {
            asker.continuation.resume(returning: .failure(error))
        }
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

    /// Answers everybody whose arrival still waits for a writer.
    func refuseWaiting(_ error: JournalError) {
        let refused = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        for entry in refused {
            answer(entry, .failure(error))
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
