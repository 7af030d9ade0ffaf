import NIOCore
import Synchronization

/// Holds up those who try out passwords, over all sessions.
///
/// An attempt counts until it succeeds, so that guesses side by side are counted too. Guesses at one user from many
/// places close that user to new places, not to those where the right password was given before.
final class GuessBrake: Sendable {
    private static let places = 10_000

    private let limits: SMTPLimits
    private let rate = RateLimit(window: .minutes(15))
    private let known = Mutex<Set<String>>([])

    init(limits: SMTPLimits) { self.limits = limits }

    /// Counts an attempt, unless there have been too many.
    func admits(_ user: String, from peer: Peer, at now: NIODeadline) -> Bool {
        var shares = peer.shares(of: limits.logInFailuresPerAddress)
        if !isKnown(user, peer) { shares.append((Self.key(user), limits.logInFailuresPerUser)) }
        return rate.admits(shares, at: now)
    }

    /// The attempt was none to guess.
    func forgive(_ user: String, from peer: Peer) {
        rate.forgive(peer.shares(of: 0).map(\.key) + (isKnown(user, peer) ? [] : [Self.key(user)]))
    }

    /// The password was right.
    func welcome(_ user: String, from peer: Peer) {
        forgive(user, from: peer)
        known.withLock { known in
            if known.count >= Self.places { known = [] }
            known.insert(Self.place(user, peer))
        }
    }

    private func isKnown(_ user: String, _ peer: Peer) -> Bool {
        known.withLock { $0.contains(Self.place(user, peer)) }
    }

    private static func key(_ user: String) -> String { "user " + user.lowercased() }
    private static func place(_ user: String, _ peer: Peer) -> String { user.lowercased() + " " + peer.site }
}
