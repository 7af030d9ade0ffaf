import FoundationEssentials
import Rules
package import Understanding

/// What the price would be if something that was said otherwise were true.
package struct Alternative: Hashable, Sendable {
    package var disagreement: Disagreement
    /// What each period's sum would change by, excluding VAT; only periods in which it changes.
    package var changes: [Change]

    package struct Change: Hashable, Sendable {
        package var recurring: Quote.Period?
        /// Below zero where the alternative costs less.
        package var difference: Money
    }

    /// More disagreements than this are no list that anybody reads.
    private static let limit = 8

    /// One for each disagreement of a dossier, in its order.
    static func all(for dossier: Dossier, priced quote: Quote?, rules: RuleSet, at instant: Date) -> [Alternative] {
        dossier.disagreements.prefix(limit).map { disagreement in
            var other = dossier
            other.disagreements = []
            other.facts = dossier.facts.map { $0.name == disagreement.name ? disagreement.other.fact : $0 }
            let pricing = Pricing(other, rules: rules, at: instant)
            let periods: [Quote.Period?] = [nil, .month, .year]
            let changes = periods.compactMap { period -> Change? in
                let difference = sum(of: period, in: pricing.quote) - sum(of: period, in: quote)
                return difference == .zero ? nil : Change(recurring: period, difference: difference)
            }
            return Alternative(disagreement: disagreement, changes: changes)
        }
    }

    private static func sum(of period: Quote.Period?, in quote: Quote?) -> Money {
        quote?.totals.first { $0.recurring == period }?.subtotal ?? .zero
    }
}
