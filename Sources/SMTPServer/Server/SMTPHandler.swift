import NIOCore
import NIOPosix

/// Runs one session on its event loop: octets in, replies out, messages handed over and waited for.
///
/// ``SMTPConversation`` decides what is done; here are the effects: time, files, the receiver and the socket.
final class SMTPHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Asks a session to end.
    enum Event {
        /// When no message is on its way.
        case end
        /// In any case; only a message that is being stored is waited for.
        case endNow
    }

    private enum Stage {
        case talking
        /// Something is waited for: a file, the receiver, or time.
        case paused
        /// The last reply is on its way; nothing is listened to any more.
        case closing
        case closed
    }

    /// Octets that are read ahead while the session is paused.
    private static let readAhead = 64 << 10

    private let server: SMTPServer.Core
    private let limits: SMTPLimits
    private let refusal: SMTPReply?
    private let greetingDelay: Duration
    private let admission: Admission
    private var conversation: SMTPConversation
    private var stage = Stage.talking
    private var sink: ContentSink?
    private var output = ByteBuffer()
    private var ending: Event?
    private var isReadHeld = false
    private var lastProgress = NIODeadline.now()
    private var messageDeadline = NIODeadline.distantFuture
    private var alarm: Scheduled<Void>?

    /// A handler of one connection; a refusal is said instead of the greeting.
    init(server: SMTPServer.Core, peer: Peer, refusal: SMTPReply?) {
        self.server = server
        limits = server.configuration.limits
        self.refusal = refusal
        // Even a trusted peer may have spoken already: its octets are taken in first.
        greetingDelay = peer.isTrusted ? .microseconds(200) : limits.greetingDelay
        admission = Admission(
            mayBegin: { peer.isTrusted || server.rate.admits(peer.site, at: .now()) },
            refusal: { server.receiver.refusal(of: $0, from: $1, session: $2) })
        conversation = SMTPConversation(
            hostname: server.configuration.hostname, limits: limits, remoteAddress: peer.address)
    }

    // MARK: Events of the channel

    func channelActive(context: ChannelHandlerContext) {
        lastProgress = context.eventLoop.now
        context.fireChannelActive()
        guard stage == .talking else { return }
        if let refusal {
            close(context, [refusal], listening: false)
        } else {
            schedule(context, in: TimeAmount(greetingDelay)) { $0.greet($1) }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard stage == .talking || stage == .paused else { return }
        if conversation.isInMessage { lastProgress = context.eventLoop.now }
        conversation.receive(unwrapInboundIn(data))
        proceed(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        proceed(context)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        abandonMessage()
        stage = .closed
        alarm?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? Event else { return context.fireUserInboundEventTriggered(event) }
        ending = event
        proceed(context)
    }

    /// Reading is held back while enough waits, so that a fast peer cannot fill the memory.
    func read(context: ChannelHandlerContext) {
        if mayRead(context) { context.read() } else { isReadHeld = true }
    }

    private func readOn(_ context: ChannelHandlerContext) {
        guard isReadHeld, mayRead(context) else { return }
        isReadHeld = false
        context.read()
    }

    private func mayRead(_ context: ChannelHandlerContext) -> Bool {
        switch stage {
        case .talking: context.channel.isWritable
        case .paused: conversation.waiting < Self.readAhead
        case .closing, .closed: true
        }
    }

    // MARK: Steps

    private func greet(_ context: ChannelHandlerContext) {
        guard stage == .talking else { return }
        perform(conversation.greet(), context)
        proceed(context)
        if stage == .talking { watch(context) }
    }

    /// Goes on as far as possible with what was received.
    private func proceed(_ context: ChannelHandlerContext) {
        while stage == .talking {
            if ending == .endNow || ending == .end && !conversation.isInMessage { return close(context, [.shutdown]) }
            // A peer that does not read its replies causes no more of them.
            guard context.channel.isWritable else { break }
            let sink = sink
            let step = conversation.next(admission) { sink?.append($0) }
            guard step != .wait else { break }
            lastProgress = context.eventLoop.now
            perform(step, context)
        }
        flush(context)
        readOn(context)
    }

    private func perform(_ step: SMTPConversation.Step, _ context: ChannelHandlerContext) {
        switch step {
        case .wait: break
        case .reply(let reply): reply.write(to: &output)
        case .slowReply(let reply):
            let delay = context.eventLoop.scheduleTask(in: TimeAmount(limits.slowdown)) {}
            pause(context, for: delay.futureResult) { handler, _, _ in reply.write(to: &handler.output) }
        case .beginMessage(let reply):
            reply.write(to: &output)
            beginMessage(context)
        case .keepMessage:
            guard let sink, sink.needsFlush else { break }
            pause(context, for: sink.flush()) { _, _, _ in }
        case .endMessage(let fault): endMessage(context, fault)
        case .close(let replies): close(context, replies, listening: replies.last?.isError == true)
        }
    }

    // MARK: Messages

    private func beginMessage(_ context: ChannelHandlerContext) {
        messageDeadline = context.eventLoop.now + TimeAmount(limits.message)
        sink = ContentSink(
            limit: limits.memory, declaredSize: conversation.session.envelope?.declaredSize,
            spool: server.spool, pool: server.threadPool, eventLoop: context.eventLoop)
        // Otherwise the watch for idleness looks at it often enough.
        if limits.message < limits.idle { watch(context) }
    }

    private func endMessage(_ context: ChannelHandlerContext, _ fault: DataScanner.Fault?) {
        guard let sink else { return }
        if let fault { return finishMessage(context, fault.reply) }
        guard sink.isSpooled || sink.needsFlush else { return deliver(context, sink) }
        pause(context, for: sink.flush()) { handler, context, _ in handler.deliver(context, sink) }
    }

    private func deliver(_ context: ChannelHandlerContext, _ sink: ContentSink) {
        if let failure = sink.failure {
            return finishMessage(context, failure.isFull ? .storageFull : .storageUnavailable)
        }
        guard let envelope = conversation.session.envelope else { return }
        let message = IncomingMessage(envelope: envelope, session: conversation.session.info, content: sink.content)
        pause(context, for: server.deliver(message, on: context.eventLoop)) { handler, context, reply in
            handler.finishMessage(context, reply ?? .shutdown)
        }
    }

    private func finishMessage(_ context: ChannelHandlerContext, _ reply: SMTPReply) {
        server.counters.count(reply, size: sink?.size ?? 0)
        abandonMessage()
        perform(conversation.finishMessage(reply), context)
    }

    /// Keeps nothing of the message; one that something is done with is left to ``pause(_:for:then:)``.
    private func abandonMessage() {
        guard stage != .paused else { return }
        sink?.discard()
        sink = nil
        messageDeadline = .distantFuture
    }

    /// Does nothing until the future is done; when the peer is gone by then, only the file is removed.
    private func pause<Value: Sendable>(
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

    // MARK: Replies

    private func flush(_ context: ChannelHandlerContext) {
        guard output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        output = ByteBuffer()
    }

    /// Ends the session with the replies.
    ///
    /// While `listening`, what the peer still sends is taken and thrown away until it has seen the reply: closed at once,
    /// the connection could be reset before that.
    private func close(_ context: ChannelHandlerContext, _ replies: [SMTPReply], listening: Bool = true) {
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

    // MARK: Time

    /// Ends the session when nothing came for too long, or a message takes too long.
    private func watch(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        let idleDeadline = lastProgress + TimeAmount(limits.idle)
        switch stage {
        case .talking where messageDeadline <= now && conversation.isTooLarge: close(context, [.tooLarge])
        case .talking where min(idleDeadline, messageDeadline) <= now: close(context, [.idle])
        case .talking:
            schedule(context, in: min(idleDeadline, messageDeadline) - now) { $0.watch($1) }
        case .paused:
            schedule(context, in: TimeAmount(limits.idle)) { $0.watch($1) }
        case .closing, .closed: break
        }
    }

    private func schedule(
        _ context: ChannelHandlerContext, in delay: TimeAmount,
        _ action: @escaping (SMTPHandler, ChannelHandlerContext) -> Void
    ) {
        alarm?.cancel()
        alarm = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { action(self, context) }
    }
}
