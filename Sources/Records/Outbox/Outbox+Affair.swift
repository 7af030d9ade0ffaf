package import Mail
package import Postgres

extension Outbox {
    /// A mail and whose business it is, for a notice about it.
    package struct Affair: Sendable {
        package var kind: String
        package var recipient: String
        package var subject: String
        package var messageID: String
        /// Whether the recipient takes no mail any more.
        package var isSuppressed: Bool
        package var causeMessageID: Int64
        /// The mail that it answers.
        package var cause: Letter
        /// Who sent the cause, where the doors proved it to be one of our own people.
        package var causedBy: String?
        /// Owner of the lead.
        package var owner: String?
        package var cvr: String?
        package var leadID: Int64?
        package var quoteID: Int64?
    }

    /// `nil` where the mail is not there, or answers no letter.
    package static func affair(of id: Int64, in pool: PostgresPool) async throws -> Affair? {
        let rows = try await pool.query(
            """
            SELECT o.kind, \(recipient), o.subject, o.message_id,
                EXISTS (SELECT FROM brevdue.suppressed_address WHERE address = lower(\(recipient))), m.id, m.letter::text,
                CASE WHEN \(SenderFindings.isProved) THEN m.from_address END, l.owner, o.cvr, o.lead_id, o.quote_id
            FROM brevdue.outbox o
            JOIN brevdue.message m ON m.id = o.cause_message_id AND m.letter IS NOT NULL
            LEFT JOIN brevdue.arrival a ON a.id = m.id AND a.received_at = m.received_at
            LEFT JOIN brevdue.lead l ON l.id = o.lead_id
            WHERE o.id = \(id)
            """)
        guard let row = rows.first else { return nil }
        let (
            kind, recipient, subject, messageID, isSuppressed, cause, letter, causedBy, owner, cvr, lead, quote
        ) = try row.decode(
            String.self, String.self, String.self, String.self, Bool.self, Int64.self, String.self, String?.self,
            String?.self, String?.self, Int64?.self, Int64?.self)
        return Affair(
            kind: kind, recipient: recipient, subject: subject, messageID: messageID, isSuppressed: isSuppressed,
            causeMessageID: cause, cause: try JSONText.decode(Letter.self, from: letter),
            causedBy: causedBy, owner: owner, cvr: cvr, leadID: lead, quoteID: quote)
    }
}
