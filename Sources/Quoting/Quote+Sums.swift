import Rules

extension Quote {
    /// Adds the lines up: VAT is worked out on each total, rounded half away from zero, and the sums are of whole øre.
    init(
        lines: [Line], vatPercent: Int, assumptions: [String], questions: [Question], validUntil: CalendarDay,
        ruleSet: String
    ) {
        let periods: [Period?] = [nil, .month, .year]
        let totals = periods.compactMap { period -> Total? in
            let lines = lines.filter { $0.recurring == period }
            guard !lines.isEmpty else { return nil }
            let subtotal = lines.reduce(Money.zero) { $0 + $1.amount }
            let vat = subtotal.percent(vatPercent)
            return Total(recurring: period, subtotal: subtotal, vat: vat, total: subtotal + vat)
        }
        let subtotal = totals.reduce(Money.zero) { $0 + $1.subtotal }
        let vat = totals.reduce(Money.zero) { $0 + $1.vat }
        let firstYear = totals.reduce(Money.zero) { sum, total in
            sum + Money(ore: total.subtotal.ore * (total.recurring == .month ? 12 : 1))
        }
        self.init(
            lines: lines, subtotal: subtotal, vat: vat, total: subtotal + vat, totals: totals, firstYear: firstYear,
            assumptions: assumptions, questions: questions, validUntil: validUntil, ruleSet: ruleSet)
    }
}
