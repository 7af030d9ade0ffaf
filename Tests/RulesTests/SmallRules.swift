@testable import Rules

/// The smallest rule set that is right, and ways to change it.
enum SmallRules {
    static let files = [
        "company.yaml": "name: Us\ncvr: [\"94617308\"]\ndomains: [us.example]\nfrom: leads@us.example\n",
        "services.yaml":
            "services:\n  - code: a\n    name: {da: A, en: A}\n    unit: {da: stk., en: piece}\n    words: {da: [a], en: [a]}\n",
        "facts.yaml": """
        facts:
          - {name: users, kind: number, words: {da: [brugere], en: [users]}}
          - {name: urgent, kind: flag, words: {da: [haster], en: [urgent]}}
          - {name: deadline, kind: day, words: {da: [klar], en: [ready]}}
          - {name: hosting, kind: choice, choices: [{value: server, words: {da: [server], en: [server]}}]}

        """,
        "recommendations.yaml":
            "recommendations:\n  - id: r\n    kind: step\n    when: {service: a}\n    action: {da: Gør, en: Do}\n    reason: {da: x, en: x}\n",
        "pricing.yaml":
            "terms: {vat_percent: 25}\nprices:\n  - id: p\n    service: a\n    price: 10.50\n    reason: {da: x, en: x}\n",
    ]

    static func load(_ changes: [String: String], without missing: String? = nil) throws(RuleFaults) -> RuleSet {
        let files = Self.files.merging(changes) { $1 }.filter { $0.key != missing }
        return try RuleSet(files.map { RuleFile(name: $0.key, text: $0.value) })
    }

    /// What is said against a change, line by line; empty where nothing is.
    static func faults(_ file: String, _ text: String) -> String {
        do {
            _ = try load([file: text])
            return ""
        } catch {
            return error.description
        }
    }

    /// The service `a` with further keys, each on a line of its own from line 6 on.
    static func service(_ keys: String...) -> String {
        (files["services.yaml"] ?? "") + keys.map { "    \($0)\n" }.joined()
    }

    /// A price rule for `a` with these keys, each on a line of its own from line 5 on.
    static func price(_ keys: String..., terms: String = "{}") -> String {
        "terms: \(terms)\nprices:\n  - id: p\n    service: a\n" + keys.map { "    \($0)\n" }.joined()
    }

    /// A recommendation with these keys, each on a line of its own from line 4 on.
    static func advice(_ keys: String...) -> String {
        "recommendations:\n  - id: r\n    kind: step\n" + keys.map { "    \($0)\n" }.joined()
    }
}
