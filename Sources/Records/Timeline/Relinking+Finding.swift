import Mail
package import Postgres
import Understanding

extension Relinking {
    /// The messages as they are filed, in the order of their ids, locked; twins of others and what could not be read are
    /// left out.
    ///
    /// Locked by statements before: one that waits for a lock goes on with what it saw before, and would miss a correction
    /// made meanwhile. Leads come first, as where they are answered, so that neither waits for the other.
    package static func load(_ ids: [Int64], in transaction: Transaction) async throws -> [Filed] {
        _ = try await transaction.query(
            """
            SELECT FROM brevdue.lead WHERE id IN (SELECT lead_id FROM brevdue.message WHERE id = ANY(\(ids)))
            ORDER BY id FOR UPDATE
            """)
        _ = try await transaction.query(
            "SELECT FROM brevdue.message WHERE id = ANY(\(ids)) ORDER BY id FOR NO KEY UPDATE")
        let rows = try await transaction.query(
            """
            SELECT m.id, m.subject, m.letter::text, k.decision::text, m.author_role, m.lead_id,
                (SELECT count(*) FROM brevdue.link WHERE message_id = m.id AND made_by <> \(reader))
            FROM brevdue.message m JOIN brevdue.link k ON k.message_id = m.id AND k.superseded_by IS NULL
            WHERE m.id = ANY(\(ids)) AND m.duplicate_of IS NULL AND m.letter IS NOT NULL ORDER BY m.id
            """)
        return try rows.map { row in
            let (id, subject, letter, decision, role, lead, corrections) = try row.decode(
                Int64.self, String.self, String.self, String.self, String.self, Int64?.self, Int64.self)
            return Filed(
                id: id, subject: subject, letter: try JSONText.decode(Letter.self, from: letter),
                link: try JSONText.decode(LinkDecision.self, from: decision),
                role: Filing.Role(rawValue: role) ?? .system, lead: lead, corrections: Int(corrections))
        }
    }

    /// Messages without a company whose writer's address now stands for exactly one, with that company.
    package static func unlinked(
        by introductions: [Introduction], in transaction: Transaction
    ) async throws -> [(id: Int64, cvr: String)] {
        let addresses = Set(introductions.compactMap(\.address)).sorted()
        guard !addresses.isEmpty else { return [] }
        // Messages have their writer as written.
        let spellings = addresses.flatMap { address in
            Mailbox(address: address).spellings.sorted().map { (address: address, spelling: $0) }
        }
        let rows = try await transaction.query(
            """
            SELECT m.id, p.cvr FROM (
                SELECT c.address, min(cc.cvr::text) AS cvr FROM brevdue.contact c
                JOIN brevdue.contact_company cc ON cc.contact_id = c.id
                WHERE c.address = ANY(\(addresses)) GROUP BY c.address HAVING count(*) = 1
            ) p
            JOIN unnest(\(spellings.map(\.address)), \(spellings.map(\.spelling))) AS s (address, spelling) USING (address)
            CROSS JOIN LATERAL (
                SELECT id FROM brevdue.message
                WHERE lower(author_address) = s.spelling AND cvr IS NULL AND cvr_status = 'none'
                    AND author_role = 'lead' AND duplicate_of IS NULL
                ORDER BY id DESC LIMIT \(Int64(adoptionLimit))
            ) m
            ORDER BY m.id
            """)
        return try rows.map { try $0.decode(Int64.self, String.self) }
    }

    /// Parts without a company of the chats that these messages are of, with the company that those have.
    package static func unlinkedParts(
        of messages: [Int64], in transaction: Transaction
    ) async throws -> [(id: Int64, cvr: String)] {
        guard !messages.isEmpty else { return [] }
        let rows = try await transaction.query(
            """
            SELECT o.id, min(m.cvr::text) FROM brevdue.message m JOIN brevdue.message o ON o.message_key = m.message_key
            WHERE m.id = ANY(\(messages)) AND m.kind = 'chat' AND m.cvr IS NOT NULL
                AND o.kind = 'chat' AND o.cvr IS NULL AND o.cvr_status = 'none' AND \(Twins.isFirst("o"))
            GROUP BY o.id HAVING count(DISTINCT m.cvr) = 1
            ORDER BY o.id DESC LIMIT \(Int64(adoptionLimit))
            """)
        return try rows.map { try $0.decode(Int64.self, String.self) }
    }

