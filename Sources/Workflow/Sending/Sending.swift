import FoundationEssentials
import Records
import SMTPClient

/// What follows from one attempt to send a mail; pure.
struct Sending: Sendable {
    var outcome: Outbox.Outcome
    /// What is told, to whoever caused the mail, and in whose words.
    var notice: (event: NoticeJob.Event, words: String)?

    private init(_ outcome: Outbox.Outcome, _ event: NoticeJob.Event? = nil, _ words: String = "") {
        self.outcome = outcome
        notice = event.map { ($0, words) }
    }

    /// Of what the relay answered; `nil` where nothing left because somebody else has the mail now, or the database could
    /// not take the attempt.
    init?(_ answer: SMTPOutcome, to mail: Outbox.Mail, at now: Date, _ policy: SendPolicy) {
        switch answer {
        case .accepted(let reply): self.init(.sent(reply: "\(reply)"))
        case .rejected(let reply) where reply.isPermanent:
            self.init(.failed(reply: "\(reply)"), .failed, "\(reply)")
        case .unsupported(let reason): self.init(.failed(reply: reason), .failed, reason)
        case .rejected(let reply): self = Self.puttingOff(mail, words: "\(reply)", at: now, policy)
        case .notConnected(let reason), .failedBeforeData(let reason), .interrupted(let reason):
            self = Self.puttingOff(mail, words: reason, at: now, policy)
        case .abortedBeforeData: return nil
        case .uncertain(let reason):
            self.init(.uncertain(reason: reason, until: now.addingTimeInterval(policy.uncertainPause)))
        }
    }

    private static func puttingOff(
        _ mail: Outbox.Mail, words: String, at now: Date, _ policy: SendPolicy
    ) -> Sending {
        let isLate = now >= mail.createdAt.addingTimeInterval(policy.patience)
        return Sending(.deferred(reply: words, until: policy.next(mail, at: now)), isLate ? .delayed : nil, words)
    }
}
