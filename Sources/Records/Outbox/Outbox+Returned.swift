package import Mail
package import Postgres

extension Outbox {
    /// A mail of ours that came back, and whose business it is.
    package struct Returned: Sendable {
        package var id: Int64
        package var effectKey: [UInt8]
        package var kind: String
        package var recipients: [String]
        package var subject: String
        /// The letter that it answers.
        package var cause: Letter
        /// Who of our own people sent that, as the door proved.
        package var causedBy: String?
        /// Owner of the lead.
        package var owner: String?
        package var cvr: String?
        package var leadID: Int64?
    }

    /// The mails with those ids, by id; those that answer no letter are left out.
    package static func returned(_ ids: [Int64], in transaction: Transaction) async throws -> [Int64: Returned] {
        guard !ids.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            SELECT o.id, o.effect_key, o.kind, array_to_string(o.recipients, E'\\n'), o.subject, m.letter::text,
                CASE WHEN \(SenderFindings.isProved) THEN m.from_address END, l.owner, o.cvr::text, o.lead_id
            FROM brevdue.outbox o
            JOIN brevdue.message m ON m.id = o.cause_message_id AND m.letter IS NOT NULL
            LEFT JOIN brevdue.arrival a ON a.id = m.id AND a.received_at = m.received_at
            LEFT JOIN brevdue.lead l ON l.id = o.lead_id
            WHERE o.id = ANY(\(ids))
            """)
        var mails: [Int64: Returned] = [:]
        for row in rows {
            let (id, key, kind, recipients, subject, letter, causedBy, owner, cvr, lead) = try row.decode(
                Int64.self, [UInt8].self, String.self, String.self, String.self, String.self, String?.self,
                String?.self,
                String?.self, Int64?.self)
            mails[id] = Returned(
                id: id, effectKey: key, kind: kind, recipients: recipients.split(separator: "\n").map(String.init),
                subject: subject, cause: try JSONText.decode(Letter.self, from: letter), causedBy: causedBy,
                owner: owner,
                cvr: cvr, leadID: lead)
        }
        return mails
    }
}
