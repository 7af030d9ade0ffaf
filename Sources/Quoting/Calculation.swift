import FoundationEssentials
import Mail
import Rules
import Understanding

/// Applies price rules to a dossier, one after the other.
struct Calculation {
    private(set) var lines: [Quote.Line] = []
    private(set) var questions: [Quote.Question] = []
    /// What the price presumes; the customer reads it too.
    private(set) var assumptions: [String] = []
    /// Services that a price rule holds for, and those whose driver is not known.
    private(set) var charged: Set<String> = []
    private(set) var undriven: Set<String> = []
    let discount: NoteDiscount?
    let rules: RuleSet
    let situation: Situation
    let writer: PhraseWriter
    let today: CalendarDay

    init(_ dossier: Dossier, rules: RuleSet, at instant: Date) {
        self.rules = rules
        situation = Situation(dossier, rules: rules, at: instant)
        writer = PhraseWriter(dossier, situation, rules: rules)
        discount = NoteDiscount(situation, terms: rules.terms)
        today = CalendarDay(danishAt: instant)
    }

    mutating func apply(_ rule: PriceRule) {
        guard let evidence = situation.evidence(for: rule.when), let service = rules.service(rule.service) else {
            return
        }
        charged.insert(service.code)
        guard let quantity = quantity(of: rule, service), quantity.charged > 0 else { return }
        let price: LinePrice
        do {
            guard let found = try LinePrice(rule, service, quantity, self) else { return }
            price = found
        } catch {
            ask(
                say("Mængden er usædvanlig stor: er den rigtig?", "The quantity is unusually large: is it right?"),
                rule.id)
            return
        }
        if let least = quantity.least { assumeRange(least, quantity, rule, service, price) }
        if let presumes = service.presumes { assume(writer.text(presumes)) }
        // A number's own words say why there are so many; those of the service stand at the line that sets it up.
        let words = quantity.evidence.isEmpty ? evidence : quantity.evidence
        lines.append(
            Quote.Line(
                position: lines.count + 1, code: service.code,
                description: writer.text(rule.name ?? service.name, quantity: quantity.charged),
                quantity: Quantity(thousandths: price.quantity), unit: price.unit, unitPrice: price.unitPrice,
                discountPercent: price.discount.percent, discountRule: price.discount.rule, amount: price.amount,
                recurring: rule.recurring.map { $0 == .month ? .month : .year }, rule: rule.id,
                reason: ([writer.text(rule.reason, quantity: quantity.charged)] + price.notes).joined(separator: "; "),
                evidence: (words + price.discount.evidence).unique))
    }

    // MARK: Questions

    /// Asks about the services that are part of the price; first what nothing is presumed for.
    mutating func askAll(in situation: Situation) {
        let asks = rules.services.filter { charged.contains($0.code) }.flatMap { service in
            service.asks.filter { ask in
                ask.when.map { situation.evidence(for: $0) != nil } ?? undriven.contains(service.code)
            }
        }
        for ask in asks.filter({ $0.presumption == nil }) + asks.filter({ $0.presumption != nil }) {
            self.ask(writer.text(ask.question), ask.id, effect: ask.effect.map { writer.text($0) })
            if !lines.isEmpty, let presumption = ask.presumption { assume(writer.text(presumption)) }
        }
    }

    private mutating func ask(_ text: String, _ rule: String, effect: String? = nil) {
        guard !questions.contains(where: { $0.text == text }) else { return }
        questions.append(Quote.Question(text: text, effect: effect, rule: rule))
    }

    // MARK: Quantity

    /// What is to be charged, and the words it comes from; notes where it is not known.
    private mutating func quantity(of rule: PriceRule, _ service: Service) -> ChargedQuantity? {
        switch rule.driver {
        case .fixed(let count): return ChargedQuantity(counted: count * 1000, of: rule)
        case .fact(let name, let over, let otherwise):
            if let fact = situation.fact(name), case .number(let known) = fact.value {
                return ChargedQuantity(
                    known: known, least: fact.least, over: over, of: rule, evidence: [fact.evidence])
            }
            if name == service.driver { undriven.insert(service.code) }
            return otherwise.map { ChargedQuantity(known: $0 * 1000, over: over, of: rule) }
        }
    }

    /// A range is priced at its upper end; says what the lower one would change.
    private mutating func assumeRange(
        _ least: Int, _ quantity: ChargedQuantity, _ rule: PriceRule, _ service: Service, _ price: LinePrice
    ) {
        var lower = quantity
        lower.charged = least
        guard least < quantity.charged, let words = quantity.evidence.first,
            let amount = least == 0 ? Money.zero : try? LinePrice(rule, service, lower, self)?.amount
        else { return }
        let language = writer.language
        let number = { Wording.number(thousandths: $0, in: language) }
        let difference = Wording.money(ore: abs(price.amount.ore - amount.ore), in: language)
        let period =
            switch rule.recurring {
            case .month: say(" pr. måned", " a month")
            case .year: say(" pr. år", " a year")
            case nil: ""
            }
        // The customer reads assumptions: our own people's note is never quoted in them.
        let quoted = words.section == .note ? "" : " (\"\(words.text)\")"
        let change = price.amount >= amount ? say("mindre", "less") : say("mere", "more")
        assume(
            say(
                "\(service.name.danish): regnet med \(number(quantity.charged))\(quoted); ved \(number(least)) er det \(difference) \(change)\(period).",
                "\(service.name.english): priced for \(number(quantity.charged))\(quoted); at \(number(least)) it is \(difference) \(change)\(period)."
            ))
    }

    mutating func assume(_ text: String) {
        if !assumptions.contains(text) { assumptions.append(text) }
    }

    // MARK: Words

    func say(_ danish: String, _ english: String) -> String { writer.language == .danish ? danish : english }
}
