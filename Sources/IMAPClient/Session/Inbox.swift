import NIOCore
import Synchronization

/// Octets between the event loop, which brings them when asked, and the one task that reads them.
final class Inbox: Sendable {
    private struct State {
        var octets: [ByteBuffer] = []
        var ending: IMAPError?
        var reader: CheckedContinuation<Result<[ByteBuffer], IMAPError>, Never>?
    }

    private let state = Mutex(State())

    /// What has come; waits for it.
    ///
    /// `ask` is called when there is nothing yet.
    func next(ask: () -> Void) async throws(IMAPError) -> [ByteBuffer] {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<[ByteBuffer], IMAPError>, Never>) in
            let result = state.withLock { state -> Result<[ByteBuffer], IMAPError>? in
                if !state.octets.isEmpty {
                    defer { state.octets = [] }
                    return .success(state.octets)
                }
                if let ending = state.ending { return .failure(ending) }
                state.reader = continuation
                return nil
            }
            if let result { continuation.resume(returning: result) } else { ask() }
        }
        return try result.get()
    }

    func bring(_ buffer: ByteBuffer) { state.withLock { $0.octets.append(buffer) } }

    /// Hands what was brought to the reader; tells whether one still waits.
    func deliver() -> Bool {
        let (reader, octets) = state.withLock { state in
            guard !state.octets.isEmpty, let reader = state.reader else { return (state.reader, [] as [ByteBuffer]) }
            defer { (state.octets, state.reader) = ([], nil) }
            return (reader, state.octets)
        }
        guard let reader else { return false }
        guard !octets.isEmpty else { return true }
        reader.resume(returning: .success(octets))
        return false
    }

    /// Forgets what no reader took.
    func drop() { state.withLock { $0.octets = [] } }

    /// Nothing more comes; the first reason stands.
    func end(_ error: IMAPError) {
        let reader = state.withLock { state in
            state.ending = state.ending ?? error
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: .failure(error))
    }

    /// The reader has waited long enough; the session goes on.
    func giveUp(_ error: IMAPError) {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: .failure(error))
    }
}

/// Puts what the channel reads into the inbox, and asks for more as long as somebody waits.
final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox

    init(_ inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.bring(unwrapInboundIn(data)) }

    func channelReadComplete(context: ChannelHandlerContext) {
        if inbox.deliver() { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) { inbox.end(.closed("the connection broke")) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbox.end(.unreachable("\(error)"))
        context.close(promise: nil)
    }
}
