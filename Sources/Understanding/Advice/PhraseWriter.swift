import Mail
package import Rules

/// Writes the phrases of rules: in the language of the mail, with their placeholders filled.
package struct PhraseWriter: Sendable {
    package let language: MailLanguage
    /// The contact's given name.
    private let customer: String?
    private let situation: Situation
    private let rules: RuleSet

    package init(_ dossier: Dossier, _ situation: Situation, rules: RuleSet) {
        language = MailLanguage(letter: dossier.letter.language)
        customer = dossier.contact.name?.split(separator: " ").first.map(String.init)
        self.situation = situation
        self.rules = rules
    }

    /// `quantity`: that of the line at hand, in thousandths.
    package func text(_ phrase: Phrase, quantity: Int? = nil) -> String {
        let parts = phrase.parts(in: language)
        if parts.count == 1, case .text(let text) = parts[0] { return text }
        return parts.reduce(into: "") { whole, part in
            switch part {
            case .text(let text): whole += text
            case .placeholder(.value(let name, let fallback)):
                whole += value(name, quantity: quantity) ?? fallback ?? "?"
            case .placeholder(.price(let rule, let quantity)): whole += price(rule, quantity) ?? "?"
            case .malformed: break
            }
        }
    }

    private func value(_ name: String, quantity: Int?) -> String? {
        guard let builtIn = Placeholder.BuiltIn(rawValue: name) else {
            return situation.fact(name).map { Wording.value($0.value, in: language) }
        }
        let plan = situation.plan
        let day = { (day: CalendarDay?) in day.map { Wording.day($0, in: language) } }
        switch builtIn {
        case .customer: return customer ?? (language == .danish ? "kunden" : "the customer")
        case .orderBy: return day(plan?.orderBy)
        case .start: return day(plan?.start)
        case .goLive: return day(plan?.goLive)
        case .quantity: return quantity.map { Wording.number(thousandths: $0, in: language) }
        }
    }

    /// The unit price of a rule at a quantity: `12.000,00 kr.`, `DKK 12,000.00`, or `15 %` of a surcharge.
    private func price(_ id: String, _ quantity: Int) -> String? {
        guard let rule = rules.price(id) else { return nil }
        if case .percentOfOneOff(let percent) = rule.price { return "\(percent) %" }
        return rule.tier(at: quantity * 1000).map { Wording.money(ore: $0.tier.priceOre, in: language) }
    }
}
