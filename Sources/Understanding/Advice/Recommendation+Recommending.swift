package import FoundationEssentials
import Mail
package import Rules

extension Recommendation {
    /// What the rules advise on a dossier, most urgent first; pure.
    ///
    /// `instant`: the day of the mail, which the rules count from; days are those of Denmark.
    /// `now`: no step is due before that day, however old the mail is.
    /// `isPriced`: whether there is a quote.
    /// `hasQuestions`: whether something is to be asked before it is firm.
    package static func all(
        for dossier: Dossier, rules: RuleSet, at instant: Date, now: Date? = nil, isPriced: Bool, hasQuestions: Bool
    ) -> [Recommendation] {
        let situation = Situation(dossier, rules: rules, at: instant, isPriced: isPriced, hasQuestions: hasQuestions)
        let writer = PhraseWriter(dossier, situation, rules: rules)
        let calendar = WorkCalendar(closed: rules.company.closed)
        let today = CalendarDay(danishAt: instant)
        let soonest = calendar.workday(0, after: now.map { max(today, CalendarDay(danishAt: $0)) } ?? today)
        let owner = dossier.letter.forwarder.map { $0.name ?? $0.address }
        let advice = rules.recommendations.compactMap {
            rule -> (advice: Recommendation, due: RecommendationRule.Due?)? in
            guard let evidence = situation.evidence(for: rule.when) else { return nil }
            let advice = Recommendation(
                kind: rule.kind == .process ? .process : .step, action: writer.text(rule.action),
                owner: rule.kind == .step ? owner : nil,
                dueOn: due(rule.due, situation, today, calendar).map { max($0, soonest) },
                priority: rule.priority, rule: rule.id, reason: writer.text(rule.reason), evidence: evidence.unique)
            return (advice, rule.due)
        }
        return inTime(
            advice.enumerated().sorted {
                ($0.element.advice.priority, $0.offset) < ($1.element.advice.priority, $1.offset)
            }.map(\.element))
    }

    /// No step is due after a day that the customer set for one behind it: the questions are asked before the quote goes
    /// out, and that before the last day to order.
    private static func inTime(_ rated: [(advice: Recommendation, due: RecommendationRule.Due?)]) -> [Recommendation] {
        var advice = rated.map(\.advice)
        var latest: CalendarDay?
        for index in advice.indices.reversed() {
            guard let due = advice[index].dueOn else { continue }
            let day = latest.map { min($0, due) } ?? due
            advice[index].dueOn = day
            switch rated[index].due {
            case .before, .orderBy: latest = day
            case .inWorkdays, nil: break
            }
        }
        return advice
    }

    /// The day a step is due.
    private static func due(
        _ due: RecommendationRule.Due?, _ situation: Situation, _ today: CalendarDay, _ calendar: WorkCalendar
    ) -> CalendarDay? {
        switch due {
        case .inWorkdays(let count): return calendar.workday(count, after: today)
        case .before(let name):
            guard case .day(let day) = situation.fact(name)?.value else { return nil }
            return calendar.lastWorkday(before: day)
        case .orderBy: return situation.plan?.orderBy
        case nil: return nil
        }
    }
}

extension [Evidence] {
    /// Each of them once, in order.
    package var unique: [Evidence] { enumerated().filter { !self[..<$0.offset].contains($0.element) }.map(\.element) }
}
