/// What holds for every quote (`pricing.yaml`, `terms`).
package struct QuoteTerms: Hashable, Sendable {
    /// What the amount of a line is rounded to, half away from zero; VAT is always to the øre.
    package enum Rounding: String, Sendable, CaseIterable {
        case ore, krone

        /// In øre.
        package var step: Int { self == .ore ? 1 : 100 }
    }

    package var vatPercent: Int
    package var rounding: Rounding
    package var validDays: Int
    /// Highest discount that a salesperson may give without approval.
    package var discountLimitPercent: Int
    /// Fact that holds the discount our own people asked for; on one-off lines only.
    package var discountFact: String?
    /// Fact that holds the day from which it must run, and the weeks between order and that day.
    package var deadlineFact: String?
    package var deliveryWeeks: Int

    init(_ fields: inout Fields) {
        vatPercent = fields.integer("vat_percent", in: 0...100) ?? 25
        rounding = fields.choice("rounding", Rounding.self) ?? .ore
        validDays = fields.integer("valid_days", in: 1...365) ?? 30
        discountLimitPercent = fields.integer("discount_limit_percent", in: 0...100) ?? 0
        discountFact = fields.optionalReference("discount_fact", to: .fact, need: [.percent])
        deadlineFact = fields.optionalReference("deadline_fact", to: .fact, need: [.day])
        deliveryWeeks = fields.integer("delivery_weeks", in: 0...104) ?? 0
    }
}
