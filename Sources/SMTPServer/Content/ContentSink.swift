import NIOCore
import NIOPosix

/// Collects a message: in memory while it is small, beyond that in a file, with at most one block waiting for it.
///
/// Lives on one event loop.
final class ContentSink {
    /// Octets that are gathered before they go to the file.
    private static let block = SMTPConversation.piece

    private let limit: Int
    private let spool: Spool
    private let pool: NIOThreadPool
    private let eventLoop: any EventLoop
    private var memory: [UInt8] = []
    private var file: SpoolFile?
    private(set) var size = 0
    /// Why the message cannot be kept, once the file could not be written.
    private(set) var failure: SpoolFile.Failure?

    /// A sink of one message; one that is announced as large goes to the file from the start.
    init(limit: Int, declaredSize: Int?, spool: Spool, pool: NIOThreadPool, eventLoop: any EventLoop) {
        self.limit = limit
        self.spool = spool
        self.pool = pool
        self.eventLoop = eventLoop
        if declaredSize ?? 0 > limit { file = SpoolFile(path: spool.newPath()) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) {
        memory.append(contentsOf: bytes)
        size += bytes.count
    }

    /// Whether so much waits that no more may be read before ``flush()`` is done.
    var needsFlush: Bool { memory.count > (file == nil ? limit : Self.block) }

    /// Writes what waits to the file; a failure is kept for the end of the message.
    func flush() -> EventLoopFuture<Void> {
        let file = file ?? SpoolFile(path: spool.newPath())
        self.file = file
        let octets = memory
        memory = []
        guard failure == nil else { return eventLoop.makeSucceededVoidFuture() }
        return pool.runIfActive(eventLoop: eventLoop) { try file.append(octets) }.assumeIsolated()
            .flatMapErrorThrowing { error in
                self.failure = error as? SpoolFile.Failure ?? SpoolFile.Failure(isFull: false)
            }.nonisolated()
    }

    /// The whole message; what waits must have been flushed when there is a file.
    var content: MessageContent {
        file.map { .spooled(path: $0.path, size: size) } ?? .memory(memory)
    }

    var isSpooled: Bool { file != nil }

    /// Removes the file, if there is one; nothing may be on its way to it.
    func discard() {
        guard let file else { return }
        self.file = nil
        pool.submit { _ in file.remove() }
    }
}
