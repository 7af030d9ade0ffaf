import NIOCore
import Synchronization

/// The open sessions, and how many come from each address.
final class Connections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var perAddress: [String: Int] = [:]
        var isShuttingDown = false
        var whenEmpty: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.channels.count } }

    /// Counts a new connection, or says why it is refused.
    func add(_ channel: any Channel, from address: String, isTrusted: Bool, limits: SMTPLimits) -> SMTPReply? {
        let refusal = state.withLock { state -> SMTPReply? in
            guard !state.isShuttingDown else { return .shutdown }
            if !isTrusted {
                guard state.channels.count < limits.connections else { return .tooManyConnections }
                guard state.perAddress[address, default: 0] < limits.connectionsPerAddress else {
                    return .tooManyFromAddress
                }
            }
            state.channels[ObjectIdentifier(channel)] = channel
            state.perAddress[address, default: 0] += 1
            return nil
        }
        guard refusal == nil else { return refusal }
        channel.closeFuture.whenComplete { _ in self.remove(channel, from: address) }
        return nil
    }

    private func remove(_ channel: any Channel, from address: String) {
        let whenEmpty = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            let left = state.perAddress[address, default: 1] - 1
            state.perAddress[address] = left > 0 ? left : nil
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
            channel.pipeline.fireUserInboundEventTriggered(SMTPHandler.Event.shutdown)
        }
        let delay = TimeAmount.nanoseconds(
            grace.components.seconds * 1_000_000_000 + grace.components.attoseconds / 1_000_000_000)
        channels.first?.eventLoop.scheduleTask(in: delay) {
            for channel in self.state.withLock({ Array($0.channels.values) }) {
                channel.pipeline.fireUserInboundEventTriggered(SMTPHandler.Event.shutdownNow)
            }
        }
    }
}

/// How many messages were answered with which code.
package final class SMTPCounters: Sendable {
    private let codes = Mutex<[Int: Int]>([:])

    func add(_ code: Int) { codes.withLock { $0[code, default: 0] += 1 } }

    /// Messages by the code of their answer.
    package var messages: [Int: Int] { codes.withLock { $0 } }
}
