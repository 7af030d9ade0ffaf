import Foundation
import Mail
import Quoting
import Rules
import TestSupport
import Testing
import Understanding

/// Tiers, minimums, discounts and rounding: what they cost, and what the line says of it.
@Suite("Prices that explain themselves")
struct ExplainedPriceTests {
    private let instant = Date(timeIntervalSince1970: 1_795_507_931)  // 24 November 2026
    private static let reason = "reason: {da: fordi, en: because}"

    /// Prices `users` of service `a` by a rule with these keys, in Danish.
    private func pricing(
        _ users: Int, _ keys: String..., discount: Int? = nil, terms: String = "rounding: ore", campaigns: String = ""
    ) throws -> Pricing {
        let files = [
            "company.yaml": "name: Us\ncvr: [\"94617308\"]\ndomains: [us.example]\nfrom: leads@us.example\n",
            "services.yaml":
                "services:\n  - {code: a, name: {da: A, en: A}, unit: {da: bruger, en: user}, units: {da: brugere, en: users}, driver: users}\n",
            "facts.yaml":
                "facts:\n  - {name: users, kind: number, words: {da: [brugere]}}\n  - {name: discount, kind: percent, words: {da: [giv]}}\n",
            "recommendations.yaml": "recommendations: []\n",
            "pricing.yaml":
                "terms: {\(terms), discount_fact: discount, discount_limit_percent: 10}\nprices:\n  - {id: p, service: a, \((keys + [Self.reason]).joined(separator: ", "))}\n"
                + campaigns,
        ]
        let rules = try RuleSet(files.map { RuleFile(name: $0.key, text: $0.value) })
        let words = { (section: Evidence.Section) in
            Evidence(part: "text/plain", section: section, text: "ord", offset: 0, length: 3)
        }
        var facts = [
            Fact(name: "service.a", value: .flag(true), evidence: words(.text)),
            Fact(name: "users", value: .number(thousandths: users * 1000), evidence: words(.text)),
        ]
        if let discount {
            facts.append(Fact(name: "discount", value: .number(thousandths: discount * 1000), evidence: words(.note)))
        }
        let letter = try Letter(Array("From: m@kunde.example\nSubject: Pris\n\nHej\n".utf8), reading: ReadingOptions())
        return Pricing(
            Dossier(letter: letter, link: LinkDecision(status: .none), facts: facts), rules: rules, at: instant)
    }

    private func line(
        _ users: Int, _ keys: String..., discount: Int? = nil, terms: String = "rounding: ore", campaigns: String = ""
    ) throws -> Quote.Line {
        let key = keys.joined(separator: ", ")
        let pricing = try pricing(users, key, discount: discount, terms: terms, campaigns: campaigns)
        return try #require(pricing.quote?.lines.first)
    }

    private static let tiers = "tiers: [{from: 0, price: 149}, {from: 11, price: 129}, {from: 26, price: 125}]"

