import FoundationEssentials
import Synchronization

/// How many mails go to each domain, at a time and within a minute; of this process.
///
/// Nobody waits here: a mail that has no turn is put off, and one to another domain takes its place.
final class DomainLimits: Sendable {
    private struct Domain {
        var open = 0
        /// When mails of the last minute began, the oldest first.
        var begun: [ContinuousClock.Instant] = []
    }

    private let connections: Int
    private let perMinute: Int
    private let domains = Mutex<[String: Domain]>([:])

    init(connections: Int, perMinute: Int) {
        self.connections = connections
        self.perMinute = perMinute
    }

    /// Takes a turn at the domain, to be given back by `leave`; else gives back when to ask again, in seconds.
    ///
    /// `nil` is a domain without limits.
    func enter(_ name: String?, at now: ContinuousClock.Instant = .now) -> TimeInterval? {
        guard let name else { return nil }
        return domains.withLock { domains in
            var domain = domains[name] ?? Domain()
            domain.begun.removeAll { now - $0 >= .seconds(60) }
            if domain.begun.count >= perMinute, let first = domain.begun.first {
                return (60 - Double((now - first).components.seconds)) * Double.random(in: 1...1.2)
            }
            if domain.open >= connections { return Double.random(in: 1...1.2) }
            domain.open += 1
            domain.begun.append(now)
            domains[name] = domain
            forget(&domains, at: now)
            return nil
        }
    }

    func leave(_ name: String?) {
        guard let name else { return }
        domains.withLock { $0[name]?.open -= 1 }
    }

    /// Domains that nobody writes to any more; looked for when there are many.
    private func forget(_ domains: inout [String: Domain], at now: ContinuousClock.Instant) {
        guard domains.count > 1000 else { return }
        domains = domains.filter { $1.open > 0 || $1.begun.last.map { now - $0 < .seconds(60) } ?? false }
    }
}
