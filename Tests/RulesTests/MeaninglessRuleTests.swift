import Testing

@testable import Rules

/// What is written correctly and cannot be meant.
@Suite("Rules that cannot be meant")
struct MeaninglessRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var text: String
        var fault: String
        var testDescription: String { fault }
    }

    private static let text = "reason: {da: x, en: x}"
    private static let texts = "action: {da: x, en: x}"

    @Test(
        "conditions",
        arguments: [
            Case(
                file: "pricing.yaml",
                text: SmallRules.price("price: 1", "when: {all: [{service: a}, {declined: a}]}", text),
                fault: "pricing.yaml:6:11: when: it can never hold: a cannot be asked for and turned down"),
            Case(
                file: "pricing.yaml", text: SmallRules.price("price: 1", "when: {declined: a}", text),
                fault: "pricing.yaml:6:11: when: it charges a where that is turned down"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {all: [{fact: users}, {not: {fact: users}}]}", texts, text),
                fault: "recommendations.yaml:4:11: when: it can never hold: it asks for something and denies it"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice(
                    "when: {all: [{fact: users, at_least: 10}, {any: [{fact: users, at_most: 9}, {linked: yes, x: 1}]}]}",
                    texts, text),
                fault: "recommendations.yaml:4:"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {fact: users, at_least: 10, at_most: 9.999}", texts, text),
                fault: "users cannot be at least and at most that"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {all: [{linked: yes}, {all: [{linked: no}]}]}", texts, text),
                fault: "it asks for yes and no"),
            Case(
                file: "recommendations.yaml", text: SmallRules.advice("when: {any: []}", texts, text),
                fault: "any: expected at least one condition"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {fact: urgent, at_least: 1}", texts, text),
                fault: "recommendations.yaml:4:36: at_least: urgent is a flag, expected a number or money or percent"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {fact: users, within_days: 5}", texts, text),
                fault: "within_days: users is a number, expected a day"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {fact: hosting, is: servr}", texts, text),
                fault: "is: hosting is never servr, expected one of server (did you mean server?)"),
            Case(
                file: "recommendations.yaml", text: SmallRules.advice("when: {fact: users, is: many}", texts, text),
                fault: "is: users is a number, expected a choice"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {service: a}", "due_before: users", texts, text),
                fault: "recommendations.yaml:5:17: due_before: users is a number, expected a day"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice(
                    "when: " + String(repeating: "{not: ", count: 12) + "{service: a}"
                        + String(repeating: "}", count: 12),
                    texts, text),
                fault: "expected conditions at most 10 deep"),
        ])
    func conditions(_ fixture: Case) { expect(fixture) }

    @Test(
        "services and prices",
        arguments: [
            Case(
                file: "services.yaml",
                text: (SmallRules.files["services.yaml"] ?? "")
                    + "  - {code: b, name: {da: B, en: B}, unit: {da: b, en: b}}\n",
                fault: "services.yaml:6:12: no rule of pricing.yaml charges b: whoever asks for it gets no price"),
            Case(
                file: "services.yaml", text: SmallRules.service("prices: {month: 5}"),
                fault: "services.yaml:2:11: prices: no rule of pricing.yaml charges the one for month"),
            Case(
                file: "services.yaml", text: SmallRules.service("presumed: 2"),
                fault: "services.yaml:6:15: presumed: there is no driver whose number it stands in for"),
            Case(
                file: "services.yaml", text: SmallRules.service("driver: urgent"),
                fault: "driver: urgent is a flag, expected a number"),
            Case(
                file: "services.yaml", text: SmallRules.service("asks: [{id: q, question: {da: x, en: x}}]"),
                fault: "without when it is asked while the driver is unknown, and there is no driver"),
            Case(
                file: "pricing.yaml", text: SmallRules.price(text),
                fault: "pricing.yaml:3:5: price is missing: an amount in kroner, tiers or percent_of_one_off here"),
            Case(
                file: "pricing.yaml", text: SmallRules.price("tiers: [{from: 5, price: 1}]", text),
                fault: "tiers: the service has no price for what is below the first"),
            Case(
                file: "pricing.yaml",
                text: SmallRules.price(
                    "quantity_of: users", "at_least: 12", "tiers: [{from: 0, price: 9}, {from: 11, price: 8}]", text),
                fault: "pricing.yaml:7:13: tiers: nothing gets to the one from 0, since at least 12 are charged"),
            Case(
                file: "pricing.yaml",
                text: SmallRules.price("quantity: 3", "tiers: [{from: 0, price: 9}, {from: 11, price: 8}]", text),
                fault: "pricing.yaml:6:34: tiers: nothing gets to the one from 11, since the quantity is 3"),
            Case(
                file: "pricing.yaml", text: SmallRules.price("price: 1", "over: 3", text),
                fault: "over: the quantity comes from no fact that it could be taken off"),
            Case(
                file: "pricing.yaml",
                text: SmallRules.price("price: 1000000", "quantity_of: users", "at_least: 1001", text),
                fault: "the smallest quantity times the price is more than a thousand million kroner"),
            Case(
                file: "pricing.yaml", text: SmallRules.price("price: -9223372036854775808", text),
                fault: "price: expected an amount in kroner"),
            Case(
                file: "pricing.yaml", text: SmallRules.price("price: 1.+5", text),
                fault: "price: expected an amount in kroner"),
            Case(
                file: "pricing.yaml", text: SmallRules.price("price: 1", text, terms: "{deadline_fact: users}"),
                fault: "pricing.yaml:1:24: deadline_fact: users is a number, expected a day"),
            Case(
                file: "pricing.yaml",
                text: SmallRules.price("price: 1", text)
                    + "campaigns:\n  - {id: c, name: {da: x, en: x}, percent: 5, from: 2027-02-01, to: 2027-01-01}\n",
                fault: "to: expected 2027-02-01 or later"),
        ])
    func prices(_ fixture: Case) { expect(fixture) }

    @Test(
        "words without a value",
        arguments: [
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {service: a}", "action: {da: \"{users} x\", en: x}", text),
                fault: "recommendations.yaml:5:18: {users} may have no value here"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice(
                    "when: {any: [{fact: users}, {fact: urgent}]}", "action: {da: \"{users} x\", en: x}", text),
                fault: "{users} may have no value here"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {service: a}", "action: {da: \"{order_by}\", en: x}", text),
                fault: "{order_by} may have no value here"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {service: a}", "action: {da: \"{quantity}\", en: x}", text),
                fault: "{quantity} may have no value here"),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {service: a}", "action: {da: \"{price:p:x}\", en: x}", text),
                fault: "expected {fact}, {fact|other words}, {price:RULE} or {price:RULE:QUANTITY}"),
            Case(
                file: "services.yaml",
                text: SmallRules.service(
                    "asks: [{id: q, when: {not: {fact: users}}, question: {da: x, en: x}, effect: {da: \"{price:pp}\", en: x}}]"
                ), fault: "there is no price pp (did you mean p?)"),
        ])
    func words(_ fixture: Case) { expect(fixture) }

    @Test(
        "words that have a value, or say what is written without one, are right",
        arguments: [
            (
                "recommendations.yaml",
                SmallRules.advice("when: {all: [{fact: users}]}", "action: {da: \"{users}\", en: x}", text)
            ),
            (
                "recommendations.yaml",
                SmallRules.advice("when: {service: a}", "action: {da: \"{users|alle}\", en: x}", text)
            ),
            (
                "recommendations.yaml",
                SmallRules.advice("when: {service: a}", "action: {da: \"{customer}\", en: x}", text)
            ),
            (
                "recommendations.yaml",
                SmallRules.advice(
                    "when: {any: [{fact: users, at_least: 2}, {all: [{fact: users}, {linked: no}]}]}",
                    "action: {da: \"{users}\", en: x}", text)
            ),
            (
                "pricing.yaml",
                SmallRules.price("price: 1", "quantity_of: users", "reason: {da: \"{users} {quantity}\", en: x}")
            ),
            ("services.yaml", SmallRules.service("includes: {da: \"{price:p}\", en: \"{price:p:3}\"}")),
        ])
    func sound(_ file: String, _ text: String) { #expect(SmallRules.faults(file, text) == "") }

    @Test("the base price of a service holds below the first tier, and for a rule that names none")
    func basePrice() throws {
        let rules = try SmallRules.load([
            "services.yaml": SmallRules.service("prices: {once: 7, month: 3}", "driver: users"),
            "pricing.yaml": SmallRules.price("tiers: [{from: 5, price: 6}]", Self.text)
                + "  - {id: q, service: a, recurring: month, quantity: 1, reason: {da: x, en: x}}\n",
        ])
        #expect(
            rules.prices.map(\.price) == [
                .tiers([.init(from: 0, priceOre: 700), .init(from: 5, priceOre: 600)]),
                .tiers([.init(from: 0, priceOre: 300)]),
            ])
        #expect(rules.prices.map(\.driver) == [.fact("users", over: 0, otherwise: nil), .fixed(1)])
    }

    @Test("a campaign that is over and a number that nobody is asked for are worth a look, and no faults")
    func warnings() throws {
        let campaign = "campaigns:\n  - {id: c, name: {da: x, en: x}, percent: 5, from: 2027-01-01, to: 2027-02-01}\n"
        let rules = try SmallRules.load([
            "services.yaml": SmallRules.service("driver: users"),
            "pricing.yaml": SmallRules.price("price: 1", Self.text) + campaign,
        ])
        let unasked = "pricing.yaml:3:9: nobody is asked for users when it is unknown"
        let last = try #require(CalendarDay(iso: "2027-02-01"))
        let before = rules.warnings(on: last).map(\.description)
        #expect(before.count == 1 && before[0].hasPrefix(unasked))
        let behind = rules.warnings(on: last.advanced(byDays: 1)).map(\.description)
        #expect(behind.count == 2 && behind[0] == "pricing.yaml:8:10: the campaign c ended on 2027-02-01", "\(behind)")
    }

    @Test("faults come by file and line")
    func order() {
        let error = #expect(throws: RuleFaults.self) {
            try SmallRules.load([
                "services.yaml": SmallRules.service("driver: urgent", "colour: red"),
                "company.yaml": "name: Us\n",
                "pricing.yaml": SmallRules.price("price: x", "at_least: y", "when: {service: b}", Self.text),
            ])
        }
        let places = (error?.faults ?? []).map { [$0.file, String(1000 + $0.line)] }
        #expect(places.count > 6 && places == places.sorted { $0.lexicographicallyPrecedes($1) }, "\(places)")
    }

    private func expect(_ fixture: Case) {
        let said = SmallRules.faults(fixture.file, fixture.text)
        #expect(said.contains(fixture.fault), "\(said)")
    }
}
