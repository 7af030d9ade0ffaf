import Mail
import Rules
import Understanding

/// Applies price rules to a dossier, one after the other.
struct Calculation {
    private(set) var lines: [Quote.Line] = []
    private(set) var questions: [Quote.Question] = []
    private(set) var assumptions: [String] = []
    private let dossier: Dossier
    private let rules: RuleSet
    private let situation: Situation
    private let language: MailLanguage
    private var discountPercent = 0
    private var discountEvidence: [Evidence] = []

    /// Amounts of one line at most, so that no sum of lines can overflow.
    private static let amountLimit = 1_000_000_000_000_00

    init(_ dossier: Dossier, rules: RuleSet) {
        self.dossier = dossier
        self.rules = rules
        situation = Situation(dossier)
        language = MailLanguage(letter: dossier.letter.language)
        readDiscount()
    }

    /// The discount that our own people asked for: given within the limit, above it left to a person.
    private mutating func readDiscount() {
        guard let name = rules.terms.discountFact, let fact = situation.fact(name), fact.evidence.section == .note,
            case .number(let thousandths) = fact.value, thousandths > 0, thousandths % 1000 == 0
        else { return }
        let percent = thousandths / 1000
        guard percent <= rules.terms.discountLimitPercent else {
            let limit = rules.terms.discountLimitPercent
            assumptions.append(
                language == .danish
                    ? "Rabat på \(percent) % kræver godkendelse (grænsen er \(limit) %) og er ikke regnet med."
                    : "A discount of \(percent) % needs approval (the limit is \(limit) %) and is not included.")
            return
        }
        discountPercent = percent
        discountEvidence = [fact.evidence]
    }

    mutating func apply(_ rule: PriceRule) {
        guard let evidence = situation.evidence(for: rule.when), let service = rules.service(rule.service) else {
            return
        }
        guard let (quantity, words, isPresumed) = quantity(of: rule) else { return }
        guard quantity.thousandths > 0, let price = rule.tiers.last(where: { $0.from * 1000 <= quantity.thousandths })
        else {
            return
        }
        let discount = rule.recurring == nil ? discountPercent : 0
        let (full, isTooMuch) = quantity.thousandths.multipliedReportingOverflow(by: price.priceOre)
        guard !isTooMuch, full < Self.amountLimit else {
            ask(
                language == .danish
                    ? "Mængden er usædvanlig stor: er den rigtig?" : "The quantity is unusually large: is it right?",
                rule)
            return
        }
        let amount = Money.divided(full * (100 - discount), by: 100_000)
        if isPresumed, let presumption = rule.unknown?.presumption { assumptions.append(fill(presumption)) }
        if let presumes = service.presumes { assume(fill(presumes)) }
        lines.append(
            Quote.Line(
                position: lines.count + 1, code: service.code,
                description: (rule.name ?? service.name).text(in: language),
                quantity: quantity, unit: (rule.unit ?? service.unit).text(in: language),
                unitPrice: Money(ore: price.priceOre), discountPercent: discount, amount: Money(ore: amount),
                recurring: rule.recurring.map { $0 == .month ? .month : .year }, rule: rule.id,
                reason: fill(rule.reason),
                evidence: unique(evidence + words + (discount > 0 ? discountEvidence : []))))
    }

    /// The quantity, the words it comes from, and whether it is presumed.
    ///
    /// Asks when it is not known.
    private mutating func quantity(of rule: PriceRule) -> (Quantity, [Evidence], Bool)? {
        switch rule.driver {
        case .fixed(let thousandths): return (Quantity(thousandths: thousandths), [], false)
        case .fact(let name, let over):
            if let fact = situation.fact(name), case .number(let thousandths) = fact.value {
                return (Quantity(thousandths: max(0, thousandths - over * 1000)), [fact.evidence], false)
            }
            guard let unknown = rule.unknown else { return nil }
            ask(fill(unknown.question), rule, effect: unknown.effect.map(fill))
            return unknown.presumed.map { (Quantity(max(0, $0 - over)), [], true) }
        }
    }

    private mutating func ask(_ text: String, _ rule: PriceRule, effect: String? = nil) {
        guard !questions.contains(where: { $0.text == text }) else { return }
        questions.append(Quote.Question(text: text, effect: effect, rule: rule.id))
    }

    private mutating func assume(_ text: String) {
        if !assumptions.contains(text) { assumptions.append(text) }
    }

    private func fill(_ phrase: Phrase) -> String {
        Placeholders.fill(phrase.text(in: language), dossier: dossier, situation: situation, language: language)
    }

    private func unique(_ evidence: [Evidence]) -> [Evidence] {
        evidence.enumerated().filter { !evidence[..<$0.offset].contains($0.element) }.map(\.element)
    }
}
