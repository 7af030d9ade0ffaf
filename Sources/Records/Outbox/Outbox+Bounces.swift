import Cryptography
package import Mail
import Postgres

extension Outbox {
    /// A report on a mail of ours, believed since it came to the address that only its envelope held.
    package struct Bounce: Sendable {
        /// The message that it arrived as.
        package var message: Int64
        /// The first octets of the mail's effect key in hexadecimal, as the signed address has them.
        package var mark: String
        package var report: DeliveryReport

        package init(message: Int64, mark: String, report: DeliveryReport) {
            self.message = message
            self.mark = mark
            self.report = report
        }
    }

    /// Reported words that are kept of one mail: whoever got it could report on it again and again.
    private static let reportLimit = 20

    /// Notes what reports say: a failure ends the mail, anything else is kept beside its attempts and proves that the relay
    /// took it.
    ///
    /// Who waits for a mail that failed is told. A report whose returned header is another mail's changes nothing, whatever
    /// address it came to.
    static func note(
        _ bounces: [Bounce], on mails: [Concerned], mutes: (String, String?) -> Bool, in transaction: Transaction
    ) async throws {
        for bounce in bounces {
            guard let mark = Hexadecimal.decode(bounce.mark) else { continue }
            let meant = mails.filter { $0.effectKey.starts(with: mark) }
            guard meant.count == 1, bounce.report.returned.mark.map({ $0.lowercased() == meant[0].mark }) ?? true
            else { continue }
            var verdict = Verdict(bounce.report, on: meant[0].recipient)
            if !mutes(meant[0].recipient, meant[0].owner) { verdict.unreachable = nil }
            _ = try await transaction.pipeline(statements(verdict, of: meant[0], bounce))
        }
    }

    /// What a report means for the mail as a whole.
    struct Verdict {
        var action: DeliveryReport.Action
        /// What it says of our recipient; of a forwarder's further ones where it does not name ours.
        var recipients: [DeliveryReport.Recipient]
        /// What it says of our recipient, where no mail will ever reach that.
        var unreachable: DeliveryReport.Recipient?

        init(_ report: DeliveryReport, on address: String) {
            let isOurs = { (other: String) in Mailbox(address: other).comparable == Mailbox(address: address).comparable
            }
            let named = report.recipients.filter { isOurs($0.address) || $0.original.map(isOurs) ?? false }
            recipients = named.isEmpty ? Array(report.recipients.prefix(5)) : named
            let actions = Set(recipients.map(\.action))
            action = [.failed, .delayed, .delivered, .relayed].first { actions.contains($0) } ?? .expanded
            // Where the forwarder's address is no more, ours may still take mail.
            unreachable = named.first { $0.isUnreachable && isOurs($0.address) }
        }

        /// The state that the report is noted as among the attempts.
        var outcome: State {
            switch action {
            case .failed: .failed
            case .delayed: .deferred
            case .delivered, .relayed, .expanded: .sent
            }
        }

        /// What is said of those that it is about.
        var words: String {
            let lines = recipients.filter { $0.action == action }.prefix(5).map { recipient in
                [recipient.status, recipient.words].compactMap { $0 }.reduce(recipient.address) { "\($0) \($1)" }
            }
            return String(lines.joined(separator: "; ").prefix(2000))
        }

        /// The same as it is noted among the attempts.
        var note: String { "reported as \(action.rawValue): \(words)" }
    }

    private static func statements(_ verdict: Verdict, of mail: Concerned, _ bounce: Bounce) -> [SQL] {
        guard verdict.action == .failed else { return [noted(verdict, mail), settled(mail.id)] }
        // Told before it is noted, since it is told once.
        var statements = [
            told(verdict, mail), noted(verdict, mail),
            """
            UPDATE brevdue.outbox o SET state = 'failed', held_reason = NULL
            WHERE o.id = \(mail.id) AND (o.state IN ('queued', 'sending', 'sent', 'deferred', 'uncertain') OR \(isInDoubt))
            """,
        ]
        if let refusal = verdict.unreachable {
            statements.append(
                Suppression.add(
                    mail.recipient, status: refusal.status ?? "", words: refusal.words, mail: mail.id,
                    message: bounce.message))
        }
        return statements
    }

    private static func noted(_ verdict: Verdict, _ mail: Concerned) -> SQL {
        """
        INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
        SELECT \(mail.id), clock_timestamp(), \(verdict.outcome.rawValue), \(verdict.note)
        WHERE (SELECT count(*) FILTER (WHERE reply LIKE 'reported as %') < \(Int64(reportLimit))
            AND count(*) FILTER (WHERE reply = \(verdict.note)) = 0
            FROM brevdue.outbox_attempt WHERE outbox_id = \(mail.id))
        """
    }

    private static func told(_ verdict: Verdict, _ mail: Concerned) -> SQL {
        NoticeJob.insert(
            from: """
                SELECT \(mail.id)::bigint, \(NoticeJob.Event.returned.rawValue), \(verdict.words) WHERE NOT EXISTS (
                    SELECT FROM brevdue.outbox_attempt WHERE outbox_id = \(mail.id) AND reply LIKE 'reported as failed: %')
                """)
    }
}
