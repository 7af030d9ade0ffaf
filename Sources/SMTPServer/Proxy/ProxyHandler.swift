import NIOCore

/// Takes the header that a load balancer puts before a connection, and then leaves it to the session.
///
/// The balancer must send one: else it would speak for everybody behind it.
final class ProxyHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let counters: SMTPCounters
    /// How long the header may take.
    private let patience: Duration
    /// Goes on with the address that the header names; `nil` is the balancer itself.
    private let proceed: (any Channel, String?) throws -> Void
    private var input = ByteBuffer()
    private var alarm: Scheduled<Void>?

    init(counters: SMTPCounters, patience: Duration, proceed: @escaping (any Channel, String?) throws -> Void) {
        self.counters = counters
        self.patience = patience
        self.proceed = proceed
    }

    func handlerAdded(context: ChannelHandlerContext) {
        alarm = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(patience)) {
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { alarm?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        input.writeImmutableBuffer(unwrapInboundIn(data))
        do {
            guard let (header, length) = try ProxyHeader.read(input.readableBytesView) else { return }
            input.moveReaderIndex(forwardBy: length)
            alarm?.cancel()
            if case .proxied(let address) = header {
                try proceed(context.channel, address)
            } else {
                try proceed(context.channel, nil)
            }
            if input.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(input)) }
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            counters.countConnection(isRefused: true)
            context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is SMTPHandler.Event else { return context.fireUserInboundEventTriggered(event) }
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
