import NIOCore
import Synchronization

/// The open sessions, how many come from each address and network, and the messages that are being stored.
final class Connections: Sendable {
    private struct Entry {
        var channel: any Channel
        var peer: Peer
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var perSite: [String: Int] = [:]
        var perNetwork: [String: Int] = [:]
        /// Messages the receiver has; their peers may be gone.
        var deliveries = 0
        var isShuttingDown = false
        var whenEmpty: (@Sendable () -> Void)?

        var isEmpty: Bool { entries.isEmpty && deliveries == 0 }

        mutating func count(_ peer: Peer, _ change: Int) {
            Self.change(&perSite, peer.site, change)
            Self.change(&perNetwork, peer.network, change)
        }

        private static func change(_ counts: inout [String: Int], _ key: String, _ change: Int) {
            let count = counts[key, default: 0] + change
            counts[key] = count > 0 ? count : nil
        }
    }

    private let state = Mutex(State())
    private let rate = RateLimit(window: .minutes(1))

    var count: Int { state.withLock { $0.entries.count } }

    /// Counts a new connection, or says why it is refused; called again when it is known who is behind a balancer.
    func add(_ channel: any Channel, from peer: Peer, limits: SMTPLimits) -> SMTPReply? {
        let isKnown = state.withLock { $0.entries[ObjectIdentifier(channel)] != nil }
        let isTooOften = !peer.isTrusted && !rate.admits(peer.shares(of: limits.connectionsPerMinute), at: .now())
        let refusal = state.withLock { state -> SMTPReply? in
            guard !state.isShuttingDown else { return .shutdown }
            if !peer.isTrusted {
                guard !isTooOften else { return .tooManyConnectionsLately }
                guard state.entries.count < limits.connections + (isKnown ? 1 : 0) else { return .tooManyConnections }
                guard state.perSite[peer.site, default: 0] < limits.connectionsPerAddress,
                    state.perNetwork[peer.network, default: 0] < limits.connectionsPerNetwork
                else { return .tooManyFromAddress }
            }
            let before = state.entries.updateValue(
                Entry(channel: channel, peer: peer), forKey: ObjectIdentifier(channel))
            if let before { state.count(before.peer, -1) }
            state.count(peer, 1)
            return nil
        }
        guard refusal == nil, !isKnown else { return refusal }
        channel.closeFuture.whenComplete { _ in self.remove(channel) }
        return nil
    }

    private func remove(_ channel: any Channel) {
        let whenEmpty = state.withLock { state in
            if let entry = state.entries.removeValue(forKey: ObjectIdentifier(channel)) { state.count(entry.peer, -1) }
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
            return (state.entries.values.map(\.channel), state.isEmpty)
        }
        guard !isEmpty else { return done() }
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(SMTPHandler.Event.end)
        }
        channels.first?.eventLoop.scheduleTask(in: TimeAmount(grace)) {
            for entry in self.state.withLock({ Array($0.entries.values) }) {
                entry.channel.pipeline.fireUserInboundEventTriggered(SMTPHandler.Event.endNow)
            }
        }
    }
}
