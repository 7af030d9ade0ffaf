package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

package struct SMTPServerConfiguration: Sendable {
    /// `HOST:PORT`; port 0 takes a free one.
    package var listen: [String]
    /// In the greeting and in trace fields.
    package var hostname: String
    package var limits: SMTPLimits
    /// Sessions from here are exempt from limits of connections.
    package var trustedNetworks: [Network]
    /// How long a message that is on its way may take to end after the stop was asked for.
    package var grace = Duration.seconds(8)

    package init(listen: [String], hostname: String, limits: SMTPLimits = SMTPLimits(), trustedNetworks: [Network] = [])
    {
        self.listen = listen
        self.hostname = hostname
        self.limits = limits
        self.trustedNetworks = trustedNetworks
    }
}

/// A port that cannot be had, or an address that is none.
package struct ListenError: Error, CustomStringConvertible {
    package var description: String
}

/// Takes mail over SMTP (RFC 5321) and hands each message to a receiver.
package final class SMTPServer: Service {
    /// What all sessions share.
    final class Core: Sendable {
        let configuration: SMTPServerConfiguration
        let receiver: any SMTPMessageReceiver
        let spool: Spool
        let threadPool = NIOThreadPool.singleton
        let connections = Connections()
        let counters = SMTPCounters()
        let rate: MessageRate

        init(_ configuration: SMTPServerConfiguration, _ receiver: any SMTPMessageReceiver, _ spool: Spool) {
            self.configuration = configuration
            self.receiver = receiver
            self.spool = spool
            rate = MessageRate(limit: configuration.limits.messagesPerMinute)
        }

        /// Hands a message to the receiver; ``run()`` does not return before it is answered.
        ///
        /// The task of one in memory stays on the event loop of its session, since most of the time of a small message
        /// would go into changing threads; that of one in a file does not, for files are read by calls that block.
        func deliver(_ message: IncomingMessage, on loop: any EventLoop) -> EventLoopFuture<SMTPReply> {
            let promise = loop.makePromise(of: SMTPReply.self)
            connections.beginDelivery()
            Task(executorPreference: message.content.isInMemory ? LoopExecutor(loop) : nil) {
                promise.succeed(await self.receiver.receive(message))
                self.connections.endDelivery()
            }
            return promise.futureResult
        }
    }

    private let core: Core
    private let isOver: AsyncStream<Never>
    private let end: AsyncStream<Never>.Continuation
    private let logger: Logger
    private let bound = Mutex<[any Channel]>([])

    package init(
        _ configuration: SMTPServerConfiguration, spool: Spool, receiver: any SMTPMessageReceiver, logger: Logger
    ) {
        (isOver, end) = AsyncStream.makeStream()
        core = Core(configuration, receiver, spool)
        self.logger = logger
    }

    package var counters: SMTPCounters { core.counters }
    /// Sessions open now.
    package var connectionCount: Int { core.connections.count }

    /// The ports that are listened on, once ``bind()`` was called.
    package var ports: [Int] { bound.withLock { $0.compactMap { $0.localAddress?.port } } }

    /// Takes the ports; mail is taken from then on.
    package func bind() async throws {
        do {
            for address in core.configuration.listen {
                let channel = try await listen(address)
                bound.withLock { $0.append(channel) }
                let name = channel.localAddress?.description ?? address
                logger.info("listening for SMTP", metadata: ["address": "\(name)"])
            }
        } catch {
            unbind()
            throw error
        }
    }

    /// Handles messages until asked to stop: then no new connections, idle sessions are told, messages under way end.
    package func run() async throws {
        if bound.withLock({ $0.isEmpty }) { try await bind() }
        await withGracefulShutdownHandler {
            await withTaskCancellationHandler {
                // Cancelled or not, messages under way are answered first.
                await Task { for await _ in isOver {} }.value
            } onCancel: {
                self.stop(grace: .zero)
            }
        } onGracefulShutdown: {
            self.stop(grace: self.core.configuration.grace)
        }
    }

    private func stop(grace: Duration) {
        unbind()
        core.connections.shutDown(grace: grace) { [end] in end.finish() }
    }

    private func unbind() {
        let listeners = bound.withLock { channels in
            defer { channels = [] }
            return channels
        }
        for channel in listeners { channel.close(promise: nil) }
    }

    private func listen(_ address: String) async throws -> any Channel {
        // NIO would take the port modulo 65,536.
        guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]) else {
            throw ListenError(description: "smtp.listen: \(address): expected HOST:PORT, the port from 0 to 65535")
        }
        let host = address[..<colon].filter { $0 != "[" && $0 != "]" }
        let core = core
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 4096, maximum: 65_536)
            )
            .childChannelInitializer { channel in Self.accept(channel, core) }
        do {
            return try await bootstrap.bind(host: host, port: Int(port)).get()
        } catch {
            throw ListenError(description: "smtp.listen: \(address) cannot be had: \(error)")
        }
    }

    private static func accept(_ channel: any Channel, _ core: Core) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let peer = Peer(channel.remoteAddress, trusted: core.configuration.trustedNetworks)
            let refusal = core.connections.add(channel, from: peer, limits: core.configuration.limits)
            core.counters.countConnection(isRefused: refusal != nil)
            try channel.pipeline.syncOperations.addHandler(SMTPHandler(server: core, peer: peer, refusal: refusal))
        }
    }
}
