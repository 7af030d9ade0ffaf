import CVR
import Rules
import Understanding
import Workflow

extension CaseCheck {
    private var facts: [Fact] { run.consideration.dossier.facts }

    mutating func checkFacts(_ expected: CaseExpectation) {
        for fact in expected.facts { check(fact) }
        for name in expected.unknown {
            for fact in facts where fact.name == name.value {
                fail(
                    name.place, expected: "nothing known of \(name.value)", came: "\(fact.value)",
                    because: [spoken(fact)])
            }
        }
        for service in expected.wanted { check(service, isWanted: true) }
        for service in expected.declined { check(service, isWanted: false) }
        checkDisagreements(expected)
        if let company = expected.company { check(company: company) }
    }

    private mutating func check(_ expected: FactExpectation) {
        let wanted: (value: FactValue, least: Int?) =
            switch expected.value.value {
            case .number(let thousandths, let least): (.number(thousandths: thousandths), least)
            case .money(let ore): (.money(ore: ore), nil)
            case .day(let day): (.day(day), nil)
            case .flag: (.flag(true), nil)
            case .text(let text): (.text(text), nil)
            }
        let fact = facts.first { $0.name == expected.name }
        guard fact?.value != wanted.value || wanted.least != nil && fact?.least != wanted.least else { return }
        let least = wanted.least.map { Self.number($0) + "-" } ?? ""
        fail(
            expected.value.place, expected: "\(expected.name) = \(least)\(wanted.value)",
            came: fact.map { "\($0.value)" } ?? "nothing", because: fact.map { [spoken($0)] } ?? [])
    }

    private mutating func check(_ service: Placed<String>, isWanted: Bool) {
        let fact = facts.first { $0.name == "service." + service.value }
        guard fact?.value != .flag(isWanted) else { return }
        let says = { (isWanted: Bool) in isWanted ? "asked for" : "turned down" }
        fail(
            service.place, expected: "\(service.value) \(says(isWanted))",
            came: fact == nil ? "not named" : says(!isWanted), because: fact.map { [spoken($0)] } ?? [])
    }

    private mutating func checkDisagreements(_ expected: CaseExpectation) {
        guard let wanted = expected.disagreements else { return }
        let came = run.consideration.dossier.disagreements
        let explain = { (check: CaseCheck, name: String) in
            came.filter { $0.name == name }.flatMap { [check.spoken($0.chosen.fact), check.spoken($0.other.fact)] }
        }
        for name in wanted.value where !came.contains(where: { $0.name == name.value }) {
            fail(
                name.place, expected: "\(name.value) said in two ways", came: Self.listed(came.map(\.name)),
                because: facts.filter { $0.name == name.value }.map(spoken))
        }
        for name in Set(came.map(\.name)).sorted() where !wanted.value.contains(where: { $0.value == name }) {
            fail(
                wanted.place, expected: "no disagreement on \(name)", came: "one", because: explain(self, name))
        }
    }

    private mutating func check(company expected: Placed<String>) {
        let link = run.consideration.dossier.link
        let came = link.number?.description ?? "none"
        guard came != expected.value else { return }
        fail(
            expected.place, expected: "company \(expected.value)", came: "\(came) (\(link.status.rawValue))",
            because: words([link.evidence].compactMap { $0 }))
    }
}
