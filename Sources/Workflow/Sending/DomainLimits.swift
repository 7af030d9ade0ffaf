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

    /// Takes a turn at each of the domains, to be given back by `leave`; else gives back when to ask again, in seconds.
    func enter(_ names: Set<String>, at now: ContinuousClock.Instant = .now) -> TimeInterval? {
        domains.withLock { domains in
            var wait: TimeInterval?
            for name in names {
                guard var domain = domains[name] else { continue }
                domain.begun.removeAll { now - $0 >= .seconds(60) }
                if domain.begun.count >= perMinute, let first = domain.begun.first {
                    wait = max(wait ?? 0, 60 - Double((now - first).components.seconds))
                } else if domain.open >= connections {
                    wait = max(wait ?? 0, 1)
                }
                domains[name] = domain
            }
            if let wait { return wait * Double.random(in: 1...1.2) }
            for name in names {
                domains[name, default: Domain()].open += 1
                domains[name, default: Domain()].begun.append(now)
            }
            forget(&domains, at: now)
            return nil
        }
    }

    func leave(_ names: Set<String>) {
        domains.withLock { domains in
            for name in names { domains[name]?.open -= 1 }
        }
    }

    /// Domains that nobody writes to any more; looked for when there are many.
    private func forget(_ domains: inout [String: Domain], at now: ContinuousClock.Instant) {
        guard domains.count > 1000 else { return }
        domains = domains.filter { $1.open > 0 || $1.begun.last.map { now - $0 < .seconds(60) } ?? false }
    }
}
