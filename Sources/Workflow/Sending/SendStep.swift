import FoundationEssentials
package import Jobs
package import Logging
import Mail
package import Postgres
import Records
import SMTPClient
import Synchronization

/// SEND: one mail of the outbox to the relay (RFC 1047, RFC 5321 section 6.1).
///
/// The attempt is committed after the relay's 354 and before the first octet leaves. An attempt that was never heard of
/// again is `uncertain`: it waits, and what goes to our own people is then sent once more under the same Message-ID; what
/// goes to others is held for a person, unless something that came in meanwhile shows that it was taken.
package struct SendStep: EffectHandler {
    private let pool: PostgresPool
    private let clients: ClientPool
    private let house: House
    private let policy: SendPolicy
    private let limits: DomainLimits
    private let logger: Logger

    package init(
        pool: PostgresPool, clients: ClientPool, house: House, policy: SendPolicy, logger: Logger
    ) {
        self.pool = pool
        self.clients = clients
        self.house = house
        self.policy = policy
        self.logger = logger
        limits = DomainLimits(connections: policy.domainConnections, perMinute: policy.domainPerMinute)
    }

    package func perform(_ job: Job, lease: Lease) async throws {
        guard job.kind == SendJob.kind else { return try await lease.finish([try misplaced(job)]) }
        let started = ContinuousClock.now
        let id = try job.decode(SendJob.self).mail
        guard let mail = try await Outbox.mail(id, in: pool) else {
            return try await lease.finish([Outbox.sendIfWaiting(id)])
        }
        if let ending = endWithoutAttempt(mail) { return try await lease.finish(Outbox.end(mail, ending)) }
        let domain = foreignDomain(of: mail)
        if let wait = limits.enter(domain) {
            return try await lease.finish([Outbox.putOff(mail.id, until: mail.now.addingTimeInterval(wait))])
        }
        let result = await attempt(mail, job)
        limits.leave(domain)
        switch result {
        case .held: try await lease.finish([Outbox.sendIfWaiting(id)])
        case .refused: throw LostLease()
        case .answered(let answer):
            let now = mail.now.addingTimeInterval((ContinuousClock.now - started) / .seconds(1))
            guard let sending = Sending(answer, to: mail, at: now, policy) else { throw LostLease() }
            try await record(sending, of: mail, lease)
        }
    }

    /// A notice's job that an older node left here, for the queue where it belongs.
    private func misplaced(_ job: Job) throws -> SQL {
        _ = try job.decode(NoticeJob.self)
        return JobQueue.insert([NewJob(queue: NoticeJob.queue, kind: NoticeJob.kind, payload: job.payload)])
    }

    /// What becomes of a mail that is not sent now; `nil` for one that is.
    private func endWithoutAttempt(_ mail: Outbox.Mail) -> Outbox.Ending? {
        if mail.isProved {
            return .proved(words: "the relay's answer was lost; something that came in shows it was taken")
        }
        if mail.hasOpenAttempt {
            return .brokenOff(until: mail.now.addingTimeInterval(policy.uncertainPause))
        }
        if mail.state == .uncertain {
            guard isForOwnPeople(mail), mail.uncertainAttempts < policy.uncertainLimit, mail.expiresAt > mail.now else {
                return .held(reason: "it may have been sent: the relay's answer to the mail was lost")
            }
        }
        guard mail.expiresAt > mail.now else {
            return .failed(words: "expired before it could be sent", .expired, isOverdue: true)
        }
        guard (try? transaction(of: mail)) != nil else {
            return .failed(
                words: "the envelope holds an address that SMTP cannot carry", .failed, isOverdue: false)
        }
        return nil
    }

    private func transaction(of mail: Outbox.Mail) throws(SMTPTransaction.Fault) -> SMTPTransaction {
        try SMTPTransaction(envelopeFrom: mail.envelopeFrom, recipient: mail.recipient, octets: mail.octets)
    }

    private enum Result {
        case answered(SMTPOutcome)
        /// A cap held it back.
        case held
        case refused
    }

    private func attempt(_ mail: Outbox.Mail, _ job: Job) async -> Result {
        guard let transaction = try? transaction(of: mail) else { return .refused }
        let cap = cap(of: mail)
        let isHeld = Flag()
        let outcome = await clients.send(transaction) { [pool] in
            switch try await Outbox.begin(mail.id, job: job, cap: cap, in: pool) {
            case .admitted: return
            case .held:
                isHeld.raise()
                throw LostLease()
            case .refused: throw LostLease()
            }
        }
        return isHeld.isRaised ? .held : .answered(outcome)
    }

    private func record(_ sending: Sending, of mail: Outbox.Mail, _ lease: Lease) async throws {
        let end = sending.outcome
        logger.info("mail attempted", metadata: ["mail": "\(mail.id)", "outcome": "\(end.name)"])
        let notice = sending.notice.map { NoticeJob.tell($0.event, of: mail.id, words: $0.words) }
        do {
            try await lease.finish(Outbox.finish(mail.id, end) + [notice].compactMap { $0 })
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

    // MARK: Whose mail it is

    private func isForOwnPeople(_ mail: Outbox.Mail) -> Bool {
        house.own.includes(Mailbox(address: mail.recipient))
    }

    /// Automatic mails that the recipient may get a day; a mail that a person released, or somebody in our own networks
    /// caused, is not counted.
    private func cap(of mail: Outbox.Mail) -> Int? {
        let isTrusted = mail.origin.remoteAddress.map(policy.isOwnNetwork) ?? (mail.origin.door == .upload)
        guard Outbox.Kind(rawValue: mail.kind) != nil, !isTrusted else { return nil }
        return isForOwnPeople(mail) ? policy.ownPerDay : policy.outsiderPerDay
    }

    /// The domain whose limits count; `nil` for one of ours, which has none.
    private func foreignDomain(of mail: Outbox.Mail) -> String? {
        let recipient = Mailbox(address: mail.recipient)
        return house.own.owns(recipient) ? nil : recipient.domainName
    }
}

/// Raised by another task.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .acquiring) }

    func raise() { value.store(true, ordering: .releasing) }
}
