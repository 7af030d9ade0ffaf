import NIOCore
import NIOPosix

/// Runs one session on its event loop: octets in, replies out, messages handed over and waited for.
final class SMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Asks a session to end when it may.
    enum Event { case shutdown, shutdownNow }

    /// What the octets that come in are for.
    private enum Mode {
        case commands
        case message(DataScanner, ContentSink)
        /// The end of a message was received; its octets are written, or it is being stored.
        case waiting(ContentSink)
        /// The rest of a line that is too long.
        case skippingLine
        case closed
    }

    /// Octets that may wait while a message is stored; beyond them reading stops.
    private static let waitingLimit = 64 << 10

    private let server: SMTPServer.Core
    private var session: SMTPSession
    private var mode = Mode.commands
    private var input = ByteBuffer()
    private var output = ByteBuffer()
    private var isReadingStopped = false
    private var isShuttingDown = false
    private var lastActivity = NIODeadline.now()
    private var skipped = 0

    init(server: SMTPServer.Core, remoteAddress: String) {
        self.server = server
        session = SMTPSession(
            hostname: server.configuration.hostname, limits: server.configuration.limits, remoteAddress: remoteAddress)
    }

    // MARK: Events

    func channelActive(context: ChannelHandlerContext) {
        write(session.greeting)
        flush(context)
        watchIdle(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        lastActivity = .now()
        if input.readableBytes == 0 { input = buffer } else { input.writeBuffer(&buffer) }
        proceed(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? Event else { return context.fireUserInboundEventTriggered(event) }
        isShuttingDown = true
        switch (event, mode) {
        case (.shutdown, .commands), (.shutdown, .skippingLine), (.shutdownNow, .commands),
            (.shutdownNow, .skippingLine),
            (.shutdownNow, .message):
            close(context, .shutdown)
        case (.shutdown, .message), (.shutdown, .waiting), (.shutdownNow, .waiting), (_, .closed): break
        }
    }

    // MARK: Octets

    private func proceed(_ context: ChannelHandlerContext) {
        loop: while input.readableBytes > 0 {
            switch mode {
            case .commands: if !readCommand(context) { break loop }
            case .message(let scanner, let sink): readMessage(context, scanner, sink)
            case .waiting: break loop
            case .skippingLine: skipLine(context)
            case .closed: input.clear()
            }
        }
        flush(context)
        if input.readableBytes == 0 { input.clear() }
        balanceReading(context)
    }

    /// One command; false when its line is not complete yet.
    private func readCommand(_ context: ChannelHandlerContext) -> Bool {
        let limits = server.configuration.limits
        let view = input.readableBytesView
        guard let end = view.firstIndex(of: 0x0A) else {
            guard view.count > limits.commandLine else { return false }
            skipped = 0
            mode = .skippingLine
            return true
        }
        let line = view[..<end]
        input.moveReaderIndex(forwardBy: line.count + 1)
        guard line.count < limits.commandLine else {
            act(session.receiveTooLong(), context)
            return true
        }
        // A line that ends with a bare LF keeps it, so that the session sees and refuses it.
        let octets = line.last == 0x0D ? Array(line.dropLast()) : Array(line) + [0x0A]
        act(session.receive(octets[...], verdict: server.receiver.refusal), context)
        return true
    }

    private func skipLine(_ context: ChannelHandlerContext) {
        let view = input.readableBytesView
        guard let end = view.firstIndex(of: 0x0A) else {
            skipped += view.count
            input.clear()
            if skipped > server.configuration.limits.unendedLine { close(context, .lineTooLong) }
            return
        }
        input.moveReaderIndex(forwardBy: view.distance(from: view.startIndex, to: end) + 1)
        mode = .commands
        act(session.receiveTooLong(), context)
    }

    private func act(_ action: SMTPSession.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .reply(let reply): write(reply)
        case .close(let reply): close(context, reply)
        case .startMail(let reply):
            write(reply)
            let limits = server.configuration.limits
            let sink = ContentSink(
                limit: limits.memory, spool: server.spool, pool: server.threadPool, eventLoop: context.eventLoop)
            mode = .message(DataScanner(limits: limits), sink)
        }
    }

    private func readMessage(_ context: ChannelHandlerContext, _ before: DataScanner, _ sink: ContentSink) {
        var scanner = before
        let (used, isEnd) = input.withUnsafeReadableBytes { bytes in
            // A bounded piece, so that what must be written to the file first never grows.
            scanner.scan(UnsafeRawBufferPointer(rebasing: bytes.prefix(256 << 10)), emit: sink.append)
        }
        input.moveReaderIndex(forwardBy: used)
        mode = .message(scanner, sink)
        if isEnd {
            finishMessage(context, scanner, sink)
        } else if scanner.isHopeless {
            sink.discard()
            close(context, .tooLarge)
        } else if sink.needsFlush {
            let scanner = scanner
            pause(for: sink.flush(), sink, context) { handler, context in
                handler.mode = .message(scanner, sink)
                handler.proceed(context)
            }
        }
    }

    // MARK: The end of a message

    private func finishMessage(_ context: ChannelHandlerContext, _ scanner: DataScanner, _ sink: ContentSink) {
        if let fault = scanner.fault {
            sink.discard()
            mode = .commands
            answer(fault.reply, context)
            return
        }
        guard sink.isSpooled else { return store(sink, context) }
        pause(for: sink.flush(), sink, context) { handler, context in handler.store(sink, context) }
    }

    private func store(_ sink: ContentSink, _ context: ChannelHandlerContext) {
        mode = .waiting(sink)
        if let failure = sink.failure {
            sink.discard()
            mode = .commands
            answer(failure.isFull ? .storageFull : .storageUnavailable, context)
            return proceed(context)
        }
        guard let envelope = session.envelope else { return }
        let message = IncomingMessage(envelope: envelope, session: session.info, content: sink.content)
        let promise = context.eventLoop.makePromise(of: SMTPReply.self)
        server.deliver(message, promise)
        pause(for: promise.futureResult, sink, context, orElse: .shutdown) { handler, context, reply in
            handler.mode = .commands
            handler.answer(reply, context)
            handler.proceed(context)
        }
    }

    private func answer(_ reply: SMTPReply, _ context: ChannelHandlerContext) {
        server.count(reply)
        act(session.finishMessage(reply), context)
        if isShuttingDown, case .commands = mode { close(context, .shutdown) }
    }

    /// Takes no octets until the future is done.
    ///
    /// When the peer is gone by then, only the file is removed.
    private func pause<Value: Sendable>(
        for future: EventLoopFuture<Value>, _ sink: ContentSink, _ context: ChannelHandlerContext,
        orElse reply: SMTPReply,
        then goOn: @escaping (SMTPHandler, ChannelHandlerContext, Value) -> Void
    ) {
        mode = .waiting(sink)
        let bound = NIOLoopBound((self, context, sink, goOn), eventLoop: context.eventLoop)
        future.whenComplete { result in
            let (handler, context, sink, goOn) = bound.value
            guard case .waiting = handler.mode else { return sink.discard() }
            switch result {
            case .success(let value):
                goOn(handler, context, value)
                if case .message = handler.mode { return }
                if case .waiting = handler.mode { return }
                sink.discard()
            case .failure:
                sink.discard()
                handler.close(context, reply)
                handler.flush(context)
            }
        }
    }

    private func pause(
        for future: EventLoopFuture<Void>, _ sink: ContentSink, _ context: ChannelHandlerContext,
        then goOn: @escaping (SMTPHandler, ChannelHandlerContext) -> Void
    ) {
        pause(for: future, sink, context, orElse: .storageUnavailable) { handler, context, _ in goOn(handler, context) }
    }

    // MARK: Replies

    private func write(_ reply: SMTPReply) { output.writeBytes(reply.octets) }

    private func flush(_ context: ChannelHandlerContext) {
        guard output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        output = ByteBuffer()
    }

    private func close(_ context: ChannelHandlerContext, _ reply: SMTPReply) {
        write(reply)
        flush(context)
        end()
        context.close(promise: nil)
    }

    /// Nothing of an unfinished message is kept; one that is being stored is left to it.
    private func end() {
        if case .message(_, let sink) = mode { sink.discard() }
        mode = .closed
    }

    /// Stops reading while a message is stored and enough waits behind it.
    private func balanceReading(_ context: ChannelHandlerContext) {
        var mustStop = false
        if case .waiting = mode { mustStop = input.readableBytes > Self.waitingLimit }
        guard mustStop != isReadingStopped else { return }
        isReadingStopped = mustStop
        context.channel.setOption(.autoRead, value: !mustStop).whenFailure { _ in }
    }

    // MARK: Idleness

    private func watchIdle(_ context: ChannelHandlerContext) {
        let limit = TimeAmount.seconds(server.configuration.limits.idleSeconds)
        let left = lastActivity + limit - .now()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: max(left, .milliseconds(10))) {
            let (handler, context) = bound.value
            switch handler.mode {
            case .closed: return
            case .waiting: handler.lastActivity = .now()
            case .commands, .message, .skippingLine:
                if handler.lastActivity + limit <= .now() { return handler.close(context, .idle) }
            }
            handler.watchIdle(context)
        }
    }
}

extension DataScanner.Fault {
    fileprivate var reply: SMTPReply {
        switch self {
        case .bareLineEnd: .bareLineEnd
        case .lineTooLong: .dataLineTooLong
        case .tooLarge: .tooLarge
        case .mailLoop: .mailLoop
        }
    }
}
