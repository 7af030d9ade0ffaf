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
    /// Address of the salesperson who owns the lead.
    package var owner: String?
    package var companyName: String?
    package var town: String?
    /// What came of the attachments, without their texts.
    package var attachments: [ReadAttachment]
    /// What was said in the other messages of the lead.
    package var earlier: [Statement]
    /// Earlier events of the company, newest first.
    package var history: [Dossier.HistoryEntry]
    /// Quotes of the company that wait for an answer, newest first.
    package var openQuotes: [Dossier.OpenQuote]
    /// Our own people who sent on mail of the company before.
    package var colleagues: [String]
    /// Number of the lead's quote, if it has one, and its newest version.
    package var quoteNumber: String?
    package var quoteVersion: Int32
    /// The sums of the newest quote that was made for the message on this lead.
    package var told: Sums?
    /// Summaries of the lead that were made within a day.
    package var recentSummaries: Int

    /// What a quote comes to, in øre.
    package struct Sums: Hashable, Sendable {
        package var subtotal: Int64
        package var total: Int64
        package var firstYear: Int64

        package init(subtotal: Int64, total: Int64, firstYear: Int64) {
            self.subtotal = subtotal
            self.total = total
            self.firstYear = firstYear
        }
    }

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
            SELECT m.id, m.received_at, m.letter::text, k.decision::text, l.id, l.reference, l.owner,
                coalesce(c.name, l.company_name), c.town, q.number, coalesce(q.version, 0),
                (SELECT count(*) FROM brevdue.outbox o WHERE o.lead_id = l.id AND o.kind = 'sales_summary'
                    AND o.created_at > now() - interval '1 day'),
                t.subtotal_ore, t.total_ore, t.first_year_ore
            FROM brevdue.message m
            JOIN brevdue.lead l ON l.id = m.lead_id
            JOIN brevdue.link k ON k.message_id = m.id AND k.superseded_by IS NULL
            LEFT JOIN brevdue.company c ON c.cvr = l.cvr
            LEFT JOIN LATERAL (SELECT number, version FROM brevdue.quote WHERE lead_id = l.id
                ORDER BY version DESC LIMIT 1) q ON true
            LEFT JOIN LATERAL (SELECT subtotal_ore, total_ore, first_year_ore FROM brevdue.quote
                WHERE lead_id = l.id AND message_id = m.id ORDER BY version DESC LIMIT 1) t ON true
            WHERE m.id = ANY(\(ids)) ORDER BY m.id
            """,
            FactRecords.ofMessages(ids), FactRecords.aroundMessages(ids), Background.history(ids),
            Background.openQuotes(ids), Background.colleagues(ids), AttachmentTexts.states(ids),
        ])
        let facts = try FactRecords.byMessage(results[1])
        let earlier = try FactRecords.statements(results[2])
        let background = try Background(history: results[3], openQuotes: results[4], colleagues: results[5])
        let attachments = try AttachmentTexts.byMessage(results[6])
        return try results[0].map { row in
            let (
                id, receivedAt, letter, decision, leadID, reference, owner, name, town, number, version, summaries,
                subtotal, total, firstYear
            ) = try row.decode(
                Int64.self, Date.self, String.self, String.self, Int64.self, String.self, String?.self, String?.self,
                String?.self, String?.self, Int32.self, Int64.self, Int64?.self, Int64?.self, Int64?.self)
            return OpenLead(
                messageID: id, receivedAt: receivedAt, letter: try JSONText.decode(Letter.self, from: letter),
                link: try JSONText.decode(LinkDecision.self, from: decision), facts: facts[id] ?? [], leadID: leadID,
                reference: reference, owner: owner, companyName: name, town: town, attachments: attachments[id] ?? [],
                earlier: earlier[id] ?? [],
                history: background.history[id] ?? [], openQuotes: background.openQuotes[id] ?? [],
                colleagues: background.colleagues[id] ?? [], quoteNumber: number, quoteVersion: version,
                told: subtotal.map { Sums(subtotal: $0, total: total ?? 0, firstYear: firstYear ?? 0) },
                recentSummaries: Int(summaries))
        }
    }
}
