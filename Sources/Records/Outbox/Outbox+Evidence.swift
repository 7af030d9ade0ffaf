import Cryptography
package import Mail
import Postgres

extension Outbox {
    /// A message that came in and shows that a mail of ours was taken.
    package struct Evidence: Sendable {
        private enum Kind: Sendable {
            /// The mail itself, as a copy to us or a folder of sent mail has it.
            case copy(mark: [UInt8], bodyHash: String)
            /// An answer of its recipient.
            case answer(keys: [[UInt8]], from: String)
        }

        private var message: Int64
        private var kind: Kind

        private static let markLength = 16

        /// What a letter shows; `nil` for one that neither is a mail of ours nor answers any.
        ///
        /// Whoever wrote to us could work out the marker of our answer, so that a copy has to have the body too: that proves
        /// it, whoever it came from. An answer is only as good as its sender; `isSenderOpen`: it claims to be one of ours,
        /// which nothing proves.
        package init?(_ letter: Letter, message: Int64, isSenderOpen: Bool = false) {
            self.message = message
            if let mark = letter.mark.flatMap(Hexadecimal.decode), mark.count == Self.markLength {
                kind = .copy(mark: mark, bodyHash: letter.bodyHash)
            } else if !isSenderOpen, !letter.answered.isEmpty, letter.from.count == 1 {
                kind = .answer(
                    keys: letter.answered.map { MessageKey(messageID: $0).octets },
                    from: letter.from[0].comparable)
            } else {
                return nil
            }
        }

        /// Keys of the Message-IDs that it answers.
        var keys: [[UInt8]] { if case .answer(let keys, _) = kind { keys } else { [] } }
        /// The first octets of the effect key of the mail that it is.
        var mark: [UInt8]? { if case .copy(let mark, _) = kind { mark } else { nil } }

        /// What it says of a mail; `nil` where it is not about it.
        fileprivate func words(on mail: Concerned, octets: [UInt8]) -> String? {
            switch kind {
            case .copy(let mark, let hash):
                guard mail.effectKey.starts(with: mark), hash == Letter.bodyHash(of: octets) else { return nil }
                return "taken, as its own copy shows: message \(message)"
            case .answer(let keys, let sender):
                guard keys.contains(mail.messageKey), sender == Mailbox(address: mail.recipient).comparable else {
                    return nil
                }
                return "taken, as an answer to it shows: message \(message)"
            }
        }
    }

    /// Settles mails of which it is not known whether they were taken, and which now are: they are not sent once more.
    ///
    /// Of a mail whose attempt is not over it is noted beside that, for whoever finds it broken off.
    static func settle(_ mails: [Concerned], by evidence: [Evidence], in transaction: Transaction) async throws {
        guard !evidence.isEmpty, !mails.isEmpty else { return }
        let rows = try await transaction.query(
            """
            SELECT o.id, o.octets FROM brevdue.outbox o
            WHERE o.id = ANY(\(mails.map(\.id))) AND \(isInDoubt)
                AND NOT (o.state = 'sending' AND \(isProved))
            """)
        var statements: [SQL] = []
        for row in rows {
            let (id, octets) = try row.decode(Int64.self, [UInt8].self)
            guard let mail = mails.first(where: { $0.id == id }),
                let words = evidence.lazy.compactMap({ $0.words(on: mail, octets: octets) }).first
            else { continue }
            statements += settle(id, words: words)
        }
        if !statements.isEmpty { _ = try await transaction.pipeline(statements) }
    }

    private static func settle(_ id: Int64, words: String) -> [SQL] {
        [
            """
            INSERT INTO brevdue.outbox_attempt (outbox_id, ended_at, outcome, reply)
            VALUES (\(id), clock_timestamp(), 'sent', \(words))
            """,
            settled(id),
        ]
    }

    /// Ends a mail in doubt as sent; one that is being sent right now is left to whoever sends it.
    static func settled(_ id: Int64) -> SQL {
        """
        UPDATE brevdue.outbox o SET state = 'sent', sent_at = clock_timestamp(), held_reason = NULL
        WHERE o.id = \(id) AND o.state <> 'sending' AND \(isInDoubt)
        """
    }
}
