import Hosts
import NIOCore

/// How a connection becomes a session.
extension SMTPServer.Core {
    func accept(_ channel: any Channel, by listener: SMTPListener) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let terms = currentTerms
            let peer = Peer(channel.remoteAddress, trusted: terms.configuration.trustedNetworks)
            guard terms.configuration.balancers.contains(where: { $0.contains(peer.address) }) else {
                return try open(channel, on: terms, from: peer, by: listener)
            }
            try acceptProxied(channel, on: terms, from: peer, by: listener)
        }
    }

    private func open(_ channel: any Channel, on terms: Terms, from peer: Peer, by listener: SMTPListener) throws {
        let refusal = connections.add(channel, from: peer, limits: terms.configuration.limits)
        counters.countConnection(isRefused: refusal != nil)
        try channel.pipeline.syncOperations.addHandler(
            SMTPHandler(server: self, terms: terms, listener: listener, peer: peer, refusal: refusal))
    }

    /// A balancer is exempt from limits: they are for whoever is behind it.
    private func acceptProxied(
        _ channel: any Channel, on terms: Terms, from balancer: Peer, by listener: SMTPListener
    ) throws {
        let configuration = terms.configuration
        let carrier = Peer(address: balancer.address, trusted: configuration.balancers)
        guard connections.add(channel, from: carrier, limits: configuration.limits) == nil else {
            return channel.close(promise: nil)
        }
        let handler = ProxyHandler(counters: counters, patience: configuration.limits.proxyHeader) { channel, address in
            let peer = address.map { Peer(address: $0, trusted: configuration.trustedNetworks) } ?? carrier
            try self.open(channel, on: terms, from: peer, by: listener)
        }
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}
