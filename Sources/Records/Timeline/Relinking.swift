import CVR
package import Mail
package import Postgres
package import Understanding

/// Moves messages to the company that they turn out to belong to.
///
/// A decision is never changed but superseded by the next one; a quote stays where it was made and is withdrawn there.
package enum Relinking {
    /// A message as it is filed now.
    package struct Filed: Sendable {
        package var id: Int64
        /// Its subject, or a chat's headline.
        package var subject: String
        package var letter: Letter
        package var link: LinkDecision
        package var role: Filing.Role
        package var lead: Int64?
        /// Persons' corrections of it so far.
        package var corrections: Int
    }

    /// What a message becomes.
    package struct Order: Sendable {
        package var message: Int64
        /// Linked.
        package var link: LinkDecision
        /// Address of the person who said so; `reader` where the daemon found it.
        package var madeBy: String
        package var opening: LeadOpening
        package var introduction: Introduction
        /// What we wrote that goes with it.
        package var answers: [Int64]

        package init(
            message: Int64, link: LinkDecision, madeBy: String, opening: LeadOpening, introduction: Introduction,
            answers: [Int64] = []
        ) {
            self.message = message
            self.answers = answers
            self.link = link
            self.madeBy = madeBy
            self.opening = opening
            self.introduction = introduction
        }
    }

    /// Who made a decision that no person made.
    package static let reader = "reader"

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
        let rows = try await transaction.query(
            """
            SELECT m.id, p.cvr FROM (
                SELECT c.address, min(cc.cvr::text) AS cvr FROM brevdue.contact c
                JOIN brevdue.contact_company cc ON cc.contact_id = c.id
                WHERE c.address = ANY(\(addresses)) GROUP BY c.address HAVING count(*) = 1
            ) p
            CROSS JOIN LATERAL (
                SELECT id FROM brevdue.message
                WHERE lower(author_address) = p.address AND cvr IS NULL AND cvr_status = 'none'
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
                AND o.kind = 'chat' AND o.cvr IS NULL AND o.cvr_status = 'none' AND o.duplicate_of IS NULL
            GROUP BY o.id HAVING count(DISTINCT m.cvr) = 1
            ORDER BY o.id DESC LIMIT \(Int64(adoptionLimit))
            """)
        return try rows.map { try $0.decode(Int64.self, String.self) }
    }

    /// Messages of its lead that stand there only because this one does: by its thread, or by what it taught of an address.
    ///
    /// What rests on another message of the company is none of them.
    package static func dependents(of message: Filed, in transaction: Transaction) async throws -> Dependents {
        let rows = try await transaction.query(
            """
            SELECT o.id, o.author_role, o.message_key = m.message_key OR EXISTS (
                    SELECT FROM brevdue.contact c JOIN brevdue.contact_company t ON t.contact_id = c.id
                    WHERE k.decision ->> 'ground' = 'known_address' AND t.message_id = m.id AND t.cvr = m.cvr
                        AND c.address = lower(k.decision -> 'evidence' ->> 'text')
                ) OR EXISTS (
                    SELECT FROM brevdue.company_domain d
                    WHERE k.decision ->> 'ground' = 'known_domain' AND d.message_id = m.id AND d.cvr = m.cvr
                        AND d.domain = split_part(lower(k.decision -> 'evidence' ->> 'text'), '@', 2)
                ), o.letter::text, o.message_id, m.message_id,
                array(SELECT message_id FROM brevdue.outbox WHERE cause_message_id = o.id),
                array(SELECT message_id FROM brevdue.outbox WHERE cause_message_id = m.id)
            FROM brevdue.message m CROSS JOIN LATERAL (
                SELECT * FROM brevdue.message WHERE lead_id = m.lead_id
                UNION ALL
                SELECT * FROM brevdue.message WHERE cvr = m.cvr AND lead_id IS NULL AND author_role IN ('own', 'system')
            ) o JOIN brevdue.link k ON k.message_id = o.id AND k.superseded_by IS NULL
            WHERE m.id = \(message.id) AND o.id <> m.id AND k.made_by = \(reader) AND o.letter IS NOT NULL
                AND k.decision ->> 'ground' IN ('thread', 'known_address', 'known_domain')
                AND (o.author_role = 'lead' AND o.cvr = m.cvr AND o.duplicate_of IS NULL
                    OR o.author_role IN ('own', 'system') AND (o.cvr = m.cvr OR o.cvr IS NULL))
            ORDER BY o.id LIMIT \(Int64(dependentLimit))
            """)
        var dependents = Dependents()
        var thread: Set<String> = []
        for row in rows {
            let (id, role, isTaught, letter, messageID, first, answers, firstAnswers) = try row.decode(
                Int64.self, String.self, Bool?.self, String.self, String?.self, String?.self, [String].self,
                [String].self)
            if thread.isEmpty { thread = Set(firstAnswers + [first].compactMap { $0 }) }
            let answered = try JSONText.decode(Letter.self, from: letter).answered
            guard isTaught == true || !thread.isDisjoint(with: answered) else { continue }
            thread.formUnion(answers + [messageID].compactMap { $0 })
            if role == Filing.Role.lead.rawValue { dependents.customers.append(id) } else { dependents.ours.append(id) }
        }
        return dependents
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
                AND m.duplicate_of IS NULL AND m.letter IS NOT NULL
            ORDER BY m.occurred_at DESC, m.id DESC LIMIT 1
            """)
        return try rows.first?.decode(Int64.self)
    }

    private static let dependentLimit = 100
    private static let adoptionLimit = 20

    /// Files a message, its twins and what was answered to it under the order's company.
    ///
    /// Where nothing of a customer is left on the lead it stood on, that lead takes the company when it had none, and is
    /// closed when it had another.
    package static func apply(_ order: Order, in transaction: Transaction) async throws {
        guard let number = order.link.number?.description else { return }
        _ = try await transaction.query(Companies.add([order.introduction]))
        var place = try await place(of: order.message, in: transaction)
        place.messages += order.answers.filter { !place.messages.contains($0) }
        let lead: Int64
        if let old = place.lead, place.isAlone, place.cvr == nil,
            try await take(old, number, order.opening, in: transaction)
        {
            lead = old
        } else {
            guard let found = try await Leads.open([order.opening], in: transaction).first else { return }
            lead = found
        }
        _ = try await transaction.pipeline(
            try link(order) + move(place, to: lead, of: number) + leave(place, order, for: lead)
                + forget(place) + Companies.learn([order.introduction]))
    }

    // MARK: Steps

    /// Where a message stands, and what would move with it.
    private struct Place {
        var messages: [Int64]
        var lead: Int64?
        var cvr: String?
        /// Whether no other message of a customer stands on the lead.
        var isAlone: Bool
    }

    private static func place(of message: Int64, in transaction: Transaction) async throws -> Place {
        let rows = try await transaction.query(
            """
            SELECT m.lead_id, m.cvr::text, NOT EXISTS (
                    SELECT FROM brevdue.message o WHERE o.lead_id = m.lead_id AND o.id <> m.id
                    AND o.author_role IN ('lead', 'lead_colleague') AND o.duplicate_of IS DISTINCT FROM m.id
                ), array(
                    SELECT id FROM brevdue.message t WHERE t.duplicate_of = m.id ORDER BY id
                ), array(
                    SELECT id FROM brevdue.message a WHERE a.lead_id = m.lead_id AND a.author_role IN ('own', 'system')
                    ORDER BY id
                )
            FROM brevdue.message m WHERE m.id = \(message)
            """)
        guard let row = rows.first else {
            return Place(messages: [message], lead: nil, cvr: nil, isAlone: false)
        }
        let (lead, cvr, isAlone, twins, answers) = try row.decode(
            Int64?.self, String?.self, Bool.self, [Int64].self, [Int64].self)
        return Place(
            messages: [message] + twins + (isAlone && lead != nil ? answers.filter { !twins.contains($0) } : []),
            lead: lead, cvr: cvr, isAlone: isAlone)
    }

    /// Gives a lead without a company its company, unless that has an open lead.
    private static func take(
        _ lead: Int64, _ number: String, _ opening: LeadOpening, in transaction: Transaction
    ) async throws -> Bool {
        let rows = try await transaction.query(
            """
            UPDATE brevdue.lead SET cvr = \(number), company_name = coalesce(\(opening.companyName), company_name),
                updated_at = now(), version = version + 1
            WHERE id = \(lead) AND cvr IS NULL AND NOT EXISTS (
                SELECT FROM brevdue.lead WHERE cvr = \(number) AND status IN ('open', 'quoted'))
            RETURNING id
            """)
        return !rows.isEmpty
    }

    private static func link(_ order: Order) throws -> [SQL] {
        [
            """
            WITH made AS (
                INSERT INTO brevdue.link (message_id, cvr, status, decision, made_by)
                VALUES (\(order.message), \(order.link.number?.description), \(order.link.status.rawValue),
                    \(try JSONText.encode(order.link))::json, \(order.madeBy))
                RETURNING id
            )
            UPDATE brevdue.link SET superseded_by = made.id FROM made
            WHERE message_id = \(order.message) AND superseded_by IS NULL AND link.id <> made.id
            """,
            """
            UPDATE brevdue.message SET cvr_status = \(order.link.status.rawValue),
                cvr_evidence = \(try order.link.evidence.map(JSONText.encode))::json
            WHERE id = \(order.message)
            """,
        ]
    }

    private static func move(_ place: Place, to lead: Int64, of number: String) -> [SQL] {
        let ids = place.messages
        return [
            "UPDATE brevdue.message SET cvr = \(number), lead_id = \(lead) WHERE id = ANY(\(ids))",
            "UPDATE brevdue.fact SET cvr = \(number) WHERE message_id = ANY(\(ids))",
            "UPDATE brevdue.outbox SET cvr = \(number), lead_id = \(lead) WHERE cause_message_id = ANY(\(ids))",
            """
            UPDATE brevdue.recommendation SET superseded_at = now()
            WHERE lead_id = \(place.lead) AND (lead_id <> \(lead) OR message_id = ANY(\(ids))) AND superseded_at IS NULL
            """,
            """
            UPDATE brevdue.quote SET state = 'withdrawn'
            WHERE lead_id = \(place.lead) AND lead_id <> \(lead) AND message_id = ANY(\(ids))
                AND state IN ('draft', 'approval')
            """,
        ]
    }

    /// Takes off the old lead and its company what only the message said of them.
    private static func leave(_ place: Place, _ order: Order, for lead: Int64) -> [SQL] {
        guard let old = place.lead, old != lead else { return [] }
        let opening = order.opening
        return [
            """
            UPDATE brevdue.lead SET status = 'closed', next_step = NULL, contact_name = NULL, contact_address = NULL,
                company_name = NULL, subject = '', updated_at = now(), version = version + 1
            WHERE id = \(old) AND \(place.isAlone) AND status = 'open'
            """,
            """
            UPDATE brevdue.lead l SET next_step = NULL, contact_name = r.author_name, contact_address = r.author_address,
                subject = CASE WHEN l.subject = \(opening.subject) THEN r.subject ELSE l.subject END,
                company_name = nullif(l.company_name, \(opening.companyName)), updated_at = now(), version = l.version + 1
            FROM (
                SELECT author_name, author_address, subject FROM brevdue.message
                WHERE lead_id = \(old) AND author_role IN ('lead', 'lead_colleague') AND duplicate_of IS NULL
                ORDER BY occurred_at DESC, id DESC LIMIT 1
            ) r WHERE l.id = \(old) AND NOT \(place.isAlone)
            """,
            """
            UPDATE brevdue.company SET name = nullif(name, \(order.introduction.companyName)),
                town = nullif(town, \(order.introduction.town)), updated_at = now(), version = version + 1
            WHERE cvr = \(place.cvr) AND (name = \(order.introduction.companyName) OR town = \(order.introduction.town))
            """,
        ]
    }

    /// What the messages taught of the company they do not belong to.
    private static func forget(_ place: Place) -> [SQL] {
        [
            "DELETE FROM brevdue.contact_company WHERE cvr = \(place.cvr) AND message_id = ANY(\(place.messages))",
            "DELETE FROM brevdue.company_domain WHERE cvr = \(place.cvr) AND message_id = ANY(\(place.messages))",
        ]
    }
}
