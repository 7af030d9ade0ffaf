import DNS
import FoundationEssentials
import Hosts
package import Jobs
package import Logging
import Mail
package import MailAuthentication
package import Postgres
import Records
import WireFormat

/// VERIFY: who really sent a mail that came from outside (SPF, DKIM, DMARC, ARC), beside what was read of it.
///
/// The mail was read at once as one from outside. Where the verdict proves one of our own people, it is read again; where
/// DNS failed, the verdict is "none yet" and asked for again. Nothing is ever taken back from a mail.
package struct VerifyStep: EffectHandler {
    /// How often DNS may fail for a mail before its sender stays unknown; with the pauses below, about a day.
    private static let mostFailures = 27
    /// How often it may fail where only a receipt hangs on it; about ten minutes.
    private static let mostForReceipt = 7
    /// How often DNS may fail for a signature before SPF has to do; about two minutes.
    private static let patience = 5

    private let pool: PostgresPool
    private let authenticator: MailAuthenticator
    private let policy: TrustPolicy
    private let logger: Logger

    package init(pool: PostgresPool, authenticator: MailAuthenticator, policy: TrustPolicy, logger: Logger) {
        self.pool = pool
        self.authenticator = authenticator
        self.policy = policy
        self.logger = logger
    }

    package func perform(_ job: Job, lease: Lease) async throws {
        let order = try job.decode(VerifyJob.self)
        guard var arrival = try await load(order.arrival) else { return try await lease.finish([]) }
        if arrival.isLarge {
            guard job.queue == VerifyJob.largeQueue else {
                // Left here by a node of the version before.
                return try await lease.finish([JobQueue.insert([try order.job(isUrgent: false, isLarge: true)])])
            }
            arrival.octets = try await largeOctets(of: arrival)
        }
        let failures = order.failures ?? 0
        let found = await find(out: arrival, after: failures)
        let isOurs = found.letter.map(policy.isClaimed) ?? false
        let finding = found.finding
        var statements = [SenderFindings.keep(finding)]
        // What a machine sent is dealt with alike, whoever sent it.
        if finding.trust != .none, arrival.trust == .none, found.letter?.nature == .person {
            statements.append(Timeline.readAgain(arrival.id, isLarge: arrival.isLarge))
        } else if let mailbox = order.publicMailbox, found.isAuthorProved {
            let receipt = AnswerJob(message: arrival.id, answer: .publicReceipt, mailbox: mailbox)
            statements.append(JobQueue.insert([try receipt.job()]))
        } else if finding.isTemporary, failures < mostFailures(of: order, isOurs: isOurs) {
            var next = order
            next.failures = failures + 1
            statements.append(
                JobQueue.insert([
                    try next.job(isUrgent: isOurs, isLarge: arrival.isLarge, at: Date() + Self.pause(failures))
                ]))
        }
        try await lease.finish(statements)
        guard isOurs else { return }
        logger.notice(
            "mail in the name of our own people",
            metadata: [
                "message": "\(arrival.id)", "trust": "\(finding.trust.rawValue)", "reason": "\(finding.reason)",
                "again": "\(finding.isTemporary)",
            ])
    }

    /// Of mail that only says what anybody may say, the verdict is asked for once.
    private func mostFailures(of order: VerifyJob, isOurs: Bool) -> Int {
        if isOurs { return Self.mostFailures }
        return order.publicMailbox == nil ? 0 : Self.mostForReceipt
    }

    /// 5 s, doubled up to an hour: somebody may wait for an answer.
    private static func pause(_ failures: Int) -> TimeInterval { min(3600, 5 * Double(1 << min(failures, 10))) }

    private func load(_ id: Int64) async throws -> StoredArrival? {
        try await pool.transaction { try await Journal.arrivals([id], in: $0).first }
    }

    private func largeOctets(of arrival: StoredArrival) async throws -> [UInt8] {
        try await pool.transaction { try await Journal.largeOctets(of: arrival, in: $0) }
    }

    /// What was found out about one arrival.
    private struct Found {
        var finding: SenderFinding
        var letter: Letter?
        /// Whether somebody outside is who their From says.
        var isAuthorProved = false
    }

    private func find(out arrival: StoredArrival, after failures: Int) async -> Found {
        let octets = arrival.octets ?? []
        let verdict = await authenticator.verify(octets, client: client(of: arrival), at: arrival.receivedAt)
        let results = policy.believedID(of: arrival.envelope).map { AuthenticationResults.read(octets, from: $0) } ?? []
        let letter = try? Letter(
            octets, reading: ReadingOptions(trustsSender: false, returnPath: arrival.envelope.from))
        var (trust, reason) = letter.map { policy.trust($0, verdict, results) } ?? (.none, "it cannot be read")
        let isTemporary = policy.isOpen(verdict) && trust != .commands
        if isTemporary, trust == .people, failures < Self.patience {
            // Read now, its commands would be refused for good.
            (trust, reason) = (.none, reason + "; a signature could not be looked at yet")
        }
        let finding = SenderFinding(
            arrival: arrival.id, trust: trust, reason: reason, verdict: (try? JSONLine.encode(verdict)) ?? "{}",
            isTemporary: isTemporary && trust == .none)
        return Found(
            finding: finding, letter: letter,
            isAuthorProved: letter.map { policy.provesAuthor(of: $0, verdict, results) } ?? false)
    }

    /// Who brought it over SMTP; nobody where a server of ours stands between.
    private func client(of arrival: StoredArrival) -> MailAuthenticator.Client? {
        let envelope = arrival.envelope
        guard arrival.door == .smtp, !arrival.isTrustedByDoor, !policy.isBehindRelay(envelope),
            let address = envelope.remoteAddress.flatMap({ IPAddress($0) })
        else { return nil }
        return MailAuthenticator.Client(address: address, helo: envelope.heloName ?? "", mailFrom: envelope.from)
    }
}
