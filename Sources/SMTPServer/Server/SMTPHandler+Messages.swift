import NIOCore

/// Messages on their way from the peer to the receiver.
extension SMTPHandler {
    func beginMessage(_ context: ChannelHandlerContext) {
        messageDeadline = context.eventLoop.now + TimeAmount(limits.message)
        sink = ContentSink(
            limit: limits.memory, declaredSize: conversation.session.envelope?.declaredSize,
            spool: server.spool, pool: server.threadPool, eventLoop: context.eventLoop)
        // Otherwise the watch for idleness looks at it often enough.
        if limits.message < limits.idle { watch(context) }
    }

    func endMessage(_ context: ChannelHandlerContext, _ fault: DataScanner.Fault?) {
        guard let sink else { return }
        if let fault { return finishMessage(context, fault.reply) }
        guard sink.isSpooled || sink.needsFlush else { return deliver(context, sink) }
        pause(context, for: sink.flush()) { handler, context, _ in handler.deliver(context, sink) }
    }

    func deliver(_ context: ChannelHandlerContext, _ sink: ContentSink) {
        if let failure = sink.failure {
            return finishMessage(context, failure.isFull ? .storageFull : .storageUnavailable)
        }
        guard let envelope = conversation.session.envelope else { return }
        let message = IncomingMessage(envelope: envelope, session: conversation.session.info, content: sink.content)
        let reply = server.deliver(message, to: receiver, on: context.eventLoop)
        pause(context, for: reply) { handler, context, reply in
            handler.finishMessage(context, reply ?? .shutdown)
        }
    }

    func finishMessage(_ context: ChannelHandlerContext, _ reply: SMTPReply) {
        server.counters.count(reply, size: sink?.size ?? 0)
        if !reply.isError { lastSuccess = context.eventLoop.now }
        abandonMessage()
        perform(conversation.finishMessage(reply), context)
    }

    /// Keeps nothing of the message; one that something is done with is left to ``pause(_:for:then:)``.
    func abandonMessage() {
        guard stage != .paused else { return }
        sink?.discard()
        sink = nil
        messageDeadline = .distantFuture
    }

    /// Does nothing until the future is done; when the peer is gone by then, only the file is removed.
    func pause<Value: Sendable>(
        _ context: ChannelHandlerContext, for future: EventLoopFuture<Value>,
        then goOn: @escaping (SMTPHandler, ChannelHandlerContext, Value?) -> Void
    ) {
        stage = .paused
        future.assumeIsolated().whenComplete { result in
            guard self.stage == .paused else {
                self.abandonMessage()
                return
            }
            self.stage = .talking
            self.lastProgress = context.eventLoop.now
            goOn(self, context, try? result.get())
            self.proceed(context)
        }
    }
}
