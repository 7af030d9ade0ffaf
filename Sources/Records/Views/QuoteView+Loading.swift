import FoundationEssentials
package import Postgres
import Quoting
import Rules
import Understanding

extension QuoteView {
    /// The versions of a lead's quotes, the newest first.
    package static func page(
        ofLead lead: Int64, _ request: PageRequest, _ scope: Scope, in pool: PostgresPool
    ) async throws -> Page<QuoteView> {
        let quotes = try await load(
            "q.lead_id = \(lead) AND q.id < \(request.after[0]) AND \(scope.seesQuote)", limit: request.limit + 1,
            in: pool)
        return Page(quotes, limit: request.limit) { $0.id ?? "" }
    }

    package static func one(_ id: Int64, _ scope: Scope, in pool: PostgresPool) async throws -> QuoteView? {
        try await load(
            "q.id = \(id) AND \(scope.seesQuote)", limit: 1, in: pool
        ).first
    }

    private static func load(_ condition: SQL, limit: Int, in pool: PostgresPool) async throws -> [QuoteView] {
        let chosen: SQL = "SELECT * FROM brevdue.quote q WHERE \(condition) ORDER BY q.id DESC LIMIT \(Int64(limit))"
        let results = try await pool.pipeline([
            """
            SELECT id, number, version, lead_id, message_id, state, subtotal_ore, vat_ore, total_ore, first_year_ore,
                totals::text, assumptions::text, questions::text, valid_until::text, rule_set, created_at
            FROM (\(chosen)) q ORDER BY id DESC
            """,
            """
            SELECT l.quote_id, l.position, l.code, l.description, (l.quantity * 1000)::bigint, l.unit, l.unit_price_ore,
                l.discount_percent, l.discount_rule, l.amount_ore, l.recurring, l.rule, l.reason, l.evidence::text
            FROM brevdue.quote_line l JOIN (\(chosen)) q ON q.id = l.quote_id ORDER BY l.quote_id, l.position
            """,
        ])
        var lines: [Int64: [Quote.Line]] = [:]
        for row in results[1] {
            let (quote, line) = try line(row)
            lines[quote, default: []].append(line)
        }
        return try results[0].map { row in
            let (
                id, number, version, lead, message, state, subtotal, vat, total, firstYear, totals, assumptions,
                questions, validUntil, ruleSet, createdAt
            ) = try row.decode(
                Int64.self, String.self, Int32.self, Int64.self, Int64.self, String.self, Int64.self, Int64.self,
                Int64.self, Int64.self, String.self, String.self, String.self, String.self, String.self, Date.self)
            let quote = Quote(
                lines: lines[id] ?? [], subtotal: Money(ore: Int(subtotal)), vat: Money(ore: Int(vat)),
                total: Money(ore: Int(total)), totals: try JSONText.decode([Quote.Total].self, from: totals),
                firstYear: Money(ore: Int(firstYear)),
                assumptions: try JSONText.decode([String].self, from: assumptions),
                questions: try JSONText.decode([Quote.Question].self, from: questions),
                validUntil: CalendarDay(iso: validUntil) ?? CalendarDay(dayNumber: 0), ruleSet: ruleSet)
            return QuoteView(
                quote,
                filing: Filing(
                    id: id, number: number, version: Int(version), leadID: lead, state: state, createdAt: createdAt),
                messageID: String(message))
        }
    }

    private static func line(_ row: Row) throws -> (quote: Int64, line: Quote.Line) {
        let (
            quote, position, code, description, quantity, unit, price, discount, discountRule, amount, recurring, rule,
            reason,
            evidence
        ) =
            try row.decode(
                Int64.self, Int32.self, String.self, String.self, Int64.self, String.self, Int64.self, Int32.self,
                String?.self, Int64.self, String?.self, String.self, String.self, String.self)
        let line = Quote.Line(
            position: Int(position), code: code, description: description,
            quantity: Quantity(thousandths: Int(quantity)), unit: unit, unitPrice: Money(ore: Int(price)),
            discountPercent: Int(discount), discountRule: discountRule, amount: Money(ore: Int(amount)),
            recurring: recurring.flatMap(Quote.Period.init), rule: rule, reason: reason,
            evidence: try JSONText.decode([Evidence].self, from: evidence))
        return (quote, line)
    }
}
