package import FoundationEssentials
package import Rules
package import Understanding

/// What a dossier costs, and what must be asked to say so firmly.
package struct Pricing: Hashable, Sendable {
    /// `nil` when no rule gives a line.
    package var quote: Quote?
    /// Also those of a quote.
    package var questions: [Quote.Question]

    /// Prices a dossier by the rules; pure, and the same for the same input.
    package init(_ dossier: Dossier, rules: RuleSet, at instant: Date) {
        var calculation = Calculation(dossier, rules: rules)
        for rule in rules.prices { calculation.apply(rule) }
        questions = calculation.questions
        guard !calculation.lines.isEmpty else {
            quote = nil
            return
        }
        let calendar = WorkCalendar(closed: rules.company.closed)
        let last = CalendarDay(danishAt: instant).advanced(byDays: rules.terms.validDays + 1)
        quote = Quote(
            lines: calculation.lines, vatPercent: rules.terms.vatPercent, assumptions: calculation.assumptions,
            questions: calculation.questions, validUntil: calendar.lastWorkday(before: last), ruleSet: rules.hash)
    }
}

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

extension Money {
    /// A percentage of it to the øre, half away from zero.
    func percent(_ percent: Int) -> Money { Money(ore: Self.divided(ore * percent, by: 100)) }

    /// Rounds half away from zero.
    static func divided(_ number: Int, by divisor: Int) -> Int {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return abs(remainder) * 2 >= divisor ? quotient + (number < 0 ? -1 : 1) : quotient
    }
}
