import CVR
import FoundationEssentials
import Postgres
import Understanding

/// Facts as rows, of single messages and of all that was said on a lead.
enum FactRecords {
    /// Messages of one lead that are looked at, the newest first; older ones have been overtaken.
    private static let messageLimit = 50

    private static let columns: SQL = "f.name, f.value::text, f.least, f.parts::text, f.unit, f.evidence::text"

    /// Stores the facts of messages.
    static func insert(_ filings: [Filing]) throws -> SQL {
        let rows = filings.flatMap { filing in
            filing.facts.enumerated().map { (filing.id, Int32($0), filing.link.number?.description, $1) }
        }
        return """
            INSERT INTO brevdue.fact (message_id, position, cvr, name, value, least, parts, unit, evidence)
            SELECT message_id, position, cvr, name, value::json, least, parts::json, unit, evidence::json
            FROM unnest(\(rows.map(\.0)), \(rows.map(\.1)), \(rows.map(\.2)), \(rows.map(\.3.name)),
                \(try rows.map { try JSONText.encode($0.3.value) }), \(rows.map { $0.3.least.map(Int64.init) }),
                \(try rows.map { $0.3.parts.isEmpty ? nil : try JSONText.encode($0.3.parts) }),
                \(rows.map(\.3.unit)), \(try rows.map { try JSONText.encode($0.3.evidence) }))
                AS f (message_id, position, cvr, name, value, least, parts, unit, evidence)
            """
    }

    /// Adds facts to those of a message.
    static func add(_ facts: [Fact], to message: Int64) throws -> SQL {
        """
        INSERT INTO brevdue.fact (message_id, position, cvr, name, value, least, parts, unit, evidence)
        SELECT \(message), (SELECT coalesce(max(position) + 1, 0) FROM brevdue.fact WHERE message_id = \(message)) + place,
            (SELECT cvr FROM brevdue.message WHERE id = \(message)), name, value::json, least, parts::json, unit,
            evidence::json
        FROM unnest(\(facts.indices.map { Int32($0) }), \(facts.map(\.name)),
            \(try facts.map { try JSONText.encode($0.value) }), \(facts.map { $0.least.map(Int64.init) }),
            \(try facts.map { $0.parts.isEmpty ? nil : try JSONText.encode($0.parts) }), \(facts.map(\.unit)),
            \(try facts.map { try JSONText.encode($0.evidence) }))
            AS f (place, name, value, least, parts, unit, evidence)
        """
    }

    /// When a mail was sent on: not before it was written, whatever its own date says, nor after it came in.
    private static let sentOn: SQL = "greatest(e.occurred_at, least(e.sent_at, e.received_at))"

    static func ofMessages(_ ids: [Int64]) -> SQL {
        "SELECT f.message_id, " + columns + """
             FROM brevdue.fact f
            WHERE f.message_id = ANY(\(ids)) AND f.superseded_by IS NULL ORDER BY f.message_id, f.position
            """
    }

    /// What the other messages of the messages' leads say; one that names another company there says nothing of this one.
    static func aroundMessages(_ ids: [Int64]) -> SQL {
        "SELECT m.id, e.id, e.door, e.occurred_at, " + sentOn
            + ", e.author_name, e.author_address, e.from_name, e.from_address, " + columns + """
                 FROM brevdue.message m
                CROSS JOIN LATERAL (
                    SELECT * FROM brevdue.message e
                    WHERE e.lead_id = m.lead_id AND e.id <> m.id AND \(Twins.isFirst("e"))
                        AND e.cvr IS NOT DISTINCT FROM m.cvr
                    ORDER BY e.occurred_at DESC, e.id DESC LIMIT \(Int64(messageLimit))
                ) e
                JOIN brevdue.fact f ON f.message_id = e.id AND f.superseded_by IS NULL
                WHERE m.id = ANY(\(ids)) ORDER BY m.id, e.id, f.position
                """
    }

    static func byMessage(_ rows: [Row]) throws -> [Int64: [Fact]] {
        var facts: [Int64: [Fact]] = [:]
        for row in rows {
            let (id, name, value, least, parts, unit, evidence) = try row.decode(
                Int64.self, String.self, String.self, Int64?.self, String?.self, String?.self, String.self)
            facts[id, default: []].append(try fact(name, value, least, parts, unit, evidence))
        }
        return facts
    }

    /// The statements around each message: of every other message what its writer said, and what our people noted above.
    static func statements(_ rows: [Row]) throws -> [Int64: [Statement]] {
        var statements: [Int64: [Statement]] = [:]
        for row in rows {
            let (
                id, other, door, occurredAt, sentOn, authorName, authorAddress, fromName, fromAddress, name, value,
                least, parts, unit, evidence
            ) = try row.decode(
                Int64.self, Int64.self, String.self, Date.self, Date.self, String?.self, String?.self, String?.self,
                String?.self, String.self, String.self, Int64?.self, String?.self, String?.self, String.self)
            let fact = try fact(name, value, least, parts, unit, evidence)
            let isNote = fact.evidence.section == .note
            let address = isNote ? fromAddress : authorAddress
            let source = Statement.Source(
                messageID: other, channel: door == "chat" ? .chat : .mail,
                saidAt: isNote ? sentOn : occurredAt,
                author: (isNote ? fromName : authorName) ?? address, address: address?.lowercased(),
                isInstruction: isNote)
            if let index = statements[id]?.firstIndex(where: { $0.source == source }) {
                statements[id]?[index].facts.append(fact)
            } else {
                statements[id, default: []].append(Statement(source: source, facts: [fact]))
            }
        }
        return statements
    }

    private static func fact(
        _ name: String, _ value: String, _ least: Int64?, _ parts: String?, _ unit: String?, _ evidence: String
    ) throws -> Fact {
        Fact(
            name: name, value: try JSONText.decode(FactValue.self, from: value), least: least.map(Int.init),
            parts: try parts.map { try JSONText.decode([Int].self, from: $0) } ?? [], unit: unit,
            evidence: try JSONText.decode(Evidence.self, from: evidence))
    }
}
