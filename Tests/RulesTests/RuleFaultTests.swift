import Foundation
import Testing

@testable import Rules

@Suite("Faults in rule files")
struct RuleFaultTests {
    /// The smallest rule set that is right.
    private static let sound = [
        "company.yaml": "name: Us\ncvr: [\"94617308\"]\ndomains: [us.example]\nfrom: leads@us.example\n",
        "services.yaml":
            "services:\n  - code: a\n    name: {da: A, en: A}\n    unit: {da: stk., en: piece}\n    words: {da: [a], en: [a]}\n",
        "facts.yaml": "facts:\n  - name: users\n    kind: number\n    words: {da: [brugere], en: [users]}\n",
        "recommendations.yaml":
            "recommendations:\n  - id: r\n    kind: step\n    when: {service: a}\n    action: {da: Gør, en: Do}\n    reason: {da: x, en: x}\n",
        "pricing.yaml":
            "terms: {vat_percent: 25}\nprices:\n  - id: p\n    service: a\n    price: 10.50\n    reason: {da: x, en: x}\n",
    ]

    private func load(_ changes: [String: String], without missing: String? = nil) throws(RuleFaults) -> RuleSet {
        let files = Self.sound.merging(changes) { $1 }.filter { $0.key != missing }
        return try RuleSet(files.map { RuleFile(name: $0.key, text: $0.value) })
    }

    @Test("a sound rule set has none, and its hash follows its content alone")
    func sound() throws {
        let rules = try load([:])
        #expect(
            rules.services.count == 1 && rules.prices.first?.price == .tiers([PriceRule.Tier(from: 0, priceOre: 1050)]))
        #expect(try load([:]).hash == rules.hash)
        let other = try load(["company.yaml": (Self.sound["company.yaml"] ?? "").replacing("Us", with: "We")])
        #expect(other.hash != rules.hash)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var text: String
        var fault: String
        var testDescription: String { fault }
    }

    @Test(
        "each is said with its place and what is expected",
        arguments: [
            Case(file: "company.yaml", text: "name: Us\n", fault: "company.yaml:1:1: cvr"),
            Case(
                file: "company.yaml", text: "name: Us\ncvr: [\"1\"]\ndomains: [a]\nfrom: x\ncolour: red\n",
                fault: "company.yaml:5:1: unknown key colour"),
            Case(
                file: "services.yaml",
                text:
                    "services:\n  - code: a\n    nmae: {da: A, en: A}\n    name: {da: A, en: A}\n    unit: {da: s, en: p}\n",
                fault: "services.yaml:3:5: unknown key nmae (did you mean name?)"),
            Case(
                file: "services.yaml", text: "services:\n  - code: a\n    name: {da: A}\n    unit: {da: s, en: p}\n",
                fault: "services.yaml:3:11: en is missing"),
            Case(
                file: "facts.yaml", text: "facts:\n  - name: users\n    kind: numer\n    words: {da: [b], en: [u]}\n",
                fault: "facts.yaml:3:11: kind: expected one of number, money, day, flag, percent"),
            Case(
                file: "recommendations.yaml",
                text:
                    "recommendations:\n  - id: r\n    when: {fact: usres}\n    action: {da: x, en: x}\n    reason: {da: x, en: x}\n",
                fault: "there is no fact usres (did you mean users?)"),
            Case(
                file: "recommendations.yaml",
                text:
                    "recommendations:\n  - id: r\n    when: {sometimes: yes}\n    action: {da: x, en: x}\n    reason: {da: x, en: x}\n",
                fault: "recommendations.yaml:3:11: expected one of all, any"),
            Case(
                file: "pricing.yaml",
                text:
                    "terms: {vat_percent: 25}\nprices:\n  - id: p\n    service: b\n    price: 1\n    reason: {da: x, en: x}\n",
                fault: "there is no service b"),
            Case(
                file: "pricing.yaml",
                text:
                    "terms: {vat_percent: 250}\nprices:\n  - id: p\n    service: a\n    price: 1\n    reason: {da: x, en: x}\n",
                fault: "pricing.yaml:1:22: vat_percent: expected a whole number from 0 to 100"),
            Case(
                file: "pricing.yaml",
                text: "terms: {}\nprices:\n  - id: p\n    service: a\n    price: 1.234\n    reason: {da: x, en: x}\n",
                fault: "pricing.yaml:5:12: price: expected an amount in kroner"),
            Case(
                file: "pricing.yaml",
                text:
                    "terms: {}\nprices:\n  - {id: p, service: a, price: 1, reason: {da: x, en: x}}\n  - {id: p, service: a, price: 2, reason: {da: x, en: x}}\n",
                fault: "pricing.yaml:4:10: id p is given twice"),
            Case(file: "pricing.yaml", text: "terms: [\n", fault: "pricing.yaml:2:1"),
            Case(file: "facts.yaml", text: "", fault: "facts.yaml: the file is empty"),
        ])
    func fault(_ fixture: Case) throws {
        let error = #expect(throws: RuleFaults.self) { try load([fixture.file: fixture.text]) }
        let said = error?.description ?? ""
        #expect(said.contains(fixture.fault), "\(said)")
    }

    @Test("a missing file is said, and all faults come at once")
    func several() {
        let error = #expect(throws: RuleFaults.self) {
            try load(["company.yaml": "name: Us\n"], without: "facts.yaml")
        }
        #expect((error?.faults.count ?? 0) >= 3)
        #expect(error?.description.contains("facts.yaml: the file is missing") == true)
    }
}

@Suite("The calendar")
struct CalendarTests {
    @Test(
        "Danish public holidays",
        arguments: ["2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-12-24"])
    func holidays(_ text: String) throws {
        #expect(try !WorkCalendar().isWorkday(#require(CalendarDay(iso: text))))
    }

    @Test("Great Prayer Day is a workday since 2024, and a Saturday is none")
    func workdays() throws {
        #expect(try WorkCalendar().isWorkday(#require(CalendarDay(iso: "2026-05-01"))))
        #expect(try !WorkCalendar().isWorkday(#require(CalendarDay(iso: "2026-11-28"))))
    }

    @Test("workdays are counted over week-ends and closed days")
    func counting() throws {
        let friday = try #require(CalendarDay(iso: "2026-11-27"))
        #expect(WorkCalendar().workday(1, after: friday).description == "2026-11-30")
        #expect(WorkCalendar().workday(0, after: friday) == friday)
        let closed = try #require(CalendarDay(iso: "2026-11-30"))...#require(CalendarDay(iso: "2026-12-01"))
        #expect(WorkCalendar(closed: [closed]).workday(1, after: friday).description == "2026-12-02")
        #expect(WorkCalendar().lastWorkday(before: closed.lowerBound) == friday)
    }

    @Test("day numbers go there and back over 400 years")
    func dayNumbers() {
        for number in stride(from: -80_000, through: 80_000, by: 13) {
            let day = CalendarDay(dayNumber: number)
            #expect(day.dayNumber == number)
            #expect(CalendarDay(iso: day.description) == day)
        }
    }

    @Test(
        "the day in Denmark follows summer time",
        arguments: [
            ("2026-06-30T22:30:00Z", "2026-07-01"), ("2026-12-31T22:30:00Z", "2026-12-31"),
            ("2026-12-31T23:30:00Z", "2027-01-01"),
        ])
    func danishDay(_ instant: String, _ day: String) throws {
        #expect(CalendarDay(danishAt: try Date(instant, strategy: .iso8601)).description == day)
    }
}
