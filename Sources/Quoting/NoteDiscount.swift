import Rules
import Understanding

/// A discount that our own people's note asks for; what the customer asks for has no effect.
struct NoteDiscount {
    /// Whole percent that is given; 0 where a person must approve first.
    var granted: Int
    /// Thousandths of a percent that the note asks for.
    var asked: Int
    var evidence: Evidence

    init?(_ situation: Situation, terms: QuoteTerms) {
        guard let name = terms.discountFact, let fact = situation.fact(name), fact.evidence.section == .note,
            case .number(let thousandths) = fact.value, thousandths > 0
        else { return nil }
        asked = thousandths
        evidence = fact.evidence
        let isGranted = thousandths % 1000 == 0 && thousandths / 1000 <= terms.discountLimitPercent
        granted = isGranted ? thousandths / 1000 : 0
    }

    /// Why it is not given; only for our own people.
    func refusal(limit: Int, in language: MailLanguage) -> String? {
        guard granted == 0 else { return nil }
        let percent = Wording.number(thousandths: asked, in: language)
        let isWhole = asked % 1000 == 0
        return switch (language, isWhole) {
        case (.danish, true): "Rabat på \(percent) % kræver godkendelse (grænsen er \(limit) %) og er ikke regnet med."
        case (.danish, false): "Rabat på \(percent) % er ikke regnet med: der gives kun hele procent."
        case (.english, true):
            "A discount of \(percent) % needs approval (the limit is \(limit) %) and is not included."
        case (.english, false): "A discount of \(percent) % is not included: only whole percents are given."
        }
    }
}
