import Dispatch
import Synchronization

/// Where the transfer's thread waits, after the 354 and before the first octet, for the caller's asynchronous consent.
///
/// The thread is the client's own, so that holding it up holds up nobody else.
final class DataGate: Sendable {
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation
    private let isOpen = Atomic(false)
    private let decided = DispatchSemaphore(value: 0)

    init() { (requests, request) = AsyncStream.makeStream() }

    /// Asks for consent and blocks until it is given or not; called once at most, by the transfer.
    func pass() -> Bool {
        request.yield()
        decided.wait()
        return isOpen.load(ordering: .acquiring)
    }

    /// Ends the waiting for a request that will not come any more.
    func close() { request.finish() }

    /// Waits for the request and answers it; a consent that throws is a refusal.
    @concurrent
    func answer(with consent: @Sendable () async throws -> Void) async {
        // Ended by a cancelled task, the loop never sees a request: the transfer must not wait for it then.
        defer { decided.signal() }
        for await _ in requests {
            do {
                try await consent()
                isOpen.store(true, ordering: .releasing)
            } catch {
                // The caller knows its own error; the transfer needs to know no more than that there is one.
            }
            return
        }
    }
}
