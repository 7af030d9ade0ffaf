import Mail
import Rules
import Understanding

/// A rule set of 25 prices and 25 recommendations, and a dossier that gets 20 lines by it.
enum BenchRules {
    private static let services = (0..<25).map { "s\($0)" }
    /// So many of the services are asked for.
    private static let wanted = 20

    static func load() throws -> RuleSet {
        let files = [
            "company.yaml": "name: Us\ncvr: [\"94617308\"]\ndomains: [us.example]\nfrom: leads@us.example\n",
            "services.yaml": "services:\n" + services.map(service).joined(),
            "facts.yaml": "facts:\n" + services.map { "  - {name: n_\($0), kind: number, words: {da: [x]}}\n" }.joined()
                + "  - {name: deadline, kind: day, words: {da: [klar]}}\n",
            "recommendations.yaml": "recommendations:\n" + services.map(advice).joined(),
            "pricing.yaml":
                "terms: {valid_days: 30, deadline_fact: deadline, delivery_weeks: 8}\nprices:\n"
                + services.map(price).joined(),
        ]
        return try RuleSet(files.map { RuleFile(name: $0.key, text: $0.value) })
    }

    private static func service(_ code: String) -> String {
        """
          - code: \(code)
            name: {da: "Ydelse \(code)", en: "Service \(code)"}
            unit: {da: bruger, en: user}
            units: {da: brugere, en: users}
            prices: {once: 149.50}
            driver: n_\(code)
            asks: [{id: \(code).ask, question: {da: "Hvor mange \(code)?", en: "How many \(code)?"}, effect: {da: "{price:\(code).price} pr. bruger", en: "{price:\(code).price} a user"}}]

        """
    }

    private static func price(_ code: String) -> String {
        """
          - id: \(code).price
            service: \(code)
            when: {all: [{service: \(code)}, {any: [{fact: n_\(code), at_most: 5}, {fact: deadline}]}, {not: {declined: s24}}]}
            at_least: 3
            tiers: [{from: 11, price: 129}, {from: 26, price: 109}]
            reason: {da: "{n_\(code)} brugere hos {customer}", en: "{n_\(code)} users"}

        """
    }

    private static func advice(_ code: String) -> String {
        """
          - id: advice.\(code)
            kind: step
            when: {all: [{priced: yes}, {service: \(code)}, {fact: n_\(code), at_least: 3}]}
            due_in_workdays: 2
            action: {da: "Ring til {customer} om {n_\(code)} brugere, for {price:\(code).price:11} er prisen.", en: "Call."}
            reason: {da: "der er {n_\(code)}", en: "there are {n_\(code)}"}

        """
    }

    static func dossier() throws -> Dossier {
        let letter = try Letter(
            Array("From: Mette Lyngholm <mette@kunde.example>\nSubject: Pris\n\nHej, vi er 12 brugere.\n".utf8),
            reading: ReadingOptions())
        let words = { (index: Int) in
            Evidence(part: "text/plain", section: .text, text: "vi er 12 brugere", offset: index, length: 16)
        }
        var facts = services.prefix(wanted).enumerated().flatMap { index, code in
            [
                Fact(name: "service." + code, value: .flag(true), evidence: words(2 * index)),
                Fact(
                    name: "n_" + code, value: .number(thousandths: 12_000 + index * 1000),
                    evidence: words(2 * index + 1)),
            ]
        }
        if let deadline = CalendarDay(iso: "2027-02-26") {
            facts.append(Fact(name: "deadline", value: .day(deadline), evidence: words(100)))
        }
        return Dossier(letter: letter, link: LinkDecision(status: .none), facts: facts)
    }
}
