import Foundation
import Synchronization

/// The thread of a resolver and what it shares with those who ask.
final class ResolverThread: Sendable {
    typealias Result = Swift.Result<[DNSRecord], DNSFailure>
    typealias Continuation = CheckedContinuation<Result, Never>

    /// Questions under way at most; more are refused for now.
    private static let mostQuestions = 4_096

    private struct Waiting {
        var askers: [UInt64: Continuation]
        var end: ContinuousClock.Instant
    }

    private struct State: ~Copyable {
        var cache = DNSCache()
        var waiting: [DNSQuestion: Waiting] = [:]
        /// To be handed to c-ares.
        var fresh: [DNSQuestion] = []
        /// Handed to c-ares and not answered yet, given up or not.
        var underWay = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let lastTicket = Atomic<UInt64>(0)
    private let channel: AresChannel
    private let timeout: Duration

    init(servers: String?, timeout: Duration) throws(ResolverError) {
        channel = try AresChannel(servers: servers, timeout: timeout)
        self.timeout = timeout
    }

    func ticket() -> UInt64 { lastTicket.add(1, ordering: .relaxed).newValue }

    // MARK: Those who ask

    func ask(_ question: DNSQuestion, ticket: UInt64, _ continuation: Continuation) {
        let now = ContinuousClock.now
        let answer: Result? = state.withLock { state in
            if let records = state.cache.records(question, at: now) { return .success(records) }
            if state.isStopped { return .failure(DNSFailure(reason: "the resolver was shut down")) }
            if state.waiting[question]?.askers.updateValue(continuation, forKey: ticket) == nil,
                state.waiting[question] != nil
            {
                return nil
            }
            guard state.underWay + state.fresh.count < Self.mostQuestions else {
                return .failure(DNSFailure(reason: "too many DNS look-ups at once"))
            }
            state.waiting[question] = Waiting(askers: [ticket: continuation], end: now + timeout)
            state.fresh.append(question)
            return nil
        }
        if let answer { continuation.resume(returning: answer) } else { channel.wake() }
    }

    func cancel(_ question: DNSQuestion, ticket: UInt64) {
        let continuation = state.withLock { $0.waiting[question]?.askers.removeValue(forKey: ticket) }
        continuation?.resume(returning: .failure(DNSFailure(reason: "the look-up was cancelled")))
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        channel.wake()
    }

    // MARK: The thread

    func run() {
        var next: ContinuousClock.Instant?
        while let fresh = takeFresh() {
            for question in fresh { channel.ask(question) { [self] in finish(question, $0) } }
            // All wait equally long, so nothing new ends before what was the next to end.
            if next.map({ $0 <= .now }) ?? true { next = expire(at: .now) }
            channel.process(for: next.map { $0 - .now } ?? .seconds(3_600))
        }
        channel.close()
        let left = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting.values.flatMap(\.askers.values)
        }
        left.forEach { $0.resume(returning: .failure(DNSFailure(reason: "the resolver was shut down"))) }
    }

    /// What is to be asked; `nil` at the end.
    private func takeFresh() -> [DNSQuestion]? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            defer { state.fresh = [] }
            state.underWay += state.fresh.count
            return state.fresh
        }
    }

    private func finish(_ question: DNSQuestion, _ reply: Swift.Result<DNSMessage.Answer, DNSFailure>) {
        let askers: [Continuation] = state.withLock { state in
            state.underWay -= 1
            if case .success(let answer) = reply { state.cache.keep(answer, to: question, at: .now) }
            return state.waiting.removeValue(forKey: question).map { Array($0.askers.values) } ?? []
        }
        let result = reply.map(\.records)
        askers.forEach { $0.resume(returning: result) }
    }

    /// Gives up what waited long enough, and tells when the next will have.
    private func expire(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        let (late, next) = state.withLock { state in
            let late = state.waiting.filter { $0.value.end <= now }
            for question in late.keys { state.waiting[question] = nil }
            return (late.values.flatMap(\.askers.values), state.waiting.values.map(\.end).min())
        }
        late.forEach { $0.resume(returning: .failure(DNSFailure(reason: "no name server answered in time"))) }
        return next
    }
}
