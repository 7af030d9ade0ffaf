/// What can be said of a condition without asking anything.
extension Condition {
    /// Facts that are known wherever it holds, and whether the days of the delivery are.
    var guarantee: Guarantee {
        switch self {
        case .all(let inner):
            return inner.reduce(into: Guarantee()) { sum, condition in
                let more = condition.guarantee
                sum.facts.formUnion(more.facts)
                sum.plan = sum.plan || more.plan
            }
        case .any(let inner):
            guard var common = inner.first?.guarantee else { return Guarantee() }
            for condition in inner.dropFirst() {
                let other = condition.guarantee
                common.facts.formIntersection(other.facts)
                common.plan = common.plan && other.plan
            }
            return common
        case .fact(let test): return Guarantee(facts: [test.name])
        case .deadlineReachable: return Guarantee(plan: true)
        case .not, .service, .declined, .linked, .priced, .hasQuestions, .always: return Guarantee()
        }
    }

    /// Why it can never hold; `nil` where nothing speaks against it.
    var impossibility: String? { Self.impossibility(of: parts) }

    /// Conditions that must hold together.
    var parts: [Condition] {
        if case .all(let inner) = self { return inner.flatMap(\.parts) }
        return [self]
    }

    private static func impossibility(of parts: [Condition]) -> String? {
        let single = parts.filter { $0.branches == nil }
        for (index, part) in single.enumerated() {
            if let reason = part.contradiction { return reason }
            for other in single[..<index] {
                if let reason = part.contradiction(with: other) ?? other.contradiction(with: part) { return reason }
            }
        }
        for branches in parts.compactMap(\.branches) {
            let reasons = branches.map { impossibility(of: single + $0.parts) }
            if let first = reasons.first, reasons.allSatisfy({ $0 != nil }) { return first }
        }
        return nil
    }

    private var branches: [Condition]? {
        if case .any(let inner) = self { return inner }
        return nil
    }

    /// Bounds that leave nothing between them.
    private var contradiction: String? {
        guard case .fact(let test) = self, let least = test.atLeast, let most = test.atMost, least > most else {
            return nil
        }
        return "\(test.name) cannot be at least and at most that"
    }

    /// Why both cannot hold at a time.
    private func contradiction(with other: Condition) -> String? {
        switch (self, other) {
        case (.not(let denied), _) where denied.isImplied(by: other): return "it asks for something and denies it"
        case (.service(let code), .declined(let declined)) where code == declined:
            return "\(code) cannot be asked for and turned down"
        case (.fact(let test), .fact(let second)) where test.name == second.name:
            let isOutside =
                max(test.atLeast ?? .min, second.atLeast ?? .min)
                > min(
                    test.atMost ?? .max, second.atMost ?? .max)
            let isOther = test.value != nil && second.value != nil && test.value != second.value
            return isOutside || isOther ? "\(test.name) cannot be both" : nil
        case (.linked(let is1), .linked(let is2)), (.priced(let is1), .priced(let is2)),
            (.hasQuestions(let is1), .hasQuestions(let is2)),
            (.deadlineReachable(let is1), .deadlineReachable(let is2)):
            return is1 != is2 ? "it asks for yes and no" : nil
        default: return nil
        }
    }

    /// Whether it holds wherever the other does.
    private func isImplied(by other: Condition) -> Bool {
        guard case .fact(let test) = self, case .fact(let known) = other, test.name == known.name else {
            return self == other
        }
        return test == FactTest(name: test.name) || test == known
    }
}