    @Test("a tier is named, and the smaller quantity that costs more as well")
    func tier() throws {
        #expect(try line(10, Self.tiers).reason == "fordi")
        #expect(
            try line(11, Self.tiers).reason == "fordi; trinpris fra 11 brugere (10 brugere koster mere: 1.490,00 kr.)")
        #expect(try line(12, Self.tiers).reason == "fordi; trinpris fra 11 brugere")
    }

    @Test("the smallest quantity is charged and said")
    func leastQuantity() throws {
        let line = try line(2, "price: 100", "at_least: 3")
        #expect(line.quantity == Quantity(3) && line.amount == Money(ore: 30_000))
        #expect(line.reason == "fordi; mindst 3 brugere regnes")
        #expect(try self.line(3, "price: 100", "at_least: 3").reason == "fordi")
    }

    @Test("the smallest amount is a line of its own kind, whose words say what it stands in for")
    func leastAmount() throws {
        let line = try line(2, "price: 100", "at_least_amount: 250.50")
        #expect(line.quantity == Quantity(1) && line.unitPrice == Money(ore: 25_050) && line.unit == "mindstebeløb")
        #expect(line.amount == Money(ore: 25_050))
        #expect(line.reason == "fordi; mindstebeløb: 2 brugere à 100,00 kr. er 200,00 kr.")
        #expect(try self.line(3, "price: 100", "at_least_amount: 250.50").amount == Money(ore: 30_000))
        // A discount does not get below it.
        let reduced = try self.line(3, "price: 100", "at_least_amount: 280", discount: 10)
        #expect(reduced.amount == Money(ore: 28_000) && reduced.discountPercent == 0)
        #expect(reduced.reason.hasSuffix("3 brugere à 100,00 kr. med 10 % rabat er 270,00 kr."))
    }

    @Test("a volume discount is given from its quantity on, and said")
    func volume() throws {
        let keys = "price: 100, volume_discounts: [{from: 5, percent: 10}, {from: 20, percent: 15}]"
        #expect(try line(4, keys).discountPercent == 0)
        let line = try line(5, keys)
        #expect(line.discountPercent == 10 && line.discountRule == "p" && line.amount == Money(ore: 45_000))
        #expect(line.reason == "fordi; mængderabat 10 % fra 5 brugere")
        #expect(try self.line(20, keys).discountPercent == 15)
    }

    private static func campaign(_ percent: Int, _ more: String = "") -> String {
        "campaigns: [{id: c, name: {da: Julekampagne, en: Christmas}, percent: \(percent), from: 2026-11-24, to: 2026-11-24\(more)}]\n"
    }

    @Test("a campaign counts on its days, for its services and kind of line")
    func campaign() throws {
        let line = try line(2, "price: 100", campaigns: Self.campaign(7))
        #expect(line.discountPercent == 7 && line.discountRule == "c" && line.amount == Money(ore: 18_600))
        #expect(line.reason == "fordi; Julekampagne (7 %)")
        #expect(try self.line(2, "price: 100", "recurring: month", campaigns: Self.campaign(7)).discountPercent == 0)
        let all = Self.campaign(7, ", on: all")
        #expect(try self.line(2, "price: 100", "recurring: month", campaigns: all).discountPercent == 7)
        let declined = Self.campaign(7, ", when: {fact: users, at_least: 3}")
        #expect(try self.line(2, "price: 100", campaigns: declined).discountPercent == 0)
        let over = Self.campaign(7).replacing("to: 2026-11-24", with: "to: 2026-11-23").replacing(
            "from: 2026-11-24", with: "from: 2026-11-23")
        #expect(try self.line(2, "price: 100", campaigns: over).discountPercent == 0)
        #expect(try self.line(2, "price: 100", "discountable: no", campaigns: Self.campaign(7)).discountPercent == 0)
    }

    @Test(
        "of note and campaign the larger counts alone, and the line says so",
        arguments: [(5, 8, 8), (8, 5, 8), (8, 8, 8)])
    func largest(_ note: Int, _ campaign: Int, _ percent: Int) throws {
        let line = try line(1, "price: 100", discount: note, campaigns: Self.campaign(campaign))
        #expect(line.discountPercent == percent)
        #expect(line.discountRule == (campaign >= note ? "c" : nil))
        let isTold = line.reason.contains("den største rabat tæller alene, ikke Julekampagne (5 %)")
        #expect(isTold == (note > campaign))
        #expect(line.evidence.contains { $0.section == .note } == (note > campaign))
    }

    @Test(
        "lines are rounded half away from zero to what the terms say, and VAT to the øre",
        arguments: [("ore", 3, "0.50", 150, 38), ("krone", 3, "0.50", 200, 50), ("krone", 1, "0.49", 0, 0)])
    func rounding(_ rounding: String, _ users: Int, _ price: String, _ amount: Int, _ vat: Int) throws {
        let quote = try #require(try pricing(users, "price: \(price)", terms: "rounding: \(rounding)").quote)
        #expect(quote.lines[0].amount == Money(ore: amount) && quote.vat == Money(ore: vat))
    }
}
