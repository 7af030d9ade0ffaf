/// What a rule set defines, for the names that its rules use.
struct DefinedNames {
    private let names: [FaultList.Reference.Kind: Set<String>]
    private let facts: [String: FactRule]
    private let terms: QuoteTerms?

    init(
        facts: [FactRule], services: [Service], declining: [DecliningPhrases], prices: [PriceRule], terms: QuoteTerms?
    ) {
        self.facts = Dictionary(facts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.terms = terms
        names = [
            .fact: Set(facts.map(\.name)), .service: Set(services.map(\.code)), .price: Set(prices.map(\.id)),
            .declining: Set(declining.map(\.id)),
            .placeholder: Set(facts.map(\.name) + Placeholder.BuiltIn.allCases.map(\.rawValue)),
        ]
    }

    /// What is wrong with the use of a name.
    func fault(of reference: FaultList.Reference) -> String? {
        let known = names[reference.kind] ?? []
        guard known.contains(reference.name) else {
            if reference.need?.isFurther == true { return nil }
            return "there is no \(reference.kind.rawValue) \(reference.name)"
                + Spelling.suggestion(for: reference.name, among: known)
        }
        if let need = reference.need { return fault(of: reference.name, need) }
        if let guarantee = reference.guarantee, !isKnown(reference.name, guarantee) {
            return "{\(reference.name)} may have no value here: ask for it in the condition, or write what is said "
                + "without it, as in {\(reference.name)|words}"
        }
        return nil
    }

    private func fault(of name: String, _ need: FaultList.Reference.Need) -> String? {
        guard let fact = facts[name] else { return nil }
        guard need.kinds.contains(fact.kind) else {
            let kinds = FactRule.Kind.allCases.filter(need.kinds.contains).map(\.rawValue)
            return "\(need.key): \(name) is a \(fact.kind.rawValue), expected a \(kinds.joined(separator: " or "))"
        }
        let values = fact.choices.map(\.value)
        guard let value = need.value, !values.contains(value) else { return nil }
        return "\(need.key): \(name) is never \(value), expected one of \(values.joined(separator: ", "))"
            + Spelling.suggestion(for: value, among: values)
    }

    private func isKnown(_ name: String, _ guarantee: Guarantee) -> Bool {
        switch Placeholder.BuiltIn(rawValue: name) {
        case nil: return guarantee.facts.contains(name)
        case .customer: return true
        case .quantity: return guarantee.quantity
        case .orderBy, .start, .goLive:
            guard let terms, terms.deliveryWeeks > 0, let deadline = terms.deadlineFact else { return false }
            return guarantee.plan || guarantee.facts.contains(deadline)
        }
    }
}
