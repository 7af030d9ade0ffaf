import Foundation
import Testing

@testable import Rules

@Suite("Faults in rule files")
struct RuleFaultTests {
    @Test("a sound rule set has none, and its hash follows its content alone")
    func sound() throws {
        let rules = try SmallRules.load([:])
        #expect(
            rules.services.count == 1 && rules.prices.first?.price == .tiers([PriceRule.Tier(from: 0, priceOre: 1050)]))
        #expect(try SmallRules.load([:]).hash == rules.hash)
        let other = try SmallRules.load([
            "company.yaml": (SmallRules.files["company.yaml"] ?? "").replacing("Us", with: "We")
        ])
        #expect(other.hash != rules.hash)
    }

    @Test("a file that is no YAML is the only fault, whatever uses the names in it")
    func brokenFile() throws {
        let rules = Self.repositoryRules
        var files = try rules.get()
        let index = try #require(files.firstIndex { $0.name == "facts.yaml" })
        files[index].text += "\n  - {name: [\n"
        do {
            _ = try RuleSet(files)
            Issue.record("taken")
        } catch {
            #expect(error.faults.count == 1 && error.faults[0].file == "facts.yaml", "\(error)")
        }
    }

    /// The files of the sample company.
    private static let repositoryRules = Result {
        let root = String(
            #filePath.prefix(upTo: #filePath.range(of: "/Tests/RulesTests")?.lowerBound ?? #filePath.endIndex))
        return try RuleFolder.load(root + "/rules").files
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
        let error = #expect(throws: RuleFaults.self) { try SmallRules.load([fixture.file: fixture.text]) }
        let said = error?.description ?? ""
        #expect(said.contains(fixture.fault), "\(said)")
    }

    @Test("a missing file is said, and all faults come at once")
    func several() {
        let error = #expect(throws: RuleFaults.self) {
            try SmallRules.load(["company.yaml": "name: Us\n"], without: "facts.yaml")
        }
        #expect((error?.faults.count ?? 0) >= 3)
        #expect(error?.description.contains("facts.yaml: the file is missing") == true)
    }
}
