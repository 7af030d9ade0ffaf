extension PriceRule {
    private static let quantities = 0...10_000_000

    /// `catalogue`: services by code, whose prices and drivers hold where the rule names none.
    init(_ fields: inout Fields, catalogue: [String: Service]) {
        id = fields.text("id")
        let code = fields.reference("service", to: .service)
        service = code
        let sold = catalogue[code]
        when = fields.condition("when") ?? .service(code)
        name = fields.optionalPhrase("name")
        recurring = fields.choice("recurring", Recurrence.self)
        driver = Self.driver(&fields, sold)
        let (price, usesBase) = Self.price(&fields, base: sold?.prices[recurring])
        (self.price, usesBasePrice) = (price, usesBase)
        atLeast = fields.integer("at_least", in: Self.quantities) ?? 0
        leastAmountOre = fields.amount("at_least_amount")
        volumeDiscounts = Self.volumeDiscounts(&fields)
        isDiscountable = fields.yesOrNo("discountable") ?? true
        reason = fields.phrase("reason")
        var guarantee = when.guarantee
        guarantee.quantity = true
        if case .fact(let fact, _, otherwise: nil) = driver { guarantee.facts.insert(fact) }
        fields.guarantee(guarantee)
        check(&fields)
    }

    /// A quantity of the rule's own is always the same; with `quantity_of` it stands in for an unknown fact.
    private static func driver(_ fields: inout Fields, _ sold: Service?) -> Driver {
        let quantity = fields.integer("quantity", in: 1...1_000_000)
        let own = fields.optionalReference("quantity_of", to: .fact, need: [.number])
        let over = fields.integer("over", in: quantities)
        let driver: Driver =
            if let own {
                .fact(own, over: over ?? 0, otherwise: quantity)
            } else if let quantity {
                .fixed(quantity)
            } else if let fact = sold?.driver {
                .fact(fact, over: over ?? 0, otherwise: sold?.presumed)
            } else {
                .fixed(1)
            }
        if case .fixed = driver, over != nil {
            fields.faults.add(
                "over: the quantity comes from no fact that it could be taken off", at: fields.value("over"))
        }
        return driver
    }

    private static func price(_ fields: inout Fields, base: Int?) -> (Price, usesBase: Bool) {
        let faults = fields.faults
        let ways = ["price", "tiers", "percent_of_one_off"].filter { fields.value($0) != nil }
        let ore = fields.amount("price")
        let percent = fields.integer("percent_of_one_off", in: 1...100)
        let steps = tiers(&fields)
        switch ways {
        case ["price"]: return (.tiers([Tier(from: 0, priceOre: ore ?? 0)]), false)
        case ["percent_of_one_off"]: return (.percentOfOneOff(percent ?? 1), false)
        case ["tiers"]:
            guard let first = steps.first, first.from > 1 else { return (.tiers(steps), false) }
            if let base { return (.tiers([Tier(from: 0, priceOre: base)] + steps), true) }
            faults.add("tiers: the service has no price for what is below the first", at: fields.value("tiers"))
            return (.tiers(steps), false)
        case []:
            if let base { return (.tiers([Tier(from: 0, priceOre: base)]), true) }
            faults.add(
                "price is missing: an amount in kroner, tiers or percent_of_one_off here, or prices of the service",
                at: fields.node)
            return (.tiers([]), false)
        default:
            faults.add("expected only one of price, tiers, percent_of_one_off", at: fields.node)
            return (.tiers([]), false)
        }
    }

    private static func tiers(_ fields: inout Fields) -> [Tier] {
        var last = -1
        return fields.items("tiers") { item in
            let tier = Tier(from: item.required("from", in: quantities), priceOre: item.amount("price") ?? 0)
            if item.value("price", required: true) == nil { return nil }
            if tier.from <= last { item.faults.add("from: expected more than \(last)", at: item.value("from")) }
            last = tier.from
            return tier
        }
    }

    private static func volumeDiscounts(_ fields: inout Fields) -> [VolumeDiscount] {
        var last = 0
        return fields.items("volume_discounts") { item in
            let step = VolumeDiscount(
                from: item.required("from", in: quantities), percent: item.required("percent", in: 1...100))
            if step.from <= last { item.faults.add("from: expected more than \(last)", at: item.value("from")) }
            last = step.from
            return step
        }
    }

    // MARK: What cannot be meant

    private func check(_ fields: inout Fields) {
        let faults = fields.faults
        if when.parts.contains(.declined(service)) {
            faults.add("when: it charges \(service) where that is turned down", at: fields.value("when"))
        }
        checkReach(&fields)
        checkSize(&fields)
    }

    /// Tiers that no quantity gets to.
    private func checkReach(_ fields: inout Fields) {
        guard case .tiers(let tiers) = price, fields.value("tiers") != nil else { return }
        let (least, most) = bounds
        let nodes = fields.list("tiers")
        let offset = tiers.count - nodes.count
        for (index, tier) in tiers.enumerated() {
            let isPassed = tiers.indices.contains(index + 1) && tiers[index + 1].from <= least
            guard isPassed || tier.from > most else { continue }
            let node = nodes.indices.contains(index - offset) ? nodes[index - offset] : fields.value("tiers")
            fields.faults.add(
                "tiers: nothing gets to the one from \(tier.from), since "
                    + (isPassed ? "at least \(least) are charged" : "the quantity is \(most)"), at: node)
        }
    }

    /// The quantities that can be charged.
    private var bounds: (least: Int, most: Int) {
        if case .fixed(let count) = driver { return (max(count, atLeast), max(count, atLeast)) }
        return (atLeast, .max)
    }

    /// What is charged at least must be an amount that a quote can hold.
    private func checkSize(_ fields: inout Fields) {
        guard case .tiers(let tiers) = price, let highest = tiers.map(\.priceOre).max() else { return }
        let (amount, overflows) = max(1, bounds.least).multipliedReportingOverflow(by: highest)
        guard overflows || amount > Fields.amounts.upperBound else { return }
        fields.faults.add(
            "the smallest quantity times the price is more than a thousand million kroner", at: fields.node)
    }
}
