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
    /// Gives back the mails that failed by the message that told so. A report whose returned header is another mail's
    /// changes nothing, whatever address it came to.
    ///
    /// `mutes`: whether an address may be suppressed at all, by itself and the owner of the mail's lead.
    package static func take(
        _ bounces: [Bounce], mutes: (String, String?) -> Bool, in transaction: Transaction
    ) async throws -> [Int64: Int64] {
        var failed: [Int64: Int64] = [:]
        for bounce in bounces {
            guard let mail = try await reported(bounce, in: transaction),
                bounce.report.returned.mark.map({ $0.lowercased() == mail.mark }) ?? true
            else { continue }
            var verdict = Verdict(bounce.report, on: mail.recipients)
            verdict.unreachable.removeAll { !mutes($0.address, mail.owner) }
            _ = try await transaction.pipeline(statements(verdict, of: mail, bounce))
            if verdict.action == .failed { failed[bounce.message] = mail.id }
        }
        return failed
    }

    private struct Reported {
        var id: Int64
        /// Its marker header, in full.
        var mark: String
        var recipients: [String]
        /// Owner of its lead.
        var owner: String?
    }

    /// What a report means for the mail as a whole.
    struct Verdict {
        var action: DeliveryReport.Action
        /// What it says of our own recipients; of a forwarder's further ones where it names none of ours.
        var recipients: [DeliveryReport.Recipient]
        /// Our recipients that no mail will ever reach.
        var unreachable: [(address: String, status: String, words: String?)]

        init(_ report: DeliveryReport, on addresses: [String]) {
            let own = Dictionary(addresses.map { ($0.lowercased(), $0) }) { first, _ in first }
            let named = report.recipients.compactMap { recipient in
                (own[recipient.address.lowercased()] ?? recipient.original.flatMap { own[$0.lowercased()] }).map {
                    (address: $0, recipient: recipient)
                }
            }
            recipients = named.isEmpty ? Array(report.recipients.prefix(5)) : named.map(\.recipient)
            let actions = Set(recipients.map(\.action))
            action = [.failed, .delayed, .delivered, .relayed].first { actions.contains($0) } ?? .expanded
            unreachable = named.compactMap { address, recipient in
                // Where the forwarder's address is no more, ours may still take mail.
                recipient.isUnreachable && own[recipient.address.lowercased()] != nil
                    ? (address, recipient.status ?? "", recipient.words) : nil
            }
        }

        /// The state that the report is noted as among the attempts.
        var outcome: State {
            switch action {
            case .failed: .failed
            case .delayed: .deferred
            case .delivered, .relayed, .expanded: .sent
            }
        }

        /// The words of those that it is about.
        var words: String {
            let lines = recipients.filter { $0.action == action }.prefix(5).map { recipient in
                [recipient.status, recipient.words].compactMap { $0 }.reduce(recipient.address) { "\($0) \($1)" }
            }
            return "reported as \(action.rawValue): " + String(lines.joined(separator: "; ").prefix(2000))
        }
    }

    private static func reported(_ bounce: Bounce, in transaction: Transaction) async throws -> Reported? {
        let rows = try await transaction.query(
            """
            SELECT id, effect_key, array_to_string(recipients, E'\\n'),
                (SELECT owner FROM brevdue.lead WHERE id = lead_id) FROM brevdue.outbox
            WHERE effect_key BETWEEN decode(rpad(\(bounce.mark), 64, '0'), 'hex') AND decode(rpad(\(bounce.mark), 64, 'f'), 'hex')
            LIMIT 2 FOR UPDATE
            """)
        guard rows.count == 1 else { return nil }
        let (id, key, recipients, owner) = try rows[0].decode(
            Int64.self, [UInt8].self, String.self, String?.self)
        return Reported(
            id: id, mark: Hexadecimal.encode(key.prefix(16)),
            recipients: recipients.split(separator: "\n").map(String.init), owner: owner)
    }

    private static func statements(_ verdict: Verdict, of mail: Reported, _ bounce: Bounce) -> [SQL] {
        var statements: [SQL] = [
            """
            INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
            SELECT \(mail.id), clock_timestamp(), \(verdict.outcome.rawValue), \(verdict.words)
            WHERE (SELECT count(*) FILTER (WHERE reply LIKE 'reported as %') < \(Int64(reportLimit))
                AND count(*) FILTER (WHERE reply = \(verdict.words)) = 0
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
        statements += verdict.unreachable.map {
            Suppression.add($0.address, status: $0.status, words: $0.words, mail: mail.id, message: bounce.message)
        }
        return statements
    }
}
