package import Mail
package import Postgres

extension Outbox {
    /// A message that came in and shows that a mail of ours was taken.
    package struct Evidence: Sendable {
        package enum Kind: Sendable {
            /// The mail itself, as a copy to us or a folder of sent mail has it.
            case copy(mark: String, bodyHash: String)
            /// An answer of its recipient.
            case answer(messageIDs: [String], from: String)
        }

        package var message: Int64
        package var kind: Kind

        /// What a letter shows; `nil` for one that neither is a mail of ours nor answers any.
        ///
        /// Whoever wrote to us could work out the marker of our answer, so that a copy has to have the body too.
        package init?(_ letter: Letter, message: Int64) {
            self.message = message
            if let mark = letter.mark?.lowercased(), mark.utf8.count == 32, mark.allSatisfy(\.isHexDigit) {
                kind = .copy(mark: mark, bodyHash: letter.bodyHash)
            } else if !letter.answered.isEmpty, letter.from.count == 1 {
                kind = .answer(messageIDs: letter.answered, from: letter.from[0].address)
            } else {
                return nil
            }
        }
    }

    /// Settles mails of which it is not known whether they were taken, and which now are: they are not sent once more.
    ///
    /// Of a mail whose attempt is not over it is noted beside that, for whoever finds it broken off.
    package static func settle(_ evidence: [Evidence], in transaction: Transaction) async throws {
        for piece in evidence {
            let (doubtful, hash, words) = search(piece)
            for row in try await transaction.query(doubtful) {
                let (id, octets) = try row.decode(Int64.self, [UInt8].self)
                guard hash.map({ $0 == Letter.bodyHash(of: octets) }) ?? true else { continue }
                _ = try await transaction.pipeline(settle(id, words: "\(words): message \(piece.message)"))
            }
        }
    }

    /// A query for the mails that it may be about, what their body has to be, and how it is noted.
    private static func search(_ evidence: Evidence) -> (SQL, bodyHash: String?, words: String) {
        let doubtful: SQL = """
            SELECT id, octets FROM brevdue.outbox o
            WHERE (state = 'sending' OR state IN ('uncertain', 'held') AND 'uncertain' = (
                SELECT outcome FROM brevdue.outbox_attempt WHERE outbox_id = o.id ORDER BY id DESC LIMIT 1))
            """
        return switch evidence.kind {
        case .copy(let mark, let hash):
            (
                doubtful + """
                     AND effect_key BETWEEN decode(rpad(\(mark), 64, '0'), 'hex') AND decode(rpad(\(mark), 64, 'f'), 'hex')
                    FOR UPDATE
                    """, hash, "taken, as its own copy shows"
            )
        case .answer(let ids, let sender):
            (
                doubtful + """
                     AND message_key = ANY(\(ids.map { MessageKey(messageID: $0).octets }))
                    AND lower(recipient) = lower(\(sender)) FOR UPDATE
                    """, nil, "taken, as an answer to it shows"
            )
        }
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
