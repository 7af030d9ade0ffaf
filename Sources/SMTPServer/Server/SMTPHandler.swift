import NIOCore
import NIOTLS

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

    enum Stage {
        case talking
        /// TLS is being agreed on.
        case handshaking
        /// Something is waited for: a file, the receiver, or time.
        case paused
        /// The last reply is on its way; nothing is listened to any more.
        case closing
        case closed
    }

    /// Octets that are read ahead while the session is paused.
    private static let readAhead = 64 << 10

    let server: SMTPServer.Core
    let limits: SMTPLimits
    /// Judges the recipients and takes the mail for them: one and the same, though the server may have another by then.
    let receiver: any SMTPMessageReceiver
    let peer: Peer
    private let refusal: SMTPReply?
    private let isImplicitlyEncrypted: Bool
    private let greetingDelay: Duration
    private let admission: Admission
    var conversation: SMTPConversation
    var stage = Stage.talking
    var sink: ContentSink?
    var output = ByteBuffer()
    private var ending: Event?
    private var hasBegun = false
    var hasGreeted = false
    private var isReadHeld = false
    var lastProgress = NIODeadline.now()
    /// The beginning of the session, or the last message that was accepted.
    var lastSuccess = NIODeadline.now()
    var messageDeadline = NIODeadline.distantFuture
    var alarm: Scheduled<Void>?

    /// A handler of one connection; a refusal is said instead of the greeting.
    init(
        server: SMTPServer.Core, terms: SMTPServer.Core.Terms, listener: SMTPListener = SMTPListener(address: ""),
        peer: Peer, refusal: SMTPReply?
    ) {
        self.server = server
        self.peer = peer
        limits = terms.configuration.limits
        receiver = terms.receiver
        self.refusal = refusal
        isImplicitlyEncrypted = listener.encryption == .implicit
        // Even a trusted peer may have spoken already: its octets are taken in first.
        greetingDelay = peer.isTrusted ? .microseconds(200) : limits.greetingDelay
        admission = Admission(
            mayBegin: { [limit = limits.messagesPerMinute] in
                peer.isTrusted || server.rate.admits(peer.shares(of: limit), at: .now())
            },
            refusal: { [receiver] in receiver.refusal(of: $0, from: $1, session: $2) })
        conversation = SMTPConversation(
            hostname: terms.configuration.hostname, limits: limits, terms: server.terms(of: listener),
            remoteAddress: peer.address)
    }

    // MARK: Events of the channel

    /// Behind a balancer the connection is there already when it is known whose it is.
    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        begin(context)
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard !hasBegun, stage == .talking else { return }
        hasBegun = true
        lastProgress = context.eventLoop.now
        lastSuccess = lastProgress
        if let refusal {
            // Nobody could read it before TLS is agreed on.
            close(context, isImplicitlyEncrypted ? [] : [refusal], listening: false)
        } else if isImplicitlyEncrypted {
            beginHandshake(context)
        } else {
            schedule(context, in: TimeAmount(greetingDelay)) { $0.greet($1) }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard stage == .talking || stage == .paused else { return }
        if conversation.isReceiving { lastProgress = context.eventLoop.now }
        conversation.receive(unwrapInboundIn(data))
        proceed(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        proceed(context)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        abandonMessage()
        if stage == .handshaking { server.counters.countHandshake(isDone: false) }
        stage = .closed
        alarm?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? Event else {
            if case .handshakeCompleted = event as? TLSUserEvent { finishHandshake(context) }
            return context.fireUserInboundEventTriggered(event)
        }
        ending = event
        if stage == .handshaking { context.close(promise: nil) }
        proceed(context)
    }

    /// Reading is held back while enough waits, so that a fast peer cannot fill the memory.
    func read(context: ChannelHandlerContext) {
        if mayRead(context) { context.read() } else { isReadHeld = true }
    }

    func readOn(_ context: ChannelHandlerContext) {
        guard isReadHeld, mayRead(context) else { return }
        isReadHeld = false
        context.read()
    }

    private func mayRead(_ context: ChannelHandlerContext) -> Bool {
        switch stage {
        case .talking: context.channel.isWritable
        case .paused: conversation.waiting < Self.readAhead
        case .handshaking, .closing, .closed: true
        }
    }

    // MARK: Steps

    func greet(_ context: ChannelHandlerContext) {
        guard stage == .talking else { return }
        hasGreeted = true
        perform(conversation.greet(), context)
        proceed(context)
        if stage == .talking { watch(context) }
    }

    /// Goes on as far as possible with what was received.
    func proceed(_ context: ChannelHandlerContext) {
        while stage == .talking {
            if ending == .endNow || ending == .end && !conversation.isInMessage { return close(context, [.shutdown]) }
            // A peer that does not read its replies causes no more of them.
            guard context.channel.isWritable else { break }
            let sink = sink
            let step = conversation.next(admission) { sink?.append($0) }
            guard step != .wait else { break }
            lastProgress = context.eventLoop.now
            perform(step, context)
            // RSET and the like drop what came in chunks.
            if sink != nil, !conversation.isInMessage { abandonMessage() }
        }
        flush(context)
        readOn(context)
    }

    func perform(_ step: SMTPConversation.Step, _ context: ChannelHandlerContext) {
        switch step {
        case .wait: break
        case .reply(let reply):
            if reply.isOfLogIn { noteLogIn(reply) }
            reply.write(to: &output)
        case .slowReply(let reply):
            let delay = context.eventLoop.scheduleTask(in: TimeAmount(limits.slowdown)) {}
            pause(context, for: delay.futureResult) { handler, _, _ in reply.write(to: &handler.output) }
        case .beginMessage(let reply):
            reply?.write(to: &output)
            beginMessage(context)
        case .keepMessage:
            guard let sink, sink.needsFlush else { break }
            pause(context, for: sink.flush()) { _, _, _ in }
        case .endMessage(let fault): endMessage(context, fault)
        case .ask(let question): ask(question, context)
        case .startTLS(let reply):
            reply.write(to: &output)
            beginHandshake(context)
        case .close(let replies):
            if let reply = replies.first, reply.isOfLogIn { noteLogIn(reply) }
            close(context, replies, listening: replies.last?.isError == true)
        }
    }

}
