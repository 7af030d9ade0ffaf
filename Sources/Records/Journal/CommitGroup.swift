import Synchronization

/// Arrivals that wait for a writer, and writers that wait for arrivals.
final class CommitGroup: Sendable {
    typealias Answer = Result<JournalReceipt, JournalError>

    /// An arrival that waits to be written.
    struct Waiting: Sendable {
        var number: Int
        var arrival: ArrivalRow
    }

    /// Who waits for an answer, and since when nothing was heard of it.
    private struct Asker {
        var since: ContinuousClock.Instant
        var continuation: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        /// Those not answered yet, by number, whether their arrival waits or is being written.
        var askers: [Int: Asker] = [:]
        var arrivalsEver = 0
        /// Writers with nothing to do, by number.
        var idleWriters: [Int: CheckedContinuation<Void, Never>] = [:]
        var writersEver = 0
        /// Since when the writers that have a batch are at it.
        var busySince: [ContinuousClock.Instant] = []
        var isClosed = false
    }

    private let maximumArrivals: Int
    private let maximumOctets: Int
    private let crowd: Int
    private let state = Mutex(State())

    /// `crowd`: how many arrivals have to wait before a writer begins beside another one.
    init(arrivals: Int, octets: Int, crowd: Int) {
        maximumArrivals = arrivals
        maximumOctets = octets
        self.crowd = crowd
    }

    /// Arrivals that no writer took yet.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func append(_ arrival: ArrivalRow) async throws(JournalError) -> JournalReceipt {
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<Answer, Never>) in
            let (accepted, writer) = state.withLock { state in
                guard !state.isClosed else { return (false, nil as CheckedContinuation<Void, Never>?) }
                state.arrivalsEver += 1
                state.waiting.append(Waiting(number: state.arrivalsEver, arrival: arrival))
                state.askers[state.arrivalsEver] = Asker(since: .now, continuation: continuation)
                return (true, mayWrite(state) ? state.idleWriters.popFirst()?.value : nil)
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

    /// The writer of an arrival got a step further: it is heard of, and so are those that wait for a writer.
    ///
    /// Tells whether its answer is still waited for.
    func progress(of written: Waiting) -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            for entry in state.waiting { state.askers[entry.number]?.since = now }
            guard state.askers[written.number] != nil else { return false }
            state.askers[written.number]?.since = now
            return true
        }
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

    /// Wakes a writer when the one at work is slow, as on a connection that hangs.
    func helpOut() {
        state.withLock { mayWrite($0) ? $0.idleWriters.popFirst()?.value : nil }?.resume()
    }

    /// What waits now, at least one arrival; `nil` once the task is cancelled and there is nothing left to do for it.
    ///
    /// To be told by ``finish()`` when it is written.
    func nextBatch() async -> [Waiting]? {
        while true {
            let batch = state.withLock { state in
                let batch = mayWrite(state) ? takeBatch(from: &state) : []
                if !batch.isEmpty { state.busySince.append(.now) }
                let isOver = batch.isEmpty && Task.isCancelled
                if isOver { state.isClosed = true }
                return isOver ? nil : batch
            }
            guard let batch else { return nil }
            if !batch.isEmpty { return batch }
            await untilWoken()
        }
    }

    /// A batch is written, whichever: the one begun first stands for it.
    func finish() { state.withLock { _ = $0.busySince.removeFirst() } }

    /// Whether a writer should begin: at once when none is at work, so that nobody who is alone waits; beside another
    /// one only for a crowd, since a large batch costs little more than a small one.
    private func mayWrite(_ state: State) -> Bool {
        guard let since = state.busySince.last else { return !state.waiting.isEmpty }
        return state.waiting.count >= crowd || !state.waiting.isEmpty && .now - since > .milliseconds(50)
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
            octets += Int(entry.arrival.size)
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
                    guard !mayWrite(state), !Task.isCancelled else { return true }
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
