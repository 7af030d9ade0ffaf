import CVR
package import FoundationEssentials
package import Mail
package import Postgres
package import Understanding

/// A message with its lead, as the answer step takes it up.
package struct OpenLead: Sendable {
    package var messageID: Int64
    package var receivedAt: Date
    package var letter: Letter
    package var link: LinkDecision
    package var facts: [Fact]
    package var leadID: Int64
    package var reference: String
    package var companyName: String?
    package var town: String?
    /// Earlier events of the company, newest first.
    package var history: [Dossier.HistoryEntry]
    /// Number of the lead's quote, if it has one, and its newest version.
    package var quoteNumber: String?
    package var quoteVersion: Int32

    /// Events that the summary shows at most.
    private static let historyLength = 3

    /// Loads the messages in the order of their ids; the leads stay locked to the end of the transaction, so that two
    /// quotes of one lead never take the same version.
    package static func load(_ ids: [Int64], in transaction: Transaction) async throws -> [OpenLead] {
        _ = try await transaction.query(
            """
            SELECT id FROM brevdue.lead WHERE id IN (SELECT lead_id FROM brevdue.message WHERE id = ANY(\(ids)))
            ORDER BY id FOR UPDATE
            """)
        let results = try await transaction.pipeline([
            """
            SELECT m.id, m.received_at, m.letter::text, k.decision::text, l.id, l.reference,
                coalesce(c.name, l.company_name), c.town, q.number, coalesce(q.version, 0)
            FROM brevdue.message m
            JOIN brevdue.lead l ON l.id = m.lead_id
            JOIN brevdue.link k ON k.message_id = m.id AND k.superseded_by IS NULL
            LEFT JOIN brevdue.company c ON c.cvr = l.cvr
            LEFT JOIN LATERAL (SELECT number, version FROM brevdue.quote WHERE lead_id = l.id
                ORDER BY version DESC LIMIT 1) q ON true
            WHERE m.id = ANY(\(ids)) ORDER BY m.id
            """,
            """
            SELECT message_id, name, value::text, unit, evidence::text FROM brevdue.fact
            WHERE message_id = ANY(\(ids)) AND superseded_by IS NULL ORDER BY message_id, position
            """,
            """
            SELECT m.id, h.occurred_at, h.author, h.subject FROM brevdue.message m
            CROSS JOIN LATERAL (
                SELECT occurred_at, coalesce(author_name, author_address) AS author, subject FROM brevdue.message e
                WHERE e.cvr = m.cvr AND e.id <> m.id AND e.duplicate_of IS NULL AND e.occurred_at <= m.occurred_at
                ORDER BY e.occurred_at DESC, e.id DESC LIMIT \(Int64(historyLength))
            ) h
            WHERE m.id = ANY(\(ids)) AND m.cvr IS NOT NULL ORDER BY m.id, h.occurred_at DESC
            """,
        ])
        let facts = try Self.facts(results[1])
        let history = try Self.history(results[2])
        return try results[0].map { row in
            let (id, receivedAt, letter, decision, leadID, reference, name, town, number, version) = try row.decode(
                Int64.self, Date.self, String.self, String.self, Int64.self, String.self, String?.self, String?.self,
                String?.self, Int32.self)
            return OpenLead(
                messageID: id, receivedAt: receivedAt, letter: try JSONText.decode(Letter.self, from: letter),
                link: try JSONText.decode(LinkDecision.self, from: decision), facts: facts[id] ?? [], leadID: leadID,
                reference: reference, companyName: name, town: town, history: history[id] ?? [], quoteNumber: number,
                quoteVersion: version)
        }
    }

    private static func facts(_ rows: [Row]) throws -> [Int64: [Fact]] {
        var facts: [Int64: [Fact]] = [:]
        for row in rows {
            let (id, name, value, unit, evidence) = try row.decode(
                Int64.self, String.self, String.self, String?.self, String.self)
            facts[id, default: []].append(
                Fact(
                    name: name, value: try JSONText.decode(FactValue.self, from: value), unit: unit,
                    evidence: try JSONText.decode(Evidence.self, from: evidence)))
        }
        return facts
    }

    private static func history(_ rows: [Row]) throws -> [Int64: [Dossier.HistoryEntry]] {
        var history: [Int64: [Dossier.HistoryEntry]] = [:]
        for row in rows {
            let (id, at, author, subject) = try row.decode(Int64.self, Date.self, String?.self, String.self)
            history[id, default: []].append(
                Dossier.HistoryEntry(occurredAt: at, type: "email", author: author, subject: subject))
        }
        return history
    }
}
