import NIOCore
import Synchronization

/// The open sessions, how many come from each address, and the messages that are being stored.
final class Connections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var perSite: [String: Int] = [:]
        /// Messages the receiver has; their peers may be gone.
        var deliveries = 0
        var isShuttingDown = false
        var whenEmpty: (@Sendable () -> Void)?

        var isEmpty: Bool { channels.isEmpty && deliveries == 0 }
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
            return state.isEmpty ? state.whenEmpty : nil
        }
        whenEmpty?()
    }

    func beginDelivery() { state.withLock { $0.deliveries += 1 } }

    func endDelivery() {
        let whenEmpty = state.withLock { state in
            state.deliveries -= 1
            return state.isEmpty ? state.whenEmpty : nil
        }
        whenEmpty?()
    }

    /// Tells every session to end when it may, and those that are left after the grace to end now; calls `done` when all
    /// are gone and no message is being stored.
    func shutDown(grace: Duration, done: @escaping @Sendable () -> Void) {
        let (channels, isEmpty) = state.withLock { state in
            state.isShuttingDown = true
            state.whenEmpty = done
            return (Array(state.channels.values), state.isEmpty)
        }
        guard !isEmpty else { return done() }
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
