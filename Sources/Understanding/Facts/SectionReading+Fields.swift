import Rules

/// Words of a list's labels that say nothing by themselves.
extension SectionReading {
    /// Whether nothing is said by words because of where they stand: in the heading of a table, in a label whose value is no,
    /// or, of a flag, in a label whose value is an amount.
    func isSilent(_ match: PhraseMatcher<FactWord>.Match, _ rules: RuleSet) -> Bool {
        guard let field = fields.field(at: match.tokens.lowerBound), !field.isAlone else { return false }
        if field.isHeading { return true }
        guard match.tokens.upperBound <= field.label.upperBound else { return false }
        switch match.target {
        // What is turned down has to be known.
        case .service: return field.isDenied(tokens) && field.label != match.tokens
        case .fact(let fact): return field.isDenied(tokens) || rules.facts[fact].kind == .flag && isPriced(field)
        case .loose, .choice, .thing, .handling: return field.isDenied(tokens)
        case .opening, .barrier, .declining: return false
        }
    }

    /// `Pris: 1.998,00 kr.`.
    private func isPriced(_ field: LabelledField) -> Bool {
        amounts.contains {
            field.value.contains($0.tokens.lowerBound) && $0.tokens.lowerBound <= field.value.lowerBound + 1
        }
    }
}
