/// Advice and when it is given (`recommendations.yaml`).
package struct RecommendationRule: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable { case process, step }

    package var id: String
    package var kind: Kind
    package var when: Condition
    /// May hold `{fact}` for the value of a fact and `{customer}` for the contact's name.
    package var action: Phrase
    package var reason: Phrase
    /// 1 is most urgent.
    package var priority: Int
    /// For a step: workdays from the day of the mail.
    package var dueInWorkdays: Int?
    /// For a step: the last workday before a day that the letter names; wins over `dueInWorkdays`.
    package var dueBefore: String?

    init(_ fields: inout Fields) {
        let nothing = Phrase(danish: "", english: "")
        id = fields.text("id")
        kind = fields.choice("kind", Kind.self) ?? .step
        when = fields.value("when").map { [faults = fields.faults] in Condition($0, faults) } ?? .always
        action = fields.phrase("action") ?? nothing
        reason = fields.phrase("reason") ?? nothing
        priority = fields.integer("priority", in: 1...9) ?? 5
        dueInWorkdays = fields.integer("due_in_workdays", in: 0...250)
        dueBefore = fields.optionalText("due_before")
        fields.finish()
    }
}

/// A line of the quote and how it is priced (`pricing.yaml`).
package struct PriceRule: Hashable, Sendable {
    package enum Recurrence: String, Sendable, CaseIterable { case month, year }

    /// What the quantity comes from.
    package enum Driver: Hashable, Sendable {
        /// A number that is always the same.
        case fixed(thousandths: Int)
        /// The number of a fact; what is above `over` only, or all.
        case fact(String, over: Int)
    }

    /// From which quantity on a unit costs how much.
    package struct Tier: Hashable, Sendable {
        package var from: Int
        package var priceOre: Int
    }

    /// Asked when the driver is not known.
    package struct Unknown: Hashable, Sendable {
        package var question: Phrase
        /// What the answer changes in money.
        package var effect: Phrase?
        /// Quantity that is presumed meanwhile; without one there is no line.
        package var presumed: Int?
        package var presumption: Phrase?
    }

    package var id: String
    package var service: String
    package var when: Condition
    package var name: Phrase?
    package var unit: Phrase?
    package var tiers: [Tier]
    package var recurring: Recurrence?
    package var driver: Driver
    package var unknown: Unknown?
    package var reason: Phrase

    init(_ fields: inout Fields) {
        id = fields.text("id")
        service = fields.text("service")
        let faults = fields.faults
        when = fields.value("when").map { Condition($0, faults) } ?? .service(service)
        name = fields.phrase("name", required: false)
        unit = fields.phrase("unit", required: false)
        recurring = fields.choice("recurring", Recurrence.self)
        if let fact = fields.optionalText("quantity_of") {
            driver = .fact(fact, over: fields.integer("over", in: 0...10_000_000) ?? 0)
        } else {
            driver = .fixed(thousandths: (fields.integer("quantity", in: 1...1_000_000) ?? 1) * 1000)
        }
        if let price = fields.amount("price") {
            tiers = [Tier(from: 0, priceOre: price)]
        } else {
            tiers = fields.list("tiers").map { item in
                var tier = Fields(item, faults)
                defer { tier.finish() }
                return Tier(from: tier.integer("from", in: 0...10_000_000) ?? 0, priceOre: tier.amount("price") ?? 0)
            }.sorted { $0.from < $1.from }
            if tiers.isEmpty { faults.add("price is missing (an amount in kroner, or tiers)", at: fields.node) }
        }
        unknown = fields.value("unknown").map { node in
            var unknown = Fields(node, faults)
            defer { unknown.finish() }
            return Unknown(
                question: unknown.phrase("question") ?? Phrase(danish: "", english: ""),
                effect: unknown.phrase("effect", required: false),
                presumed: unknown.integer("presumed", in: 1...1_000_000),
                presumption: unknown.phrase("presumption", required: false))
        }
        reason = fields.phrase("reason") ?? Phrase(danish: "", english: "")
        fields.finish()
    }
}

/// What holds for every quote (`pricing.yaml`, `terms`).
package struct QuoteTerms: Hashable, Sendable {
    package var vatPercent: Int
    package var validDays: Int
    /// Highest discount that a salesperson may give without approval.
    package var discountLimitPercent: Int
    /// Fact that holds the discount our own people asked for; on one-off lines only.
    package var discountFact: String?

    init(_ fields: inout Fields) {
        vatPercent = fields.integer("vat_percent", in: 0...100) ?? 25
        validDays = fields.integer("valid_days", in: 1...365) ?? 30
        discountLimitPercent = fields.integer("discount_limit_percent", in: 0...100) ?? 0
        discountFact = fields.optionalText("discount_fact")
        fields.finish()
    }
}
