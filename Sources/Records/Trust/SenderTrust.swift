package import FoundationEssentials
package import Jobs
package import Postgres

/// How far a mail is believed to be from one of our own people.
package enum SenderTrust: String, Sendable, Codable, CaseIterable {
    /// From outside: stored and shown, never obeyed.
    case none
    /// One of our own people: their forwards are unwrapped and answered.
    case people
    /// One of our own people, proved so well that commands by mail count.
    case commands
}

/// What was found out about who sent an arrival, once the doors had it.
package struct SenderFinding: Sendable {
    package var arrival: Int64
    package var trust: SenderTrust
    /// For people to read.
    package var reason: String
    /// What SPF, DKIM, DMARC and ARC gave, as JSON.
    package var verdict: String
    /// A failure of DNS left something open: it is looked at again.
    package var isTemporary: Bool

    package init(arrival: Int64, trust: SenderTrust, reason: String, verdict: String, isTemporary: Bool) {
        self.arrival = arrival
        self.trust = trust
        self.reason = reason
        self.verdict = verdict
        self.isTemporary = isTemporary
    }
}

/// Finds out who really sent an arrival.
package struct VerifyJob: Codable, Sendable {
    package static let queue = "verify"
    /// Of arrivals above 1 MiB, few at a time, as they take much memory.
    package static let largeQueue = "verify_large"
    package static let kind = "verify"

    package var arrival: Int64
    /// Earlier attempts that DNS failed.
    package var failures: Int?
    /// The public mailbox that it came to, where its sender gets a receipt once they are known to be who they say.
    package var publicMailbox: String?

    package init(arrival: Int64, failures: Int? = nil, publicMailbox: String? = nil) {
        self.arrival = arrival
        self.failures = failures
        self.publicMailbox = publicMailbox
    }

    /// The job of it; mail that says to be from our own people goes first, since somebody waits for the answer.
    package func job(isUrgent: Bool, isLarge: Bool, at instant: Date? = nil) throws -> NewJob {
        NewJob(
            queue: isLarge ? Self.largeQueue : Self.queue, kind: Self.kind,
            payload: String(decoding: try JSONEncoder().encode(self), as: UTF8.self), priority: isUrgent ? 0 : 10,
            runAt: instant)
    }
}

/// SQL of what was found out.
package enum SenderFindings {
    /// Whether the door or a finding proves that one of our own people sent the arrival `a`.
    static let isProved: SQL = """
        (a.trusted OR EXISTS (SELECT FROM brevdue.verdict v WHERE v.arrival_id = a.id AND v.trust <> 'none'))
        """

    /// Keeps a finding in the place of an earlier one.
    package static func keep(_ finding: SenderFinding) -> SQL {
        """
        INSERT INTO brevdue.verdict AS v (arrival_id, verdict, trust, reason, is_temporary)
        VALUES (\(finding.arrival), \(finding.verdict)::json, \(finding.trust.rawValue), \(finding.reason),
            \(finding.isTemporary))
        ON CONFLICT (arrival_id) DO UPDATE SET verdict = excluded.verdict, trust = excluded.trust,
            reason = excluded.reason, is_temporary = excluded.is_temporary, attempts = v.attempts + 1, decided_at = now()
        """
    }
}
