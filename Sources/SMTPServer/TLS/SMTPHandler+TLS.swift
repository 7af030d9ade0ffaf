import Cryptography
import NIOCore
import NIOSSL

/// From clear text to TLS.
extension SMTPHandler {
    /// Says what waits in clear text; what the peer sends from now on is TLS or nothing.
    func beginHandshake(_ context: ChannelHandlerContext) {
        guard let certificates = server.certificates else { return context.close(promise: nil) }
        flush(context)
        stage = .handshaking
        schedule(context, in: TimeAmount(limits.handshake)) { $0.watch($1) }
        do {
            let handler = NIOSSLServerHandler(context: certificates.context(for: peer.address))
            try context.pipeline.syncOperations.addHandler(handler, position: .before(self))
        } catch {
            context.close(promise: nil)
        }
    }

    func finishHandshake(_ context: ChannelHandlerContext) {
        guard stage == .handshaking else { return }
        stage = .talking
        server.counters.countHandshake(isDone: true)
        lastProgress = context.eventLoop.now
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
        conversation.beginTLS(
            TLSSession(
                version: handler?.tlsVersion == .tlsv13 ? "TLSv1.3" : "TLSv1.2",
                clientCertificate: handler?.peerCertificate.flatMap(TLSSession.ClientCertificate.init)))
        guard hasGreeted else { return greet(context) }
        watch(context)
        proceed(context)
    }
}

extension TLSSession.ClientCertificate {
    /// What a verified certificate says.
    init?(_ certificate: NIOSSLCertificate) {
        guard let octets = try? certificate.toDERBytes() else { return nil }
        self.init(
            subject: certificate.subject, hostNames: certificate.hostNames, fingerprint: SHA256.hash(octets).hex)
    }
}
