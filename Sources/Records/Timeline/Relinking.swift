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
            try note(order.link, of: order.message, madeBy: order.madeBy) + move(place, to: lead, of: number)
                + leave(place, order, for: lead)
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

    /// Puts a decision in the place of the one before; the message stays where it is filed.
    package static func note(_ link: LinkDecision, of message: Int64, madeBy: String) throws -> [SQL] {
        [
            """
            WITH made AS (
                INSERT INTO brevdue.link (message_id, cvr, status, decision, made_by)
                VALUES (\(message), \(link.number?.description), \(link.status.rawValue),
                    \(try JSONText.encode(link))::json, \(madeBy))
                RETURNING id
            )
            UPDATE brevdue.link SET superseded_by = made.id FROM made
            WHERE message_id = \(message) AND superseded_by IS NULL AND link.id <> made.id
            """,
            """
            UPDATE brevdue.message SET cvr_status = \(link.status.rawValue),
                cvr_evidence = \(try link.evidence.map(JSONText.encode))::json
            WHERE id = \(message)
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
                WHERE lead_id = \(old) AND author_role IN ('lead', 'lead_colleague') AND \(Twins.isFirst("message"))
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
