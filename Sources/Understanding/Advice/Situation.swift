package import Rules

/// What conditions are asked of.
package struct Situation: Sendable {
    private let facts: [String: Fact]
    private let isLinked: Bool
    private let isPriced: Bool
    private let hasQuestions: Bool

    package init(_ dossier: Dossier, isPriced: Bool = false, hasQuestions: Bool = false) {
        facts = Dictionary(dossier.facts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        isLinked = dossier.link.status == .linked
        self.isPriced = isPriced
        self.hasQuestions = hasQuestions
    }

    package func fact(_ name: String) -> Fact? { facts[name] }

    package func asksFor(_ service: String) -> Fact? {
        facts["service." + service].flatMap { $0.value == .flag(true) ? $0 : nil }
    }

    package func declines(_ service: String) -> Fact? {
        facts["service." + service].flatMap { $0.value == .flag(false) ? $0 : nil }
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
        case .fact(let name, let atLeast, let atMost):
            guard let fact = facts[name], fact.value.isWithin(atLeast, atMost) else { return nil }
            return [fact.evidence]
        case .service(let code): return asksFor(code).map { [$0.evidence] }
        case .declined(let code): return declines(code).map { [$0.evidence] }
        case .linked(let wanted): return wanted == isLinked ? [] : nil
        case .priced(let wanted): return wanted == isPriced ? [] : nil
        case .hasQuestions(let wanted): return wanted == hasQuestions ? [] : nil
        }
    }
}

extension FactValue {
    /// Bounds are in thousandths, of kroner for an amount; a fact without a number has none.
    fileprivate func isWithin(_ atLeast: Int?, _ atMost: Int?) -> Bool {
        let number: Int? =
            switch self {
            case .number(let thousandths): thousandths
            case .money(let ore): ore * 10
            case .flag, .day, .text: nil
            }
        guard atLeast != nil || atMost != nil else { return true }
        guard let number else { return false }
        return number >= atLeast ?? .min && number <= atMost ?? .max
    }
}
