import FoundationEssentials
package import Postgres
package import Quoting
import Rules
package import Understanding

/// Draft quotes and recommendations of leads.
package enum Quotes {
    /// A draft as the answer step made it.
    package struct Draft: Sendable {
        package var id: Int64
        package var number: String
        package var version: Int32
        package var leadID: Int64
        package var messageID: Int64
        package var cvr: String?
        package var quote: Quote

        package init(
            id: Int64, number: String, version: Int32, leadID: Int64, messageID: Int64, cvr: String?, quote: Quote
        ) {
            self.id = id
            self.number = number
            self.version = version
            self.leadID = leadID
            self.messageID = messageID
            self.cvr = cvr
            self.quote = quote
        }
    }

    /// Advice on one message.
    package struct Advice: Sendable {
        package var leadID: Int64
        package var messageID: Int64
        package var cvr: String?
        package var recommendations: [Recommendation]
        package var ruleSet: String
        /// What the list of leads shows: the first step's action.
        package var nextStep: String?

        package init(
            leadID: Int64, messageID: Int64, cvr: String?, recommendations: [Recommendation], ruleSet: String,
            nextStep: String?
        ) {
            self.leadID = leadID
            self.messageID = messageID
            self.cvr = cvr
            self.recommendations = recommendations
            self.ruleSet = ruleSet
            self.nextStep = nextStep
        }
    }

    /// Ids and numbers for `count` new quotes, such as `2026-0042`; numbers once given are never given again.
    package static func allocate(
        _ count: Int, year: Int, in transaction: Transaction
    ) async throws -> [(id: Int64, number: String)] {
        guard count > 0 else { return [] }
        let rows = try await transaction.query(
            """
            SELECT nextval('brevdue.quote_id'), \(String(year)) || '-' || brevdue.four_digits(nextval('brevdue.quote_number'))
            FROM generate_series(1, \(Int64(count)))
            """)
        return try rows.map { try $0.decode(Int64.self, String.self) }
    }

    /// Statements that store drafts; an earlier draft of the same lead is superseded.
    package static func save(_ drafts: [Draft]) throws -> [SQL] {
        guard !drafts.isEmpty else { return [] }
        let newest = drafts.last(by: \.leadID)
        let replaced = Set(drafts.map(\.id)).subtracting(newest.map(\.id))
        return [
            """
            UPDATE brevdue.quote SET state = 'superseded'
            WHERE lead_id = ANY(\(newest.map(\.leadID))) AND state IN ('draft', 'approval')
            """,
            try quotes(drafts, superseded: replaced),
            try lines(drafts),
        ]
    }

    private static func quotes(_ drafts: [Draft], superseded: Set<Int64>) throws -> SQL {
        """
        INSERT INTO brevdue.quote (id, number, version, lead_id, message_id, cvr, state, subtotal_ore, vat_ore,
            total_ore, first_year_ore, totals, assumptions, questions, valid_until, rule_set)
        SELECT id, number, version, lead_id, message_id, cvr, state, subtotal, vat, total, first_year, totals::json,
            assumptions::json, questions::json, valid_until::date, rule_set
        FROM unnest(\(drafts.map(\.id)), \(drafts.map(\.number)), \(drafts.map(\.version)), \(drafts.map(\.leadID)),
            \(drafts.map(\.messageID)), \(drafts.map(\.cvr)),
            \(drafts.map { superseded.contains($0.id) ? "superseded" : "draft" }),
            \(drafts.map { Int64($0.quote.subtotal.ore) }), \(drafts.map { Int64($0.quote.vat.ore) }),
            \(drafts.map { Int64($0.quote.total.ore) }), \(drafts.map { Int64($0.quote.firstYear.ore) }),
            \(try drafts.map { try JSONText.encode($0.quote.totals) }),
            \(try drafts.map { try JSONText.encode($0.quote.assumptions) }),
            \(try drafts.map { try JSONText.encode($0.quote.questions) }),
            \(drafts.map { $0.quote.validUntil.description }), \(drafts.map(\.quote.ruleSet)))
            AS q (id, number, version, lead_id, message_id, cvr, state, subtotal, vat, total, first_year, totals,
                assumptions, questions, valid_until, rule_set)
        """
    }

    private static func lines(_ drafts: [Draft]) throws -> SQL {
        let lines = drafts.flatMap { draft in draft.quote.lines.map { (draft.id, $0) } }
        return """
            INSERT INTO brevdue.quote_line (quote_id, position, code, description, quantity, unit, unit_price_ore,
                discount_percent, discount_rule, amount_ore, recurring, rule, reason, evidence)
            SELECT quote_id, position, code, description, quantity::numeric / 1000, unit, unit_price, discount,
                discount_rule, amount, recurring, rule, reason, evidence::json
            FROM unnest(\(lines.map(\.0)), \(lines.map { Int32($0.1.position) }), \(lines.map(\.1.code)),
                \(lines.map(\.1.description)), \(lines.map { Int64($0.1.quantity.thousandths) }), \(lines.map(\.1.unit)),
                \(lines.map { Int64($0.1.unitPrice.ore) }), \(lines.map { Int32($0.1.discountPercent) }),
                \(lines.map(\.1.discountRule)),
                \(lines.map { Int64($0.1.amount.ore) }), \(lines.map { $0.1.recurring?.rawValue }),
                \(lines.map(\.1.rule)), \(lines.map(\.1.reason)),
                \(try lines.map { try JSONText.encode($0.1.evidence) }))
                AS l (quote_id, position, code, description, quantity, unit, unit_price, discount, discount_rule, amount,
                    recurring, rule, reason, evidence)
            """
    }

    /// Statements that store the advice in place of what was advised before, and show its first step on the lead.
    package static func save(_ advice: [Advice]) throws -> [SQL] {
        let rows = advice.flatMap { advice in
            advice.recommendations.enumerated().map { (advice, Int32($0), $1) }
        }
        let leads = advice.last(by: \.leadID)
        let current = Set(leads.map(\.messageID))
        return [
            """
            UPDATE brevdue.recommendation SET superseded_at = now()
            WHERE lead_id = ANY(\(leads.map(\.leadID))) AND superseded_at IS NULL
            """,
            """
            INSERT INTO brevdue.recommendation (lead_id, message_id, cvr, position, kind, action, owner, due_on,
                priority, rule, reason, evidence, rule_set, superseded_at)
            SELECT lead_id, message_id, cvr, position, kind, action, owner, due_on::date, priority, rule, reason,
                evidence::json, rule_set, CASE WHEN is_current THEN NULL ELSE now() END
            FROM unnest(\(rows.map(\.0.leadID)), \(rows.map(\.0.messageID)), \(rows.map(\.0.cvr)), \(rows.map(\.1)),
                \(rows.map(\.2.kind.rawValue)), \(rows.map(\.2.action)), \(rows.map(\.2.owner)),
                \(rows.map { $0.2.dueOn?.description }), \(rows.map { Int32($0.2.priority) }), \(rows.map(\.2.rule)),
                \(rows.map(\.2.reason)), \(try rows.map { try JSONText.encode($0.2.evidence) }), \(rows.map(\.0.ruleSet)),
                \(rows.map { current.contains($0.0.messageID) }))
                AS r (lead_id, message_id, cvr, position, kind, action, owner, due_on, priority, rule, reason, evidence,
                    rule_set, is_current)
            """,
            """
            UPDATE brevdue.lead l SET next_step = coalesce(i.next_step, l.next_step), updated_at = now(),
                version = l.version + 1
            FROM unnest(\(leads.map(\.leadID)), \(leads.map(\.nextStep))) AS i (id, next_step) WHERE l.id = i.id
            """,
        ]
    }
}
