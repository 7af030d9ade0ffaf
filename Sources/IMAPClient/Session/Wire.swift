import NIOCore
import NIOPosix
import NIOSSL

/// One connection to a server: octets in when they are asked for, octets out, TLS from the start or later.
///
/// Nothing is read ahead, so that a fast server fills no memory and nothing in clear is left over when TLS begins.
struct Wire: Sendable {
    private let channel: any Channel
    private let inbox: Inbox
    private let host: String
    private let tls: NIOSSLContext

    /// Connects; with `encrypted` TLS begins at once.
    static func connect(
        to host: String, port: Int, encrypted: Bool, caFile: String?, within limit: Duration
    ) async throws(IMAPError) -> Wire {
        let inbox = Inbox()
        do {
            let context = try NIOSSLContext(configuration: configuration(caFile: caFile))
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(TimeAmount(limit))
                .channelOption(.autoRead, value: false)
                .channelOption(.socketOption(.so_keepalive), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if encrypted { try channel.pipeline.syncOperations.addHandler(handler(context, host)) }
                        try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox))
                    }
                }.connect(host: host, port: port).get()
            return Wire(channel: channel, inbox: inbox, host: host, tls: context)
        } catch {
            throw .unreachable("\(host):\(port): \(error)")
        }
    }

    private static func configuration(caFile: String?) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        if let caFile { configuration.trustRoots = .file(caFile) }
        return configuration
    }

    /// The name is checked against the certificate; an address is checked as an address.
    private static func handler(_ context: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }

    /// Begins TLS; whatever was read before must have been dropped.
    func startTLS() async throws(IMAPError) {
        let (context, host) = (tls, host)
        inbox.drop()
        do {
            try await channel.eventLoop.submit { [channel] in
                try channel.pipeline.syncOperations.addHandler(
                    try Self.handler(context, host), position: .first)
            }.get()
        } catch {
            throw .unreachable("TLS: \(error)")
        }
    }

    /// Octets that have come, at least one.
    ///
    /// A cancelled task gets no more.
    func read(within limit: Duration, doing: String) async throws(IMAPError) -> [ByteBuffer] {
        let alarm = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) { [inbox] in
            inbox.giveUp(.timedOut(doing: doing))
        }
        defer { alarm.cancel() }
        return try await withTaskCancellationHandler {
            () async -> Result<[ByteBuffer], IMAPError> in
            do throws(IMAPError) {
                return .success(try await inbox.next { channel.read() })
            } catch {
                return .failure(error)
            }
        } onCancel: {
            inbox.end(.closed("it was stopped"))
        }.get()
    }

    /// Sends octets; that they cannot be sent is told by the next reading, which also carries a handshake on.
    func write(_ octets: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: octets), promise: nil) }

    /// Says a last word, without waiting for an answer, and closes.
    func close(saying words: String = "") async {
        let farewell = channel.eventLoop.scheduleTask(in: .milliseconds(500)) { [channel] in
            channel.close(promise: nil)
        }
        if !words.isEmpty { try? await channel.writeAndFlush(ByteBuffer(string: words)) }
        farewell.cancel()
        try? await channel.close()
    }
}
