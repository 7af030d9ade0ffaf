import NIOCore
import Synchronization

/// The open sessions, and how many come from each address.
final class Connections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var perSite: [String: Int] = [:]
        var isShuttingDown = false
        var whenEmpty: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.channels.count } }

    /// Counts a new connection, or says why it is refused.
    func add(_ channel: any Channel, from peer: Peer, limits: SMTPLimits) -> SMTPReply? {
        let refusal = state.withLock { state -> SMTPReply? in
            guard !state.isShuttingDown else { return .shutdown }
            if !peer.isTrusted {
                guard state.channels.count < limits.connections else { return .tooManyConnections }
                guard state.perSite[peer.site, default: 0] < limits.connectionsPerAddress else {
                    return .tooManyFromAddress
                }
            }
            state.channels[ObjectIdentifier(channel)] = channel
            state.perSite[peer.site, default: 0] += 1
            return nil
        }
        guard refusal == nil else { return refusal }
        channel.closeFuture.whenComplete { _ in self.remove(channel, from: peer) }
        return nil
    }

    private func remove(_ channel: any Channel, from peer: Peer) {
        let whenEmpty = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            let left = state.perSite[peer.site, default: 1] - 1
            state.perSite[peer.site] = left > 0 ? left : nil
            return state.channels.isEmpty ? state.whenEmpty : nil
        }
        whenEmpty?()
    }

    /// Tells every session to end when it may, and those that are left after the grace to end now; calls `done` when all
    /// are gone.
    func shutDown(grace: Duration, done: @escaping @Sendable () -> Void) {
        let channels = state.withLock { state in
            state.isShuttingDown = true
            state.whenEmpty = done
            return Array(state.channels.values)
        }
        guard !channels.isEmpty else { return done() }
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(SMTPHandler.Event.end)
        }
        channels.first?.eventLoop.scheduleTask(in: TimeAmount(grace)) {
            for channel in self.state.withLock({ Array($0.channels.values) }) {
                channel.pipeline.fireUserInboundEventTriggered(SMTPHandler.Event.endNow)
            }
        }
    }
}
