import NIOCore

/// The last replies of a session, and the time it has.
extension SMTPHandler {
    func flush(_ context: ChannelHandlerContext) {
        guard output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        output = ByteBuffer()
    }

    /// Ends the session with the replies.
    ///
    /// While `listening`, what the peer still sends is taken and thrown away until it has seen the reply: closed at once,
    /// the connection could be reset before that.
    func close(_ context: ChannelHandlerContext, _ replies: [SMTPReply], listening: Bool = true) {
        abandonMessage()
        stage = .closing
        for reply in replies { reply.write(to: &output) }
        let output = output
        self.output = ByteBuffer()
        // Also ends a session whose peer does not take the reply.
        schedule(context, in: TimeAmount(limits.farewell)) { _, context in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(output)).assumeIsolated().whenComplete { _ in
            context.close(mode: listening ? .output : .all, promise: nil)
        }
        readOn(context)
    }

    /// Ends the session when nothing came for too long, a message takes too long, or nothing comes of it all.
    func watch(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        switch stage {
        case .talking where deadline > now: schedule(context, in: deadline - now) { $0.watch($1) }
        case .talking: close(context, [conversation.isTooLarge && messageDeadline <= now ? .tooLarge : .idle])
        case .paused: schedule(context, in: TimeAmount(limits.idle)) { $0.watch($1) }
        case .handshaking: context.close(promise: nil)
        case .closing, .closed: break
        }
    }

    private var deadline: NIODeadline {
        let idle = lastProgress + TimeAmount(limits.idle)
        return min(idle, conversation.isInMessage ? messageDeadline : lastSuccess + TimeAmount(limits.unproductive))
    }

    func schedule(
        _ context: ChannelHandlerContext, in delay: TimeAmount,
        _ action: @escaping (SMTPHandler, ChannelHandlerContext) -> Void
    ) {
        alarm?.cancel()
        alarm = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { action(self, context) }
    }
}
