package import FoundationEssentials
package import Rules

/// What conditions are asked of.
package struct Situation: Sendable {
    private let facts: [String: Fact]
    /// Of the services asked for or turned down, by code.
    private let services: [String: Fact]
    private let isLinked: Bool
    private var isPriced: Bool
    private var hasQuestions: Bool
    private let today: CalendarDay?
    /// `nil` without a deadline, or where the situation knows no day.
    package let plan: DeliveryPlan?

    /// Knows neither the day nor what was priced.
    package init(_ dossier: Dossier) {
        self.init(dossier, isPriced: false, hasQuestions: false, today: nil, plan: nil)
    }

    package init(
        _ dossier: Dossier, rules: RuleSet, at instant: Date, isPriced: Bool = false, hasQuestions: Bool = false
    ) {
        let today = CalendarDay(danishAt: instant)
        let calendar = WorkCalendar(closed: rules.company.closed)
        self.init(
            dossier, isPriced: isPriced, hasQuestions: hasQuestions, today: today,
            plan: DeliveryPlan(dossier.facts, terms: rules.terms, calendar: calendar, today: today))
    }

    private init(_ dossier: Dossier, isPriced: Bool, hasQuestions: Bool, today: CalendarDay?, plan: DeliveryPlan?) {
        var facts: [String: Fact] = [:]
        var services: [String: Fact] = [:]
        for fact in dossier.facts where facts[fact.name] == nil {
            facts[fact.name] = fact
            if fact.name.hasPrefix(Self.servicePrefix) {
                services[String(fact.name.dropFirst(Self.servicePrefix.count))] = fact
            }
        }
        (self.facts, self.services) = (facts, services)
        isLinked = dossier.link.status == .linked
        self.isPriced = isPriced
        self.hasQuestions = hasQuestions
        self.today = today
        self.plan = plan
    }

    private static let servicePrefix = "service."

    /// The same once it is known what was priced.
    package func once(isPriced: Bool) -> Situation {
        var situation = self
        situation.isPriced = isPriced
        return situation
    }

    package func fact(_ name: String) -> Fact? { facts[name] }

    package func asksFor(_ service: String) -> Fact? { fact(of: service, is: true) }

    package func declines(_ service: String) -> Fact? { fact(of: service, is: false) }

    private func fact(of service: String, is wanted: Bool) -> Fact? {
        guard let fact = services[service], case .flag(wanted) = fact.value else { return nil }
        return fact
    }

    /// The words that make the condition hold, or `nil` when it does not; empty when it holds without any.
    package func evidence(for condition: Condition) -> [Evidence]? {
        switch condition {
        case .always: return []
        case .all(let inner):
            var words: [Evidence] = []
            for condition in inner {
                guard let more = evidence(for: condition) else { return nil }
                words += more
            }
            return words
        case .any(let inner): return inner.lazy.compactMap { evidence(for: $0) }.first
        case .not(let inner): return evidence(for: inner) == nil ? [] : nil
        case .fact(let test):
            guard let fact = facts[test.name], holds(test, for: fact.value) else { return nil }
            return [fact.evidence]
        case .service(let code): return asksFor(code).map { [$0.evidence] }
        case .declined(let code): return declines(code).map { [$0.evidence] }
        case .linked(let wanted): return wanted == isLinked ? [] : nil
        case .priced(let wanted): return wanted == isPriced ? [] : nil
        case .hasQuestions(let wanted): return wanted == hasQuestions ? [] : nil
        case .deadlineReachable(let wanted): return plan?.isReachable == wanted ? [] : nil
        }
    }

    /// A bound that the kind of value has no measure for does not hold.
    private func holds(_ test: Condition.FactTest, for value: FactValue) -> Bool {
        if let bound = test.withinDays {
            guard case .day(let day) = value, let today, day.dayNumber - today.dayNumber <= bound else { return false }
        }
        if let wanted = test.value {
            guard case .text(let text) = value, text == wanted else { return false }
        }
        guard test.atLeast != nil || test.atMost != nil else { return true }
        guard let number = value.thousandths else { return false }
        return number >= test.atLeast ?? .min && number <= test.atMost ?? .max
    }
}

extension FactValue {
    /// A number or an amount in kroner, in thousandths.
    fileprivate var thousandths: Int? {
        switch self {
        case .number(let thousandths): thousandths
        case .money(let ore): ore.multipliedReportingOverflow(by: 10).overflow ? nil : ore * 10
        case .flag, .day, .text: nil
        }
    }
}