    /// Customers' messages without a company on a lead without one: they stand there by the thread of its first message.
    package static func unlinked(on lead: Int64, in transaction: Transaction) async throws -> [Int64] {
        let rows = try await transaction.query(
            """
            SELECT m.id FROM brevdue.message m JOIN brevdue.lead l ON l.id = m.lead_id
            WHERE l.id = \(lead) AND l.cvr IS NULL AND m.cvr IS NULL AND m.cvr_status = 'none'
                AND m.author_role IN ('lead', 'lead_colleague') AND \(Twins.isFirst("m")) AND m.letter IS NOT NULL
            ORDER BY m.id LIMIT \(Int64(dependentLimit))
            """)
        return try rows.map { try $0.decode(Int64.self) }
    }

    /// Messages of its lead that stand there only because this one does: by its thread, or by what it taught of an address.
    ///
    /// What rests on another message of the company is none of them.
    package static func dependents(of message: Filed, in transaction: Transaction) async throws -> Dependents {
        let rows = try await transaction.query(
            """
            SELECT o.id, o.author_role, o.message_key = m.message_key, k.decision -> 'evidence' ->> 'text',
                CASE k.decision ->> 'ground'
                WHEN 'known_address' THEN array(
                    SELECT c.address FROM brevdue.contact c JOIN brevdue.contact_company t ON t.contact_id = c.id
                    WHERE t.message_id = m.id AND t.cvr = m.cvr)
                WHEN 'known_domain' THEN array(
                    SELECT '@' || domain FROM brevdue.company_domain WHERE message_id = m.id AND cvr = m.cvr)
                ELSE '{}' END, o.letter::text, o.message_id, m.message_id,
                array(SELECT message_id FROM brevdue.outbox WHERE cause_message_id = o.id),
                array(SELECT message_id FROM brevdue.outbox WHERE cause_message_id = m.id)
            FROM brevdue.message m CROSS JOIN LATERAL (
                SELECT * FROM brevdue.message WHERE lead_id = m.lead_id
                UNION ALL
                SELECT * FROM brevdue.message WHERE cvr = m.cvr AND lead_id IS NULL AND author_role IN ('own', 'system')
            ) o JOIN brevdue.link k ON k.message_id = o.id AND k.superseded_by IS NULL
            WHERE m.id = \(message.id) AND o.id <> m.id AND k.made_by = \(reader) AND o.letter IS NOT NULL
                AND k.decision ->> 'ground' IN ('thread', 'known_address', 'known_domain')
                AND (o.author_role = 'lead' AND o.cvr = m.cvr AND \(Twins.isFirst("o"))
                    OR o.author_role IN ('own', 'system') AND (o.cvr = m.cvr OR o.cvr IS NULL))
            ORDER BY o.id LIMIT \(Int64(dependentLimit))
            """)
        var dependents = Dependents()
        var thread: Set<String> = []
        for row in rows {
            let (id, role, isSameMail, sender, taught, letter, messageID, first, answers, firstAnswers) =
                try row.decode(
                    Int64.self, String.self, Bool?.self, String?.self, [String].self, String.self, String?.self,
                    String?.self, [String].self, [String].self)
            if thread.isEmpty { thread = Set(firstAnswers + [first].compactMap { $0 }) }
            let answered = try JSONText.decode(Letter.self, from: letter).answered
            guard
                isSameMail == true || sender.map({ rests(on: taught, $0) }) ?? false
                    || !thread.isDisjoint(with: answered)
            else { continue }
            thread.formUnion(answers + [messageID].compactMap { $0 })
            if role == Filing.Role.lead.rawValue { dependents.customers.append(id) } else { dependents.ours.append(id) }
        }
        return dependents
    }

    /// Whether a sender is known by an address that was taught, or by its domain alone, which begins with the `@`.
    private static func rests(on taught: [String], _ sender: String) -> Bool {
        let sender = Mailbox(address: sender)
        return taught.map { Mailbox(address: $0) }.contains {
            $0.localPart.isEmpty ? $0.domainName == sender.domainName : $0.comparable == sender.comparable
        }
    }

    /// Messages that go where another one goes.
    package struct Dependents: Sendable {
        package var customers: [Int64] = []
        /// What we wrote in its thread or to its writer, machines included.
        package var ours: [Int64] = []
    }

    /// The newest message of a customer on a lead that is open, whose company is known.
    package static func newest(on lead: Int64, in transaction: Transaction) async throws -> Int64? {
        let rows = try await transaction.query(
            """
            SELECT m.id FROM brevdue.message m JOIN brevdue.lead l ON l.id = m.lead_id AND l.cvr = m.cvr
            WHERE l.id = \(lead) AND l.status IN ('open', 'quoted') AND m.author_role IN ('lead', 'lead_colleague')
                AND \(Twins.isFirst("m")) AND m.letter IS NOT NULL
            ORDER BY m.occurred_at DESC, m.id DESC LIMIT 1
            """)
        return try rows.first?.decode(Int64.self)
    }

    private static let dependentLimit = 100
    private static let adoptionLimit = 20
}
