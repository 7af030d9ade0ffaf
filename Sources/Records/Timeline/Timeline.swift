import CVR
import FoundationEssentials
package import Mail
package import Postgres
import Understanding

/// Writes messages with their attachments, links and facts.
package enum Timeline {
    /// Another transaction filed the same mail or utterance at the same moment; the step is to be done again.
    package struct FiledMeanwhile: Error, Sendable {}

    /// Files a batch, one statement a table, in one round trip.
    package static func file(_ filings: [Filing], in transaction: Transaction) async throws {
        guard !filings.isEmpty else { return }
        let chats = filings.compactMap { filing in filing.chat.map { (message: filing.id, part: $0) } }
        let results = try await transaction.pipeline(
            [try messages(filings), attachments(filings), try links(filings), try FactRecords.insert(filings)]
                + (chats.isEmpty ? [] : [ChatLedger.file(chats)]))
        let utterances = chats.reduce(0) { $0 + $1.part.keys.count }
        guard results[0].count == filings.count, chats.isEmpty || results[4].count == utterances else {
            throw FiledMeanwhile()
        }
    }

    /// Marks messages as done with.
    package static func finish(_ ids: [Int64]) -> SQL {
        "UPDATE brevdue.message SET state = 'done' WHERE id = ANY(\(ids)) AND state = 'read'"
    }

    /// The letters of messages, in the order of their ids.
    package static func letters(_ ids: [Int64], in transaction: Transaction) async throws -> [(Int64, Letter)] {
        let rows = try await transaction.query(
            "SELECT id, letter::text FROM brevdue.message WHERE id = ANY(\(ids)) AND letter IS NOT NULL ORDER BY id")
        return try rows.map { row in
            let (id, letter) = try row.decode(Int64.self, String.self)
            return (id, try JSONText.decode(Letter.self, from: letter))
        }
    }

    private static func messages(_ filings: [Filing]) throws -> SQL {
        let letters = filings.map(\.letter)
        return """
            INSERT INTO brevdue.message (id, received_at, occurred_at, sent_at, door, direction, state, set_aside_reason,
                kind, author_role, author_name, author_address, message_id, message_key, content_key, duplicate_of,
                from_name, from_address, subject, text, language, cvr, cvr_status, cvr_evidence, lead_id, letter, awaits_contents)
            SELECT id, received_at, occurred_at, sent_at, door, direction, state, set_aside_reason,
                kind, author_role, author_name, author_address, message_id, message_key, content_key, duplicate_of,
                from_name, from_address, subject, text, language, cvr, cvr_status, cvr_evidence::json, lead_id, letter::json,
                awaits_contents
            FROM unnest(
                \(filings.map(\.id)), \(filings.map(\.receivedAt)), \(filings.map(\.occurredAt)),
                \(letters.map { $0?.date.instant }), \(filings.map(\.door.rawValue)),
                \(filings.map(\.direction.rawValue)), \(filings.map(\.state.rawValue)), \(filings.map(\.setAsideReason)),
                \(filings.map(\.kind)), \(filings.map(\.role.rawValue)),
                \(filings.map { $0.author?.name }),
                \(filings.map { $0.author.flatMap { $0.address.isEmpty ? nil : $0.address } }),
                \(letters.map { $0?.messageID }), \(filings.map { $0.threadKey?.octets }),
                \(filings.map(\.contentKey.octets)), \(filings.map(\.duplicateOf)),
                \(letters.map { $0?.from.first?.name }), \(letters.map { $0?.from.first?.address }),
                \(filings.map { $0.chat?.headline ?? $0.letter?.original.subject ?? "" }),
                \(filings.map { $0.chat?.dialogue ?? $0.letter?.text ?? "" }),
                \(letters.map { $0?.language }),
                \(filings.map { $0.link.number?.description }), \(filings.map(\.link.status.rawValue)),
                \(try filings.map { try $0.link.evidence.map(JSONText.encode) }), \(filings.map(\.leadID)),
                \(try letters.map { try $0.map(JSONText.encode) }), \(filings.map(\.awaitsContents))
            ) AS m (id, received_at, occurred_at, sent_at, door, direction, state, set_aside_reason,
                kind, author_role, author_name, author_address, message_id, message_key, content_key, duplicate_of,
                from_name, from_address, subject, text, language, cvr, cvr_status, cvr_evidence, lead_id, letter, awaits_contents)
            ON CONFLICT (content_key) WHERE duplicate_of IS NULL DO NOTHING
            RETURNING id
            """
    }

    private static func attachments(_ filings: [Filing]) -> SQL {
        let rows = filings.flatMap { filing in
            (filing.letter?.attachments ?? []).enumerated().map { place, attachment in
                (filing.id, Int32(place), attachment, filing.pending.contains(attachment.sha256))
            }
        }
        return """
            INSERT INTO brevdue.attachment (message_id, position, filename, content_type, size, sha256, inline, is_pending)
            SELECT message_id, position, filename, content_type, size, decode(sha256, 'hex'), inline, is_pending
            FROM unnest(\(rows.map(\.0)), \(rows.map(\.1)), \(rows.map(\.2.filename)), \(rows.map(\.2.contentType)),
                \(rows.map { Int64($0.2.size) }), \(rows.map(\.2.sha256)), \(rows.map(\.2.inline)), \(rows.map(\.3)))
                AS a (message_id, position, filename, content_type, size, sha256, inline, is_pending)
            """
    }

    private static func links(_ filings: [Filing]) throws -> SQL {
        let read = filings.filter { $0.letter != nil }
        return """
            INSERT INTO brevdue.link (message_id, cvr, status, decision, made_by)
            SELECT message_id, cvr, status, decision::json, 'reader'
            FROM unnest(\(read.map(\.id)), \(read.map { $0.link.number?.description }),
                \(read.map(\.link.status.rawValue)), \(try read.map { try JSONText.encode($0.link) }))
                AS l (message_id, cvr, status, decision)
            """
    }
}
