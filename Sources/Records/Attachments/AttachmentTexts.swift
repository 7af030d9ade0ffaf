package import FoundationEssentials
import Mail
package import Postgres
package import Understanding

/// What was read of a content, as it is kept.
package struct KeptReading: Sendable {
    package var sha256: String
    package var outcome: ReadAttachment.Outcome
    package var text: String
    package var isCut: Bool
    package var reason: ReadAttachment.Reason?
    /// What a container holds, as MIME.
    package var message: [UInt8]?
    /// Whether another try would end the same.
    package var isFinal: Bool
    package var readAt: Date

    package init(
        sha256: String, outcome: ReadAttachment.Outcome, text: String = "", isCut: Bool = false,
        reason: ReadAttachment.Reason? = nil, message: [UInt8]? = nil, isFinal: Bool = true, readAt: Date = .distantPast
    ) {
        self.sha256 = sha256
        self.outcome = outcome
        self.text = text
        self.isCut = isCut
        self.reason = reason
        self.message = message
        self.isFinal = isFinal
        self.readAt = readAt
    }

    /// Whether it need not be read again for a mail that the database had since then.
    package func serves(since instant: Date) -> Bool { isFinal || readAt >= instant }

    /// What the reader puts in the place of a container; empty where it holds nothing, `nil` where that is not known.
    package var contents: [UInt8]? {
        switch outcome {
        case .message: message
        case .empty: []
        // A signature or certificates that stand alone.
        case .unreadable: reason?.code == "no_text" ? [] : nil
        case .text, .skipped, .pending: nil
        }
    }
}

/// Texts of attachments, kept by the digest of their content: each is read once for ever.
package enum AttachmentTexts {
    /// Octets of text and mail that are loaded for one batch of messages at most; what is beyond counts as not read.
    private static let loadLimit: Int64 = 96 << 20

    /// What is known of these contents, by digest.
    package static func load(_ digests: Set<String>, in transaction: Transaction) async throws -> [String: KeptReading]
    {
        guard !digests.isEmpty else { return [:] }
        return try readings(try await transaction.query(selection(of: digests)))
    }

    /// The same outside a transaction.
    package static func load(_ digests: Set<String>, in pool: PostgresPool) async throws -> [String: KeptReading] {
        guard !digests.isEmpty else { return [:] }
        return try readings(try await pool.query(selection(of: digests)))
    }

    /// Keeps a reading; a final one is never replaced by one that is not.
    package static func keep(_ reading: KeptReading) -> SQL {
        """
        INSERT INTO brevdue.attachment_text AS t (sha256, outcome, text, is_cut, reason_code, reason, message, is_final)
        VALUES (decode(\(reading.sha256), 'hex'), \(reading.outcome.rawValue), \(reading.text), \(reading.isCut),
            \(reading.reason?.code), \(reading.reason?.sentence), \(reading.message), \(reading.isFinal))
        ON CONFLICT (sha256) DO UPDATE SET outcome = excluded.outcome, text = excluded.text, is_cut = excluded.is_cut,
            reason_code = excluded.reason_code, reason = excluded.reason, message = excluded.message,
            is_final = excluded.is_final, read_at = excluded.read_at
        WHERE NOT t.is_final
        """
    }

    /// Marks the attachments of a message as read, whatever came of it.
    package static func settle(_ message: Int64) -> SQL {
        "UPDATE brevdue.attachment SET is_pending = false WHERE message_id = \(message) AND is_pending"
    }

    /// Says why of whatever is still to be read of a message, and lets nobody wait for it any longer.
    ///
    /// What was read of the same content before stands; the next mail with it has it tried again.
    package static func giveUp(_ message: Int64, _ reason: ReadAttachment.Reason) -> [SQL] {
        [
            """
            INSERT INTO brevdue.attachment_text (sha256, outcome, text, is_cut, reason_code, reason, is_final)
            SELECT DISTINCT sha256, \(ReadAttachment.Outcome.unreadable.rawValue), '', false, \(reason.code),
                \(reason.sentence), false
            FROM brevdue.attachment WHERE message_id = \(message) AND is_pending ORDER BY sha256
            ON CONFLICT (sha256) DO NOTHING
            """,
            settle(message),
        ]
    }

    // MARK: Of messages

    /// What came of the attachments of messages, without the texts.
    static func states(_ ids: [Int64]) -> SQL {
        """
        SELECT a.message_id, a.filename, a.content_type, a.size, encode(a.sha256, 'hex'), a.inline,
            CASE WHEN a.is_pending THEN 'pending' ELSE t.outcome END, coalesce(t.is_cut, false), t.reason_code, t.reason
        FROM brevdue.attachment a LEFT JOIN brevdue.attachment_text t USING (sha256)
        WHERE a.message_id = ANY(\(ids)) AND (a.is_pending OR t.outcome IS NOT NULL) ORDER BY a.message_id, a.position
        """
    }

    static func byMessage(_ rows: [Row]) throws -> [Int64: [ReadAttachment]] {
        var attachments: [Int64: [ReadAttachment]] = [:]
        for row in rows {
            let (id, filename, type, size, sha256, inline, outcome, isCut, code, sentence) = try row.decode(
                Int64.self, String?.self, String.self, Int64.self, String.self, Bool.self, String.self, Bool.self,
                String?.self, String?.self)
            attachments[id, default: []].append(
                ReadAttachment(
                    Letter.Attachment(
                        filename: filename, contentType: type, size: Int(size), sha256: sha256, inline: inline),
                    outcome: ReadAttachment.Outcome(rawValue: outcome) ?? .skipped, isCut: isCut,
                    reason: code.map { ReadAttachment.Reason(code: $0, sentence: sentence ?? $0) }))
        }
        return attachments
    }

    private static func selection(of digests: Set<String>) -> SQL {
        """
        SELECT encode(sha256, 'hex'), outcome, text, is_cut, reason_code, reason, message, is_final, read_at FROM (
            SELECT *, sum(octet_length(text) + coalesce(octet_length(message), 0)) OVER (ORDER BY sha256) AS octets
            FROM brevdue.attachment_text
            WHERE sha256 IN (SELECT decode(digest, 'hex') FROM unnest(\(digests.sorted())) AS d (digest))
        ) AS t WHERE octets <= \(loadLimit)
        """
    }

    private static func readings(_ rows: [Row]) throws -> [String: KeptReading] {
        var readings: [String: KeptReading] = [:]
        for row in rows {
            let (sha256, outcome, text, isCut, code, sentence, message, isFinal, readAt) = try row.decode(
                String.self, String.self, String.self, Bool.self, String?.self, String?.self, [UInt8]?.self, Bool.self,
                Date.self)
            readings[sha256] = KeptReading(
                sha256: sha256, outcome: ReadAttachment.Outcome(rawValue: outcome) ?? .skipped, text: text,
                isCut: isCut,
                reason: code.map { ReadAttachment.Reason(code: $0, sentence: sentence ?? $0) }, message: message,
                isFinal: isFinal, readAt: readAt)
        }
        return readings
    }
}
