import FoundationEssentials
package import Jobs
package import Logging
package import Postgres
import Records
package import SMTPClient

/// SEND: one mail of the outbox to the relay (data.md: RFC 1047, RFC 5321 section 6.1).
///
/// The attempt is committed after the relay's 354 and before the first octet leaves. An attempt that was never heard of
/// again is `uncertain`: it waits, and a summary is then sent once more under the same Message-ID.
package struct SendStep: EffectHandler {
    /// How long evidence is waited for before an uncertain summary is sent again.
    private static let uncertainPause: TimeInterval = 15 * 60

    private let pool: PostgresPool
    private let clients: ClientPool
    private let logger: Logger

    package init(pool: PostgresPool, clients: ClientPool, logger: Logger) {
        self.pool = pool
        self.clients = clients
        self.logger = logger
    }

    package func perform(_ job: Job, lease: Lease) async throws {
        let id = try job.decode(SendJob.self).mail
        guard let mail = try await Outbox.mail(id, in: pool) else { return try await lease.finish([]) }
        if mail.hasOpenAttempt {
            return try await lease.finish(
                Outbox.finish(
                    id,
                    .uncertain(
                        reason: "the attempt was broken off", until: Date().addingTimeInterval(Self.uncertainPause))))
        }
        guard mail.expiresAt > Date() else {
            return try await lease.finish(Outbox.finish(id, .failed(reply: "expired before it could be sent")))
        }
        let transaction: SMTPTransaction
        do {
            transaction = try SMTPTransaction(
                envelopeFrom: mail.envelopeFrom, recipients: mail.recipients, octets: mail.octets)
        } catch {
            return try await lease.finish(Outbox.finish(id, .failed(reply: "\(error)")))
        }
        let outcome = await clients.send(transaction) { [pool] in
            guard try await Outbox.begin(id, job: job, in: pool) else { throw LostLease() }
        }
        try await record(outcome, of: mail, lease)
    }

    private func record(_ outcome: SMTPOutcome, of mail: Outbox.Mail, _ lease: Lease) async throws {
        let end: Outbox.Outcome
        switch outcome {
        case .accepted(let reply, _): end = .sent(reply: "\(reply)")
        case .rejected(let reply, _) where reply.isPermanent: end = .failed(reply: "\(reply)")
        case .rejected(let reply, _): end = .deferred(reply: "\(reply)", until: next(mail))
        case .notConnected(let reason), .failedBeforeData(let reason), .interrupted(let reason):
            end = .deferred(reply: reason, until: next(mail))
        // Somebody else has the mail now, or the database could not take the attempt: nothing left.
        case .abortedBeforeData: throw LostLease()
        case .uncertain(let reason):
            end = .uncertain(reason: reason, until: Date().addingTimeInterval(Self.uncertainPause))
        }
        logger.info("mail attempted", metadata: ["mail": "\(mail.id)", "outcome": "\(end.name)"])
        do {
            try await lease.finish(Outbox.finish(mail.id, end))
        } catch let error as LostLease {
            if case .sent = end { await note(end, of: mail) }
            throw error
        }
    }

    /// Notes that the relay took the mail although the job is no longer ours: whoever has it would send it again.
    private func note(_ end: Outbox.Outcome, of mail: Outbox.Mail) async {
        do {
            // Its end may be known: our own commit took place and the answer was lost, or a person dropped it.
            guard try await Outbox.mail(mail.id, in: pool) != nil else { return }
            _ = try await pool.pipeline(Outbox.finish(mail.id, end))
        } catch {
            logger.warning("a sent mail was not noted", metadata: ["mail": "\(mail.id)", "error": "\(error)"])
        }
    }

    /// From a few seconds to an hour, with jitter.
    private func next(_ mail: Outbox.Mail) -> Date {
        let delay = min(3600, 2 * Double(1 << min(mail.attempts, 11)))
        return Date().addingTimeInterval(delay * Double.random(in: 0.8...1.2))
    }
}

/// A few connections to the relay, each for one mail at a time.
package actor ClientPool {
    private let relay: SMTPRelay
    private let limit: Int
    private var idle: [SMTPClient] = []
    private var open = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(relay: SMTPRelay, connections: Int = 2) {
        self.relay = relay
        limit = connections
    }

    func send(
        _ mail: SMTPTransaction, beforeData: @escaping @Sendable () async throws -> Void
    ) async -> SMTPOutcome {
        while idle.isEmpty && open >= limit {
            await withCheckedContinuation { waiting.append($0) }
        }
        let client: SMTPClient
        if let known = idle.popLast() {
            client = known
        } else {
            do {
                client = try SMTPClient(relay: relay)
                open += 1
            } catch {
                return .notConnected(reason: "\(error)")
            }
        }
        let outcome = await client.send(mail, beforeData: beforeData)
        idle.append(client)
        if !waiting.isEmpty { waiting.removeFirst().resume() }
        return outcome
    }
}
