import Foundation
import TestSupport
import Testing

@testable import Rules

/// What an editor is told of the rule files is what the loader takes.
@Suite("Schemas of the rules")
struct SchemaTests {
    private static let files = ["company", "services", "facts", "recommendations", "pricing"].map { $0 + ".yaml" }

    private static func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(Repository.rules)/\(file)", encoding: .utf8)
    }

    @Test("each file names its schema in the first line", arguments: files)
    func named(_ file: String) throws {
        let schema = "schema/\(file.replacing(".yaml", with: "")).schema.json"
        #expect(try Self.text(file).hasPrefix("# yaml-language-server: $schema=\(schema)\n"))
        #expect(FileManager.default.fileExists(atPath: "\(Repository.rules)/\(schema)"))
    }

    @Test("the rules of the repository and the smallest ones are right by their schemas", arguments: files)
    func sound(_ file: String) throws {
        let small = try #require(SmallRules.files[file])
        #expect(try SchemaValidator(for: file).complaints(about: [Self.text(file), small]) == [[], []])
    }

    @Test("schema and loader know the same keys, every one of them", arguments: files)
    func keys(_ file: String) throws {
        let files = try Self.files.map { RuleFile(name: $0, text: try Self.text($0)) }
        let loader = RuleLoader(files)
        _ = try RuleSet(files, by: loader)
        let known = try #require(loader.keys[file])
        var described = try SchemaValidator(for: file).keys
        // Words and phrases that the sample leaves out have the keys of every other.
        let languages: Set = ["da", "en"]
        for (place, keys) in described where known[place] == nil && keys == languages { described[place] = nil }
        #expect(Set(known.keys) == Set(described.keys))
        for (place, keys) in known { #expect(described[place] == keys, "\(place)") }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var text: String
        var testDescription: String { text }
    }

    private static let reason = "reason: {da: x, en: x}"
    private static let action = "action: {da: x, en: x}"

    @Test(
        "what is wrong in form is refused by both",
        arguments: [
            Case(file: "company.yaml", text: "name: Us\n"),
            Case(file: "company.yaml", text: "name: Us\ncvr: [94617308]\ndomains: [a.example]\nfrom: a@a.example\n"),
            Case(file: "company.yaml", text: "name: Us\ncvr: [\"9461730\"]\ndomains: [a.example]\nfrom: a@a.example\n"),
            Case(
                file: "company.yaml", text: "name: Us\ncvr: [\"94617308\"]\ndomains: [a@a.example]\nfrom: a@a.example\n"
            ),
            Case(file: "company.yaml", text: "name: Us\ncvr: [\"94617308\"]\ndomains: [a.example]\nfrom: leads\n"),
            Case(file: "company.yaml", text: (SmallRules.files["company.yaml"] ?? "") + "colour: red\n"),
            Case(
                file: "company.yaml", text: (SmallRules.files["company.yaml"] ?? "") + "closed: [{from: 2026-12-21}]\n"),
            Case(
                file: "company.yaml",
                text: (SmallRules.files["company.yaml"] ?? "") + "closed: [{from: jul, to: nytår}]\n"),
            Case(file: "services.yaml", text: SmallRules.service("prices: {}")),
            Case(file: "services.yaml", text: SmallRules.service("prices: {once: free}")),
            Case(file: "services.yaml", text: SmallRules.service("prices: {weekly: 5}")),
            Case(file: "services.yaml", text: SmallRules.service("presumed: 0", "driver: users")),
            Case(file: "services.yaml", text: SmallRules.service("presumed: 2")),
            Case(file: "services.yaml", text: SmallRules.service("includes: everything")),
            Case(file: "services.yaml", text: SmallRules.service("not_behind: {da: [\"a*b\"]}")),
            Case(file: "services.yaml", text: SmallRules.service("short: {da: x}")),
            Case(file: "services.yaml", text: SmallRules.service("asks: [{id: q}]")),
            Case(file: "facts.yaml", text: "facts: [{name: users, kind: numer, words: {da: [b]}}]\n"),
            Case(file: "facts.yaml", text: "facts: [{name: users, kind: number}]\n"),
            Case(file: "facts.yaml", text: "facts: [{name: users, kind: choice, words: {da: [b]}}]\n"),
            Case(
                file: "facts.yaml", text: "facts: [{name: users, kind: number, words: {da: [b]}, adds_up: perhaps}]\n"),
            Case(file: "facts.yaml", text: "facts: [{name: users, kind: number, words: [b]}]\n"),
            Case(file: "facts.yaml", text: "facts: {}\n"),
            Case(file: "recommendations.yaml", text: SmallRules.advice("when: {}", action, reason)),
            Case(file: "recommendations.yaml", text: SmallRules.advice("when: {any: []}", action, reason)),
            Case(
                file: "recommendations.yaml", text: SmallRules.advice("when: {service: a, linked: yes}", action, reason)
            ),
            Case(file: "recommendations.yaml", text: SmallRules.advice("when: {at_least: 4}", action, reason)),
            Case(
                file: "recommendations.yaml", text: SmallRules.advice("when: {service: a, at_least: 4}", action, reason)
            ),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {service: a}", "priority: 10", action, reason)),
            Case(file: "recommendations.yaml", text: SmallRules.advice("when: {service: a}", action)),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice(
                    "when: {service: a}", "due_in_workdays: 1", "due_before: deadline", action, reason)),
            Case(
                file: "recommendations.yaml",
                text: SmallRules.advice("when: {service: a}", "due_in_workdays: 1", action, reason)
                    .replacing("kind: step", with: "kind: process")),
            Case(file: "pricing.yaml", text: "prices: []\n"),
            Case(file: "pricing.yaml", text: SmallRules.price("price: 1")),
            Case(file: "pricing.yaml", text: SmallRules.price("price: -1", reason)),
            Case(file: "pricing.yaml", text: SmallRules.price("price: \"1\"", reason)),
            Case(file: "pricing.yaml", text: SmallRules.price("price: 1000000001", reason)),
            Case(file: "pricing.yaml", text: SmallRules.price("price: 1", "percent_of_one_off: 5", reason)),
            Case(file: "pricing.yaml", text: SmallRules.price("price: 1", "recurring: week", reason)),
            Case(file: "pricing.yaml", text: SmallRules.price("price: 1", "at_least: 1.5", reason)),
            Case(file: "pricing.yaml", text: SmallRules.price("tiers: [{from: 0}]", reason)),
            Case(file: "pricing.yaml", text: SmallRules.price("price: 1", reason, terms: "{rounding: up}")),
            Case(file: "pricing.yaml", text: SmallRules.price("price: 1", reason, terms: "{vat_percent: 101}")),
            Case(
                file: "pricing.yaml",
                text: SmallRules.price("price: 1", reason)
                    + "campaigns: [{id: c, name: {da: x, en: x}, percent: 0, from: 2027-01-01, to: 2027-01-02}]\n"),
        ])
    func faulty(_ fixture: Case) throws {
        #expect(SmallRules.faults(fixture.file, fixture.text) != "")
        #expect(try SchemaValidator(for: fixture.file).complaints(about: [fixture.text])[0] != [])
    }
}
