import Cases
import Foundation
import Rules
import TestSupport
import Workflow

/// A small business of its own, so that no edit of the sample rules changes what these tests see.
struct RobotShop {
    let book: RuleBook

    private static let files = [
        "company.yaml": """
        name: Robothuset ApS
        cvr: ["94617308"]
        domains: [robothuset.example]
        from: leads@robothuset.example
        """,
        "services.yaml": """
        services:
          - code: robot
            name: {da: Robot, en: Robot}
            unit: {da: stk., en: piece}
            words: {da: [robot*], en: [robot*]}
            driver: users
            asks:
              - {id: robot.users, question: {da: Hvor mange brugere?, en: How many users?}, effect: {da: "{price:robot.users} pr. bruger", en: "{price:robot.users} a user"}}
              - {id: robot.colour, when: {not: {fact: colour}}, question: {da: Hvilken farve?, en: Which colour?}, presumption: {da: Robotten er grå., en: The robot is grey.}}
          - code: carpet
            name: {da: Tæppe, en: Carpet}
            unit: {da: stk., en: piece}
            words: {da: [tæppe*], en: [carpet*]}
        """,
        "facts.yaml": """
        facts:
          - {name: users, kind: number, words: {da: [brugere], en: [users]}}
          - {name: budget, kind: money, words: {da: [sat], en: [budget]}}
          - {name: deadline, kind: day, words: {da: [køre], en: [run]}}
          - {name: urgent, kind: flag, lasts: no, words: {da: [haster], en: [urgent]}}
          - {name: discount, kind: percent, only_in_note: yes, words: {da: [rabat], en: [discount]}}
          - name: colour
            kind: choice
            choices:
              - {value: red, words: {da: [rød], en: [red]}}
              - {value: blue, words: {da: [blå], en: [blue]}}
        declining:
          - {id: refusal, words: {da: [skal ikke], en: [not want]}}
        """,
        "recommendations.yaml": """
        recommendations:
          - {id: process.robot, kind: process, when: {service: robot}, action: {da: Brug den, en: Use it}, reason: {da: den er god, en: it is good}}
          - {id: step.send, kind: step, when: {priced: yes}, due_in_workdays: 2, action: {da: Send det, en: Send it}, reason: {da: det er klart, en: it is ready}}
          - {id: step.hurry, kind: step, when: {fact: urgent}, action: {da: Løb, en: Run}, reason: {da: det haster, en: it hurries}}
        """,
        "pricing.yaml": """
        terms: {vat_percent: 25, valid_days: 30, delivery_weeks: 8, deadline_fact: deadline, discount_limit_percent: 10, discount_fact: discount}
        prices:
          - {id: robot.setup, service: robot, price: 1000, quantity: 1, reason: {da: den skal sættes op, en: it is set up}}
          - id: robot.users
            service: robot
            recurring: month
            tiers: [{from: 0, price: 20}, {from: 11, price: 10.50}]
            reason: {da: pr. bruger, en: a user}
          - {id: carpet.piece, service: carpet, price: 300, reason: {da: et tæppe, en: a carpet}}
        """,
    ]

    /// What comes in: a chat with another number, then a forward with a note.
    static let messages = """
        - chat: {at: 2026-11-19 20:14, email: lis@hansen.example, text: Vi er 10 brugere.}
        - mail:
            date: 2026-11-23 14:37
            from: Lis Hansen <lis@hansen.example>
            subject: Robot
            text: |
              Vi vil have en robot til 12 brugere, og den skal køre senest 26. februar. Vi har sat 50.000 kr. af.
              Et tæppe skal ikke være med.
            signature: |
              Venlig hilsen
              Lis Hansen
              CVR-nr. 93 53 08 29
            forwarded_by: Bo Juhl <bj@robothuset.example>
            forwarded_at: 2026-11-24 08:52
            note: Giv dem 12 % rabat.
        """

    init() throws {
        let templates = try RuleFolder.load(Repository.rules).files.filter { $0.name.hasSuffix(".mustache") }
        book = try RuleBook(RuleSet(Self.files.map { RuleFile(name: $0.key, text: $0.value) } + templates))
    }

    /// A file with one case, in which `expect` is a block of YAML.
    static func file(expect: String, messages: String = messages, name: String = "a robot") -> String {
        """
        cases:
          - name: \(name)
            messages:
        \(messages.indented(by: 6))
            expect:
        \(expect.indented(by: 6))
        """
    }

    func cases(_ text: String, mails: [String: [UInt8]] = [:]) throws(RuleFaults) -> CaseSet {
        try CaseSet([RuleFile(name: "cases/a.yaml", text: text)], mails: mails, rules: book.rules)
    }

    func results(_ text: String, mails: [String: [UInt8]] = [:]) throws -> [CaseResult] {
        let set = try cases(text, mails: mails)
        return set.cases.map { CaseResult($0, of: set, by: book) }
    }
}

extension String {
    func indented(by count: Int) -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
    }
}
