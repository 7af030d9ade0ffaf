package import FoundationEssentials
package import Rules
package import Understanding

/// What a dossier costs, and what must be asked to say so firmly.
package struct Pricing: Hashable, Sendable {
    /// `nil` when no rule gives a line.
    package var quote: Quote?
    /// Also those of a quote.
    package var questions: [Quote.Question]
    /// What our own people must know and the customer must not: a discount that needs approval, a deadline too near.
    package var remarks: [String]
    /// What the price would be by what was said otherwise.
    package var alternatives: [Alternative]

    /// Prices a dossier by the rules; pure, and the same for the same input.
    package init(_ dossier: Dossier, rules: RuleSet, at instant: Date) {
        var calculation = Calculation(dossier, rules: rules, at: instant)
        for rule in rules.prices { calculation.apply(rule) }
        let isPriced = !calculation.lines.isEmpty
        calculation.askAll(in: calculation.situation.once(isPriced: isPriced))
        questions = calculation.questions
        remarks = calculation.remarks
        if isPriced {
            let validUntil = calculation.validUntil(at: instant)
            quote = Quote(
                lines: calculation.lines, vatPercent: rules.terms.vatPercent, assumptions: calculation.assumptions,
                questions: questions, validUntil: validUntil, ruleSet: rules.hash)
        }
        alternatives = Alternative.all(for: dossier, priced: quote, rules: rules, at: instant)
    }
}

extension Calculation {
    /// The last workday of the rules' days, or the last one for an order that holds the customer's deadline.
    fileprivate mutating func validUntil(at instant: Date) -> CalendarDay {
        let calendar = WorkCalendar(closed: rules.company.closed)
        let today = CalendarDay(danishAt: instant)
        let last = max(today, calendar.lastWorkday(through: today.advanced(byDays: rules.terms.validDays)))
        // Where the quote ends sooner, the last day to order says nothing more.
        guard let plan = situation.plan, plan.isReachable, plan.orderBy <= last else { return last }
        let language = writer.language
        let (order, live) = (Wording.day(plan.orderBy, in: language), Wording.day(plan.goLive, in: language))
        assume(
            say(
                "Bestilt senest \(order), så det kan køre \(live).",
                "Ordered by \(order), so that it can run on \(live)."))
        return plan.orderBy
    }

    fileprivate var remarks: [String] {
        var remarks: [String] = []
        if let refusal = discount?.refusal(limit: rules.terms.discountLimitPercent, in: writer.language) {
            remarks.append(refusal)
        }
        if let plan = situation.plan, !plan.isReachable {
            let day = Wording.day(plan.orderBy, in: writer.language)
            let weeks = rules.terms.deliveryWeeks
            remarks.append(
                say(
                    "Kundens frist kan ikke holdes med almindelig levering på \(weeks) uger: der skulle være bestilt \(day).",
                    "The customer's deadline cannot be met by ordinary delivery of \(weeks) weeks: the order was due on \(day)."
                ))
        }
        return remarks
    }
}
