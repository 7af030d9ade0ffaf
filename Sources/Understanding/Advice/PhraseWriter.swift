import Mail
package import Rules

/// Writes the phrases of rules: in the language of the mail, with their placeholders filled.
package struct PhraseWriter: Sendable {
    package let language: MailLanguage
    private let dossier: Dossier
    private let situation: Situation
    private let prices: [PriceRule]

    package init(_ dossier: Dossier, _ situation: Situation, rules: RuleSet) {
        language = MailLanguage(letter: dossier.letter.language)
        self.dossier = dossier
        self.situation = situation
        prices = rules.prices
    }

    /// `quantity`: that of the line at hand, in thousandths.
    package func text(_ phrase: Phrase, quantity: Int? = nil) -> String {
        Placeholder.parts(of: phrase.text(in: language)).map { part in
            switch part {
            case .text(let text): String(text)
            case .placeholder(.value(let name, let fallback)): value(name, quantity: quantity) ?? fallback ?? "?"
            case .placeholder(.price(let rule, let quantity)): price(rule, quantity) ?? "?"
            case .unclosed: ""
            }
        }.joined()
    }

    private func value(_ name: String, quantity: Int?) -> String? {
        guard let builtIn = Placeholder.BuiltIn(rawValue: name) else {
            return situation.fact(name).map { Wording.value($0.value, in: language) }
        }
        let plan = situation.plan
        let day = { (day: CalendarDay?) in day.map { Wording.day($0, in: language) } }
        switch builtIn {
        case .customer:
            let name = dossier.contact.name?.split(separator: " ").first.map(String.init)
            return name ?? (language == .danish ? "kunden" : "the customer")
        case .orderBy: return day(plan?.orderBy)
        case .start: return day(plan?.start)
        case .goLive: return day(plan?.goLive)
        case .quantity: return quantity.map { Wording.number(thousandths: $0, in: language) }
        }
    }

    /// The unit price of a rule at a quantity: `12.000,00 kr.`, `DKK 12,000.00`, or `15 %` of a surcharge.
    private func price(_ id: String, _ quantity: Int) -> String? {
        guard let rule = prices.first(where: { $0.id == id }) else { return nil }
        switch rule.price {
        case .percentOfOneOff(let percent): return "\(percent) %"
        case .tiers(let tiers):
            guard let tier = tiers.last(where: { $0.from <= quantity }) ?? tiers.first else { return nil }
            return Wording.money(ore: tier.priceOre, in: language)
        }
    }
}
