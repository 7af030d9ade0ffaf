package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// A port that cannot be had, or an address that is none.
package struct ListenError: Error, CustomStringConvertible {
    package var description: String
}

/// Takes mail over SMTP (RFC 5321) and hands each message to a receiver.
package final class SMTPServer: Service {
    /// What all sessions share.
    final class Core: Sendable {
        /// What a session is held to from its beginning to its end; taken as one, so that it fits together.
        struct Terms {
            var configuration: SMTPServerConfiguration
            var receiver: any SMTPMessageReceiver
        }

        private let current: Mutex<Terms>
        let spool: Spool
        let threadPool = NIOThreadPool.singleton
        let connections = Connections()
        let counters = SMTPCounters()
        let rate = RateLimit(window: .minutes(1))
        let desk: LogInDesk?

        let certificates: SMTPCertificates?

        init(
            _ configuration: SMTPServerConfiguration, _ receiver: any SMTPMessageReceiver, _ spool: Spool,
            certificates: SMTPCertificates? = nil, authenticator: (any SMTPAuthenticator)? = nil
        ) {
            current = Mutex(Terms(configuration: configuration, receiver: receiver))
            self.spool = spool
            self.certificates = certificates
            desk = authenticator.map { LogInDesk($0, limits: configuration.limits) }
        }

        /// What sessions that begin now are held to; those that run keep what they began with.
        var currentTerms: Terms { current.withLock { $0 } }
        var configuration: SMTPServerConfiguration { currentTerms.configuration }

        func adopt(_ limits: SMTPLimits, grace: Duration, _ receiver: any SMTPMessageReceiver) {
            current.withLock { current in
                current.configuration.limits = limits
                current.configuration.grace = grace
                current.receiver = receiver
            }
        }

        /// What sessions of the listener are offered.
        func terms(of listener: SMTPListener) -> SessionTerms {
            SessionTerms(
                role: listener.role, offersTLS: listener.encryption == .startTLS && certificates != nil,
                requiresTLS: listener.requiresTLS, requiresAuthentication: listener.requiresAuthentication,
                hasAuthenticator: desk != nil)
        }

        /// Hands a message to its session's receiver; ``run()`` does not return before it is answered.
        ///
        /// The task of one in memory stays on the event loop of its session, since most of the time of a small message
        /// would go into changing threads; that of one in a file does not, for files are read by calls that block.
        func deliver(
            _ message: IncomingMessage, to receiver: any SMTPMessageReceiver, on loop: any EventLoop
        ) -> EventLoopFuture<SMTPReply> {
            let promise = loop.makePromise(of: SMTPReply.self)
            connections.beginDelivery()
            Task(executorPreference: message.content.isInMemory ? LoopExecutor(loop) : nil) {
                promise.succeed(await receiver.receive(message))
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

    /// A server; without certificates there is no TLS, and without an authenticator no log-in.
    package init(
        _ configuration: SMTPServerConfiguration, spool: Spool, receiver: any SMTPMessageReceiver,
        certificates: SMTPCertificates? = nil, authenticator: (any SMTPAuthenticator)? = nil, logger: Logger
    ) {
        (isOver, end) = AsyncStream.makeStream()
        core = Core(configuration, receiver, spool, certificates: certificates, authenticator: authenticator)
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
            for listener in core.configuration.listeners {
                let channel = try await listen(listener)
                bound.withLock { $0.append(channel) }
                let name = channel.localAddress?.description ?? listener.address
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
        let watch = Task { await watchCertificates() }
        defer { watch.cancel() }
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

    /// Holds sessions that begin from now on to other limits, and has their mail go to another receiver.
    package func adopt(_ limits: SMTPLimits, grace: Duration, receiver: any SMTPMessageReceiver) {
        core.adopt(limits, grace: grace, receiver)
    }

    /// Takes the certificates that are in the files now, unless one of them is not valid; running sessions keep theirs.
    ///
    /// Throws ``CertificateError`` then, after it was logged.
    package func reloadCertificates() async throws {
        guard let certificates = core.certificates else { return }
        do {
            try await core.threadPool.runIfActive { try certificates.reload() }
            logger.info("certificates loaded", metadata: ["ends": "\(certificates.summaries.map(\.ends))"])
        } catch {
            logger.error("certificates not loaded; the old ones stay", metadata: ["error": "\(error)"])
            throw error
        }
    }

    /// Sees new files by itself, such as those of a renewal.
    private func watchCertificates() async {
        guard let certificates = core.certificates else { return }
        while (try? await Task.sleep(for: core.configuration.certificateCheck)) != nil {
            let haveChanged = try? await core.threadPool.runIfActive { certificates.haveChanged }
            if haveChanged == true { try? await reloadCertificates() }
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

    private func listen(_ listener: SMTPListener) async throws -> any Channel {
        let address = listener.address
        // NIO would take the port modulo 65,536.
        guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]) else {
            throw ListenError(description: "smtp.listen: \(address): expected HOST:PORT, the port from 0 to 65535")
        }
        if listener.encryption == .implicit || listener.requiresTLS, core.certificates == nil {
            throw ListenError(description: "smtp.listen: \(address) is to use TLS: name a certificate and its key")
        }
        if listener.requiresAuthentication, core.desk == nil {
            throw ListenError(description: "smtp.listen: \(address) takes log-ins only, but nobody knows passwords")
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
            .childChannelInitializer { channel in core.accept(channel, by: listener) }
        do {
            return try await bootstrap.bind(host: host, port: Int(port)).get()
        } catch {
            throw ListenError(description: "smtp.listen: \(address) cannot be had: \(error)")
        }
    }
}
