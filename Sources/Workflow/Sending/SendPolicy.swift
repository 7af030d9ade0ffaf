package import FoundationEssentials
import Records

/// How outgoing mail is tried, limited and told of (README, "Outgoing mail").
package struct SendPolicy: Sendable {
    /// Automatic mails a day to one of our own people, and to an outsider.
    package var ownPerDay = 500
    package var outsiderPerDay = 1
    /// Mails to one domain of others at a time and within a minute; our own have no limit.
    package var domainConnections = 4
    package var domainPerMinute = 60
    /// How long evidence is waited for before it is decided what becomes of an uncertain mail.
    package var uncertainPause: TimeInterval = 15 * 60
    /// After which time a mail that still waits is told of.
    package var patience: TimeInterval = 4 * 3600
    /// How often a mail of which it is not known whether it was taken is sent at most: a relay that always ends the
    /// connection behind the final dot may take each of them.
    package var uncertainLimit: Int64 = 3
    /// Whether an address is in our own networks: what comes from there may be answered any number of times.
    package var isOwnNetwork: @Sendable (String) -> Bool = { _ in false }

    package init() {}

    /// From two seconds, twice as long after each attempt, to an hour, with jitter.
    func pause(after attempts: Int64) -> TimeInterval {
        min(3600, 2 * Double(1 << min(attempts, 11))) * Double.random(in: 0.8...1.2)
    }

    /// When a mail is tried next: not later than it is to be told that it waits, or that it is given up.
    func next(_ mail: Outbox.Mail, at now: Date) -> Date {
        let next = now.addingTimeInterval(pause(after: mail.attempts))
        let dates = [mail.createdAt.addingTimeInterval(patience), mail.expiresAt].filter { $0 > now }
        return dates.reduce(next, min)
    }
}

extension Outbox.Kind {
    /// How long it is tried: a summary that has not left after a day helps nobody.
    var lifetime: TimeInterval { self == .salesSummary ? 86_400 : 3 * 86_400 }
}
