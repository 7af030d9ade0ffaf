package import Mail
package import Postgres

extension Outbox {
    /// A message that came in and shows that a mail of ours was taken.
    package struct Evidence: Sendable {
        fileprivate enum Kind: Sendable {
            /// The mail itself, as a copy to us or a folder of sent mail has it.
            case copy(mark: String, bodyHash: String)
            /// An answer of its recipient.
            case answer(keys: [[UInt8]], from: String)
        }

        fileprivate var message: Int64
        fileprivate var kind: Kind

        /// What a letter shows; `nil` for one that neither is a mail of ours nor answers any.
        ///
        /// Whoever wrote to us could work out the marker of our answer, so that a copy has to have the body too.
        package init?(_ letter: Letter, message: Int64) {
            self.message = message
            if let mark = letter.mark?.lowercased(), mark.utf8.count == 32, mark.allSatisfy(\.isHexDigit) {
                kind = .copy(mark: mark, bodyHash: letter.bodyHash)
            } else if !letter.answered.isEmpty, letter.from.count == 1 {
                kind = .answer(
                    keys: letter.answered.map { MessageKey(messageID: $0).octets },
                    from: letter.from[0].comparable)
            } else {
                return nil
            }
        }

        fileprivate var keys: [[UInt8]] { if case .answer(let keys, _) = kind { keys } else { [] } }
        fileprivate var mark: String? { if case .copy(let mark, _) = kind { mark } else { nil } }

        /// What it says of a mail; `nil` where it is not about it.
        fileprivate func words(on mail: Doubtful) -> String? {
            switch kind {
            case .copy(let mark, let hash):
                guard mark == mail.mark, hash == Letter.bodyHash(of: mail.octets) else { return nil }
                return "taken, as its own copy shows: message \(message)"
            case .answer(let keys, let sender):
                guard keys.contains(mail.messageKey), sender == mail.recipient else { return nil }
                return "taken, as an answer to it shows: message \(message)"
            }
        }
    }

    /// A mail of which it is not known whether it was taken.
    fileprivate struct Doubtful {
        var id: Int64
        var messageKey: [UInt8]
        var mark: String
        /// In the form for comparison.
        var recipient: String
        var octets: [UInt8]
    }

    /// Settles mails of which it is not known whether they were taken, and which now are: they are not sent once more.
    ///
    /// Of a mail whose attempt is not over it is noted beside that, for whoever finds it broken off.
    package static func settle(_ evidence: [Evidence], in transaction: Transaction) async throws {
        guard !evidence.isEmpty else { return }
        let results = try await transaction.pipeline([
            doubtful(
                where: "o.message_key = ANY(\(evidence.flatMap(\.keys)))", from: ""),
            doubtful(
                where: """
                    o.effect_key BETWEEN decode(rpad(m.mark, 64, '0'), 'hex') AND decode(rpad(m.mark, 64, 'f'), 'hex')
                    """, from: "unnest(\(evidence.compactMap(\.mark))) AS m (mark),"),
        ])
        for mail in try results.joined().map(doubtful) {
            guard let words = evidence.lazy.compactMap({ $0.words(on: mail) }).first else { continue }
            _ = try await transaction.pipeline(settle(mail.id, words: words))
        }
    }

    private static func doubtful(where condition: SQL, from others: SQL) -> SQL {
        """
        SELECT o.id, o.message_key, encode(substr(o.effect_key, 1, 16), 'hex'), \(recipient), o.octets
        FROM \(others) brevdue.outbox o
        WHERE \(condition) AND (o.state = 'sending' OR o.state IN ('uncertain', 'held') AND 'uncertain' = (
            SELECT outcome FROM brevdue.outbox_attempt WHERE outbox_id = o.id ORDER BY id DESC LIMIT 1))
        ORDER BY o.id FOR UPDATE OF o
        """
    }

    private static func doubtful(_ row: Row) throws -> Doubtful {
        let (id, key, mark, recipient, octets) = try row.decode(
            Int64.self, [UInt8].self, String.self, String.self, [UInt8].self)
        return Doubtful(
            id: id, messageKey: key, mark: mark, recipient: Mailbox(address: recipient).comparable, octets: octets)
    }

    private static func settle(_ id: Int64, words: String) -> [SQL] {
        [
            """
            INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
            VALUES (\(id), clock_timestamp(), 'sent', \(words))
            """,
            """
            UPDATE brevdue.outbox SET state = 'sent', sent_at = clock_timestamp(), held_reason = NULL
            WHERE id = \(id) AND state IN ('uncertain', 'held')
            """,
        ]
    }
}
