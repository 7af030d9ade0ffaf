import FoundationEssentials
import Postgres
import Rules
import Understanding

/// What a summary tells of a company besides the mail itself, by message.
struct Background {
    /// Events that the summary shows at most.
    private static let historyLength = 3
    private static let quoteLimit = 5
    private static let colleagueLimit = 5

    private(set) var history: [Int64: [Dossier.HistoryEntry]] = [:]
    private(set) var openQuotes: [Int64: [Dossier.OpenQuote]] = [:]
    private(set) var colleagues: [Int64: [String]] = [:]

    init(history: [Row], openQuotes: [Row], colleagues: [Row]) throws {
        for row in history {
            let (id, type, at, author, subject) = try row.decode(
                Int64.self, String.self, Date.self, String?.self, String.self)
            self.history[id, default: []].append(
                Dossier.HistoryEntry(occurredAt: at, type: type, author: author, subject: subject))
        }
        for row in openQuotes {
            let (id, number, version, state, subtotal, day) = try row.decode(
                Int64.self, String.self, Int32.self, String.self, Int64.self, String.self)
            guard let validUntil = CalendarDay(iso: day) else { continue }
            self.openQuotes[id, default: []].append(
                Dossier.OpenQuote(
                    number: number, version: Int(version), state: state, subtotalOre: Int(subtotal),
                    validUntil: validUntil))
        }
        for row in colleagues {
            let (id, name) = try row.decode(Int64.self, String.self)
            self.colleagues[id, default: []].append(name)
        }
    }

    /// The newest events before the messages.
    static func history(_ ids: [Int64]) -> SQL {
        """
        SELECT m.id, h.type, h.occurred_at, h.author, h.subject FROM brevdue.message m
        CROSS JOIN LATERAL (
            SELECT CASE door WHEN 'chat' THEN 'chat' ELSE 'email' END AS type, occurred_at,
                coalesce(author_name, author_address) AS author, subject
            FROM brevdue.message e
            WHERE e.cvr = m.cvr AND e.id <> m.id AND \(Twins.isFirst("e")) AND e.occurred_at <= m.occurred_at
            ORDER BY e.occurred_at DESC, e.id DESC LIMIT \(Int64(historyLength))
        ) h
        WHERE m.id = ANY(\(ids)) AND m.cvr IS NOT NULL ORDER BY m.id, h.occurred_at DESC
        """
    }

    /// Quotes that the company can still answer, and drafts of its other leads.
    static func openQuotes(_ ids: [Int64]) -> SQL {
        """
        SELECT m.id, q.number, q.version, q.state, q.subtotal_ore, q.valid_until::text FROM brevdue.message m
        CROSS JOIN LATERAL (
            SELECT q.* FROM brevdue.quote q JOIN brevdue.lead l ON l.id = q.lead_id
            WHERE l.cvr = m.cvr AND (q.state IN ('approval', 'released', 'sent', 'viewed')
                OR q.state = 'draft' AND q.lead_id <> m.lead_id)
            ORDER BY q.id DESC LIMIT \(Int64(quoteLimit))
        ) q
        WHERE m.id = ANY(\(ids)) AND m.cvr IS NOT NULL ORDER BY m.id, q.id DESC
        """
    }

    /// Our own people who sent on mail of the company before, or wrote to it; not the one who did so now.
    static func colleagues(_ ids: [Int64]) -> SQL {
        """
        SELECT m.id, p.name FROM brevdue.message m
        CROSS JOIN LATERAL (
            SELECT coalesce(max(e.from_name), e.from_address) AS name FROM (
                SELECT from_name, lower(from_address) AS from_address, author_role, kind FROM brevdue.message e
                WHERE e.cvr = m.cvr AND e.id <> m.id AND \(Twins.isFirst("e"))
                ORDER BY e.occurred_at DESC LIMIT 100
            ) e
            WHERE (e.author_role = 'own' OR e.kind LIKE '%forward%')
                AND e.from_address IS DISTINCT FROM lower(m.from_address)
            GROUP BY e.from_address LIMIT \(Int64(colleagueLimit))
        ) p
        WHERE m.id = ANY(\(ids)) AND m.cvr IS NOT NULL AND p.name IS NOT NULL ORDER BY m.id, p.name
        """
    }
}
