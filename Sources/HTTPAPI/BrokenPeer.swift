import NIOCore

/// Ends a connection on which something came that is no HTTP, or more header than anybody needs.
///
/// The server answers 400 and then waits for the peer to close; one that only goes on sending never would.
final class BrokenPeer: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    /// Long enough for the answer to leave.
    private static let patience = TimeAmount.seconds(1)

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.patience) { channel.close(mode: .all, promise: nil) }
        context.fireErrorCaught(error)
    }
}
