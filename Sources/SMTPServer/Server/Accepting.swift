import Hosts
import NIOCore

/// How a connection becomes a session.
extension SMTPServer.Core {
    func accept(_ channel: any Channel, by listener: SMTPListener) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let peer = Peer(channel.remoteAddress, trusted: configuration.trustedNetworks)
            guard configuration.balancers.contains(where: { $0.contains(peer.address) }) else {
                return try open(channel, from: peer, by: listener)
            }
            try acceptProxied(channel, from: peer, by: listener)
        }
    }

    private func open(_ channel: any Channel, from peer: Peer, by listener: SMTPListener) throws {
        let refusal = connections.add(channel, from: peer, limits: configuration.limits)
        counters.countConnection(isRefused: refusal != nil)
        try channel.pipeline.syncOperations.addHandler(
            SMTPHandler(server: self, listener: listener, peer: peer, refusal: refusal))
    }

    /// A balancer is exempt from limits: they are for whoever is behind it.
    private func acceptProxied(_ channel: any Channel, from balancer: Peer, by listener: SMTPListener) throws {
        let carrier = Peer(address: balancer.address, trusted: configuration.balancers)
        guard connections.add(channel, from: carrier, limits: configuration.limits) == nil else {
            return channel.close(promise: nil)
        }
        let handler = ProxyHandler(server: self) { channel, address in
            let peer = address.map { Peer(address: $0, trusted: self.configuration.trustedNetworks) } ?? carrier
            try self.open(channel, from: peer, by: listener)
        }
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}
