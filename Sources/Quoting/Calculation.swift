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
    let discount: Discount?
    let rules: RuleSet
    let situation: Situation
    let writer: PhraseWriter

    /// Quantity times price at most, so that no sum of lines can overflow: a thousand million kroner.
    private static let limit = 1_000_000_000_000_00

    init(_ dossier: Dossier, rules: RuleSet, at instant: Date) {
        self.rules = rules
        situation = Situation(dossier, rules: rules, at: instant)
        writer = PhraseWriter(dossier, situation, rules: rules)
        discount = Discount(situation, terms: rules.terms)
    }

    mutating func apply(_ rule: PriceRule) {
        guard let evidence = situation.evidence(for: rule.when), let service = rules.service(rule.service),
            let quantity = quantity(of: rule), quantity.charged > 0, let price = unitPrice(rule, quantity.charged)
        else { return }
        let percent = rule.recurring == nil && rule.isDiscountable ? discount?.granted ?? 0 : 0
        guard let amount = amount(quantity.charged, price, discountPercent: percent) else {
            ask(
                say("Mængden er usædvanlig stor: er den rigtig?", "The quantity is unusually large: is it right?"), rule
            )
            return
        }
        if quantity.isPresumed, let presumption = rule.unknown?.presumption { assume(writer.text(presumption)) }
        if let least = quantity.least { assumeRange(least, quantity, rule, service, amount, percent) }
        if let presumes = service.presumes { assume(writer.text(presumes)) }
        // A number's own words say why there are so many; those of the service stand at the line that sets it up.
        let words = quantity.evidence.isEmpty ? evidence : quantity.evidence
        let discountWords = percent > 0 ? [discount?.evidence].compactMap { $0 } : []
        lines.append(
            Quote.Line(
                position: lines.count + 1, code: service.code,
                description: writer.text(rule.name ?? service.name, quantity: quantity.charged),
                quantity: Quantity(thousandths: quantity.charged), unit: unit(of: service, quantity.charged),
                unitPrice: price, discountPercent: percent, amount: amount,
                recurring: rule.recurring.map { $0 == .month ? .month : .year }, rule: rule.id,
                reason: reason(rule, quantity), evidence: (words + discountWords).unique))
    }

    mutating func ask(_ rule: QuestionRule, in situation: Situation) {
        guard situation.evidence(for: rule.when) != nil else { return }
        ask(writer.text(rule.question), rule.id, effect: rule.effect.map { writer.text($0) })
        if !lines.isEmpty, let presumption = rule.presumption { assume(writer.text(presumption)) }
    }

    func say(_ danish: String, _ english: String) -> String { writer.language == .danish ? danish : english }

    // MARK: Quantity

    private struct Driven {
        /// In thousandths, as everywhere here.
        var known: Int
        var charged: Int
        var least: Int?
        var evidence: [Evidence] = []
        var isPresumed = false
    }

    /// What is to be charged, and the words it comes from; asks when it is not known.
    private mutating func quantity(of rule: PriceRule) -> Driven? {
        switch rule.driver {
        case .fixed(let count): return Driven(known: count * 1000, charged: max(count, rule.atLeast) * 1000)
        case .fact(let name, let over, let otherwise):
            if let fact = situation.fact(name), case .number(let known) = fact.value {
                let charged = Self.charged(known, over, rule.atLeast)
                let least = fact.least.map { Self.charged($0, over, rule.atLeast) }
                return Driven(known: known, charged: charged, least: least, evidence: [fact.evidence])
            }
            if let otherwise { return Driven(known: otherwise * 1000, charged: max(otherwise, rule.atLeast) * 1000) }
            guard let unknown = rule.unknown else { return nil }
            ask(writer.text(unknown.question), rule.id, effect: unknown.effect.map { writer.text($0) })
            return unknown.presumed.map {
                Driven(known: $0 * 1000, charged: Self.charged($0 * 1000, over, rule.atLeast), isPresumed: true)
            }
        }
    }

    /// What is above the free part; where there is any, at least the smallest quantity that is charged.
    private static func charged(_ known: Int, _ over: Int, _ atLeast: Int) -> Int {
        let counted = max(0, known - over * 1000)
        return counted == 0 ? 0 : max(counted, atLeast * 1000)
    }

    private func unit(of service: Service, _ quantity: Int) -> String {
        (quantity == 1000 ? service.unit : service.units ?? service.unit).text(in: writer.language)
    }

    // MARK: Amount

    /// The tier's price, or the percentage of the one-off lines so far.
    private func unitPrice(_ rule: PriceRule, _ quantity: Int) -> Money? {
        switch rule.price {
        case .tiers(let tiers):
            let tier = tiers.last { $0.from * 1000 <= quantity } ?? tiers.first
            return tier.map { Money(ore: $0.priceOre) }
        case .percentOfOneOff(let percent):
            let base = lines.filter { $0.recurring == nil }.reduce(0) { sum, line in
                sum + Money.divided(line.quantity.thousandths * line.unitPrice.ore, by: 1000)
            }
            return base == 0 ? nil : Money(ore: base).percent(percent)
        }
    }

    /// Quantity times price less discount, to the øre, half away from zero; `nil` beyond the limit.
    private func amount(_ quantity: Int, _ price: Money, discountPercent: Int) -> Money? {
        let (full, isTooMuch) = quantity.multipliedReportingOverflow(by: price.ore)
        guard !isTooMuch, full < Self.limit else { return nil }
        return Money(ore: Money.divided(full * (100 - discountPercent), by: 100_000))
    }

    // MARK: Words

    private func reason(_ rule: PriceRule, _ quantity: Driven) -> String {
        let reason = writer.text(rule.reason, quantity: quantity.charged)
        guard rule.atLeast * 1000 == quantity.charged, quantity.known < quantity.charged else { return reason }
        return reason + say("; der regnes mindst \(rule.atLeast)", "; at least \(rule.atLeast) are charged")
    }

    /// A range is priced at its upper end; says what the lower one would change.
    private mutating func assumeRange(
        _ least: Int, _ quantity: Driven, _ rule: PriceRule, _ service: Service, _ amount: Money, _ percent: Int
    ) {
        guard least < quantity.charged, let words = quantity.evidence.first,
            let lower = least == 0
                ? Money.zero : unitPrice(rule, least).flatMap({ self.amount(least, $0, discountPercent: percent) })
        else { return }
        let language = writer.language
        let number = { Wording.number(thousandths: $0, in: language) }
        let difference = Wording.money(ore: abs(amount.ore - lower.ore), in: language)
        let period =
            switch rule.recurring {
            case .month: say(" pr. måned", " a month")
            case .year: say(" pr. år", " a year")
            case nil: ""
            }
        // The customer reads assumptions: our own people's note is never quoted in them.
        let quoted = words.section == .note ? "" : " (\"\(words.text)\")"
        let change = amount >= lower ? say("mindre", "less") : say("mere", "more")
        assume(
            say(
                "\(service.name.danish): regnet med \(number(quantity.charged))\(quoted); ved \(number(least)) er det \(difference) \(change)\(period).",
                "\(service.name.english): priced for \(number(quantity.charged))\(quoted); at \(number(least)) it is \(difference) \(change)\(period)."
            ))
    }

    private mutating func ask(_ text: String, _ rule: String, effect: String? = nil) {
        guard !questions.contains(where: { $0.text == text }) else { return }
        questions.append(Quote.Question(text: text, effect: effect, rule: rule))
    }

    private mutating func ask(_ text: String, _ rule: PriceRule) { ask(text, rule.id) }

    mutating func assume(_ text: String) {
        if !assumptions.contains(text) { assumptions.append(text) }
    }
}
