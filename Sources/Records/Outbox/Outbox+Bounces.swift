import Cryptography
package import Mail
package import Postgres

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

    /// Notes what reports say: a failure ends the mail, anything else is kept beside its attempts.
    ///
    /// Who waits for a mail that failed is told. A report whose returned header is another mail's changes nothing, whatever
    /// address it came to.
    ///
    /// `mutes`: whether an address may be suppressed at all, by itself and the owner of the mail's lead.
    package static func take(
        _ bounces: [Bounce], mutes: (String, String?) -> Bool, in transaction: Transaction
    ) async throws {
        for bounce in bounces {
            guard let mail = try await reported(bounce, in: transaction),
                bounce.report.returned.mark.map({ $0.lowercased() == mail.mark }) ?? true
            else { continue }
            var verdict = Verdict(bounce.report, on: mail.recipient)
            if !mutes(mail.recipient, mail.owner) { verdict.unreachable = nil }
            _ = try await transaction.pipeline(statements(verdict, of: mail, bounce))
        }
    }

    private struct Reported {
        var id: Int64
        /// Its marker header, in full.
        var mark: String
        var recipient: String
        /// Owner of its lead.
        var owner: String?
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

    private static func reported(_ bounce: Bounce, in transaction: Transaction) async throws -> Reported? {
        let rows = try await transaction.query(
            """
            SELECT id, effect_key, \(recipient),
                (SELECT owner FROM brevdue.lead WHERE id = lead_id) FROM brevdue.outbox o
            WHERE effect_key BETWEEN decode(rpad(\(bounce.mark), 64, '0'), 'hex') AND decode(rpad(\(bounce.mark), 64, 'f'), 'hex')
            LIMIT 2 FOR UPDATE
            """)
        guard rows.count == 1 else { return nil }
        let (id, key, recipient, owner) = try rows[0].decode(Int64.self, [UInt8].self, String.self, String?.self)
        return Reported(id: id, mark: Hexadecimal.encode(key.prefix(16)), recipient: recipient, owner: owner)
    }

    private static func statements(_ verdict: Verdict, of mail: Reported, _ bounce: Bounce) -> [SQL] {
        var statements: [SQL] = [
            """
            INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
            SELECT \(mail.id), clock_timestamp(), \(verdict.outcome.rawValue), \(verdict.note)
            WHERE (SELECT count(*) FILTER (WHERE reply LIKE 'reported as %') < \(Int64(reportLimit))
                AND count(*) FILTER (WHERE reply = \(verdict.note)) = 0
                FROM brevdue.outbox_attempt WHERE outbox_id = \(mail.id))
            """
        ]
        guard verdict.action == .failed else {
            // A report on it proves that the relay took it: it is not sent once more.
            return statements + [
                """
                UPDATE brevdue.outbox SET state = 'sent', sent_at = clock_timestamp()
                WHERE id = \(mail.id) AND state = 'uncertain'
                """
            ]
        }
        statements.append(
            """
            UPDATE brevdue.outbox SET state = 'failed'
            WHERE id = \(mail.id) AND state IN ('queued', 'sending', 'sent', 'deferred', 'uncertain')
            """)
        if let refusal = verdict.unreachable {
            statements.append(
                Suppression.add(
                    mail.recipient, status: refusal.status ?? "", words: refusal.words, mail: mail.id,
                    message: bounce.message))
        }
        return statements + [NoticeJob.tell(.returned, of: mail.id, words: verdict.words)]
    }
}
