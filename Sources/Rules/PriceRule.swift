import Yams

/// A line of the quote and how it is priced (`pricing.yaml`).
package struct PriceRule: Hashable, Sendable {
    package enum Recurrence: String, Sendable, CaseIterable { case month, year }

    /// What the quantity comes from.
    package enum Driver: Hashable, Sendable {
        /// A number that is always the same.
        case fixed(Int)
        /// The number of a fact; what is above `over` only, or all; `otherwise` when the fact is unknown.
        case fact(String, over: Int, otherwise: Int?)
    }

    /// What a unit costs.
    package enum Price: Hashable, Sendable {
        /// From which quantity on a unit costs how much; the first holds from the smallest quantity on.
        case tiers([Tier])
        /// A surcharge: a percentage of the one-off lines above it, before discount.
        case percentOfOneOff(Int)
    }

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
    /// Instead of the service's.
    package var name: Phrase?
    package var price: Price
    package var recurring: Recurrence?
    package var driver: Driver
    /// The smallest quantity that is charged.
    package var atLeast: Int
    /// Whether a discount from our own people's note counts on it; recurring lines are never discounted.
    package var isDiscountable: Bool
    package var unknown: Unknown?
    package var reason: Phrase

    private static let quantities = 0...10_000_000

    init(_ fields: inout Fields) {
        id = fields.text("id")
        let service = fields.reference("service", to: .service)
        self.service = service
        let faults = fields.faults
        when = fields.value("when").map { Condition($0, faults) } ?? .service(service)
        name = fields.optionalPhrase("name")
        recurring = fields.choice("recurring", Recurrence.self)
        let quantity = fields.integer("quantity", in: 1...1_000_000)
        if let fact = fields.optionalReference("quantity_of", to: .fact) {
            driver = .fact(fact, over: fields.integer("over", in: Self.quantities) ?? 0, otherwise: quantity)
        } else {
            driver = .fixed(quantity ?? 1)
        }
        price = Self.price(&fields)
        atLeast = fields.integer("at_least", in: Self.quantities) ?? 0
        isDiscountable = fields.yesOrNo("discountable") ?? true
        unknown = fields.value("unknown").map { Unknown($0, faults) }
        reason = fields.phrase("reason")
    }

    private static func price(_ fields: inout Fields) -> Price {
        let ways = ["price", "tiers", "percent_of_one_off"].filter { fields.value($0) != nil }
        guard ways.count == 1 else {
            fields.faults.add(
                ways.isEmpty
                    ? "price is missing (an amount in kroner, tiers, or percent_of_one_off)"
                    : "expected only one of price, tiers, percent_of_one_off", at: fields.node)
            return .tiers([])
        }
        if let percent = fields.integer("percent_of_one_off", in: 1...100) { return .percentOfOneOff(percent) }
        if let ore = fields.amount("price") { return .tiers([Tier(from: 0, priceOre: ore)]) }
        return .tiers(tiers(&fields))
    }

    private static func tiers(_ fields: inout Fields) -> [Tier] {
        let faults = fields.faults
        var last = -1
        return fields.items("tiers") { item in
            let tier = Tier(from: item.integer("from", in: quantities) ?? 0, priceOre: item.amount("price") ?? 0)
            if last == -1, tier.from > 1 { faults.add("from: the first tier must begin at 0", at: item.value("from")) }
            if tier.from <= last { faults.add("from: expected more than \(last)", at: item.value("from")) }
            if item.value("price", required: true) != nil { last = tier.from }
            return tier
        }
    }
}

extension PriceRule.Unknown {
    fileprivate init(_ node: Node, _ faults: FaultList) {
        var fields = Fields(node, faults)
        question = fields.phrase("question")
        effect = fields.optionalPhrase("effect")
        presumed = fields.integer("presumed", in: 1...1_000_000)
        presumption = fields.optionalPhrase("presumption")
        fields.finish()
    }
}
