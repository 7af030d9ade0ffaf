import Quoting
import Rules
import Understanding
import Workflow

extension CaseCheck {
    private var lines: [Quote.Line] { run.consideration.pricing.quote?.lines ?? [] }

    mutating func checkLines(_ expected: CaseExpectation) {
        if let wanted = expected.lines {
            for line in wanted.value { check(line) }
            if !expected.mayHaveMoreLines { checkNoMore(than: wanted) }
        }
        for service in expected.noLinesOf {
            for line in lines where line.code == service.value {
                fail(
                    service.place, expected: "no line of \(service.value)", came: Self.summary(line),
                    because: because(line))
            }
        }
    }

    private mutating func check(_ expected: LineExpectation) {
        let id = expected.rule.value
        guard let line = lines.first(where: { $0.rule == id }) else {
            fail(
                expected.rule.place, expected: "a line by \(id)", came: Self.listed(lines.map(\.rule)),
                because: whyMissing(id))
            return
        }
        compare(expected.quantity, line.quantity.thousandths, "quantity", line, Self.number)
        compare(expected.unitPrice, line.unitPrice.ore, "unit price", line, Self.amount)
        compare(expected.discount, line.discountPercent, "discount", line) { "\($0) %" }
        compare(expected.amount, line.amount.ore, "amount", line, Self.amount)
        for words in expected.because
        where !line.reason.holds(words.value) && !line.evidence.contains(where: { $0.text.holds(words.value) }) {
            fail(
                words.place, expected: "\(id) because of \"\(words.value)\"", came: "\"\(line.reason)\"",
                because: because(line))
        }
    }

    private mutating func compare(
        _ expected: Placed<Int>?, _ came: Int, _ what: String, _ line: Quote.Line, _ write: (Int) -> String
    ) {
        guard let expected, expected.value != came else { return }
        fail(
            expected.place, expected: "\(what) \(write(expected.value)) in \(line.rule)", came: write(came),
            because: because(line))
    }

    private mutating func checkNoMore(than expected: Placed<[LineExpectation]>) {
        let names = expected.value.map(\.rule.value)
        for line in lines where !names.contains(line.rule) {
            let wanted = names.isEmpty ? "nothing priced" : "no line but \(names.joined(separator: ", "))"
            fail(expected.place, expected: wanted, came: Self.summary(line), because: because(line))
        }
    }

    private static func summary(_ line: Quote.Line) -> String {
        "\(line.rule): \(line.quantity) × \(amount(line.unitPrice.ore))"
            + (line.discountPercent > 0 ? " less \(line.discountPercent) %" : "") + " = \(amount(line.amount.ore))"
    }

    private func because(_ line: Quote.Line) -> [String] {
        [Self.summary(line) + "; " + line.reason] + words(line.evidence)
    }

    /// What speaks against a line: its service was turned down, or its quantity is asked for.
    private func whyMissing(_ id: String) -> [String] {
        guard let rule = rules.prices.first(where: { $0.id == id }) else { return [] }
        let service = run.consideration.dossier.facts.filter { $0.name == "service." + rule.service }.map(spoken)
        let asked = run.consideration.pricing.questions.filter { $0.rule == id }.map { "asked instead: \($0.text)" }
        return service + asked
    }
}
