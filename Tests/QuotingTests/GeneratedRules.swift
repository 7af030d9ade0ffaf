import Rules

/// Rule sets that nobody would write, and that the loader takes.
enum GeneratedRules {
    /// Facts that drive quantities.
    static let numbers = ["n0", "n1", "n2"]
    static let services = ["s0", "s1", "s2"]

    static func make(_ random: inout Seeded) throws -> RuleSet {
        let prices = services.indices.flatMap { index in
            (0...random.number(0...1)).map { price("p\(index)\($0)", services[index], &random) }
        }
        let files = [
            "company.yaml": "name: Us\ncvr: [\"94617308\"]\ndomains: [us.example]\nfrom: leads@us.example\n",
            "services.yaml": "services:\n" + services.map { service($0, &random) }.joined(),
            "facts.yaml": "facts:\n"
                + (numbers + ["deadline", "discount"]).map {
                    "  - {name: \($0), kind: \(["deadline": "day", "discount": "percent"][$0] ?? "number"), words: {da: [\($0)]}}\n"
                }.joined(),
            "recommendations.yaml": "recommendations: []\n",
            "pricing.yaml": terms(&random) + "prices:\n" + prices.joined() + campaigns(&random),
        ]
        return try RuleSet(files.map { RuleFile(name: $0.key, text: $0.value) })
    }

    private static func terms(_ random: inout Seeded) -> String {
        """
        terms: {vat_percent: \(random.chance(70) ? 25 : random.number(0...100)), \
        rounding: \(random.chance(60) ? "ore" : "krone"), deadline_fact: deadline, delivery_weeks: 2, \
        discount_fact: discount, discount_limit_percent: \(random.number(0...20))}

        """
    }

    private static func service(_ code: String, _ random: inout Seeded) -> String {
        let driver = random.chance(70) ? ", driver: \(numbers[random.number(0...2)])" : ""
        let presumed = !driver.isEmpty && random.chance(30) ? ", presumed: \(random.number(1...50))" : ""
        let ask = driver.isEmpty ? "" : ", asks: [{id: \(code).ask, question: {da: \(code)?, en: \(code)?}}]"
        return
            "  - {code: \(code), name: {da: \(code), en: \(code)}, unit: {da: stk, en: pc}\(driver)\(presumed)\(ask)}\n"
    }

    private static func price(_ id: String, _ service: String, _ random: inout Seeded) -> String {
        var keys = ["id: \(id)", "service: \(service)", "reason: {da: \(id), en: \(id)}"]
        let atLeast = random.chance(30) ? random.number(0...9) : 0
        if atLeast > 0 { keys.append("at_least: \(atLeast)") }
        if random.chance(40) { keys.append("recurring: \(random.chance(70) ? "month" : "year")") }
        if random.chance(15) { keys.append("discountable: no") }
        if random.chance(20) { keys.append("at_least_amount: \(amount(&random, 3000))") }
        // A tier that nothing gets to is a fault.
        let way = random.number(1...10)
        if way > 5 || random.chance(50) { keys.append("quantity_of: \(numbers[random.number(0...2)])") }
        if random.chance(20) {
            keys.append(
                "volume_discounts: [{from: \(random.number(1...9)), percent: \(random.number(1...60))}, "
                    + "{from: \(random.number(10...90)), percent: \(random.number(1...100))}]")
        }
        switch way {
        case 1: keys.append("percent_of_one_off: \(random.number(1...100))")
        case 2...5: keys.append("price: \(amount(&random, random.chance(90) ? 20_000 : 90_000_000))")
        default:
            // Not even the order of the prices is sensible.
            keys.append(
                "tiers: [{from: 0, price: \(amount(&random, 300))}, "
                    + "{from: \(random.number(10...40)), price: \(amount(&random, 300))}, "
                    + "{from: \(random.number(41...500)), price: \(amount(&random, 300))}]")
        }
        return "  - {\(keys.joined(separator: ", "))}\n"
    }

    private static func campaigns(_ random: inout Seeded) -> String {
        let days = random.chance(80) ? "from: 2026-11-01, to: 2026-12-31" : "from: 2026-01-01, to: 2026-01-31"
        let scope = ["one_off", "recurring", "all"][random.number(0...2)]
        return "campaigns: [{id: c, name: {da: c, en: c}, percent: \(random.number(1...100)), \(days), on: \(scope)}]\n"
    }

    private static func amount(_ random: inout Seeded, _ most: Int) -> String {
        "\(random.number(0...most)).\(String(100 + random.number(0...99)).dropFirst())"
    }
}
