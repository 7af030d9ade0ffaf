import Quoting
import Rules
import Understanding
import Workflow

extension CaseCheck {
    private var advice: [Recommendation] { run.consideration.recommendations }

    mutating func checkAdvice(_ expected: CaseExpectation) {
        for wanted in expected.advice?.value ?? [] { check(wanted) }
        if let wanted = expected.advice, wanted.value.isEmpty {
            for advice in advice {
                fail(wanted.place, expected: "no advice", came: advice.rule, because: because(advice))
            }
        }
        for unwanted in expected.notAdvice {
            for advice in advice where advice.rule == unwanted.value {
                fail(
                    unwanted.place, expected: "no advice \(unwanted.value)", came: advice.action,
                    because: because(advice))
            }
        }
    }

    private mutating func check(_ expected: AdviceExpectation) {
        let id = expected.rule.value
        guard let given = advice.first(where: { $0.rule == id }) else {
            fail(expected.rule.place, expected: "advice \(id)", came: Self.listed(advice.map(\.rule)))
            return
        }
        guard let due = expected.due, due.value != given.dueOn else { return }
        fail(
            due.place, expected: "\(id) due \(due.value)", came: given.dueOn?.description ?? "no day",
            because: because(given))
    }

    private func because(_ advice: Recommendation) -> [String] {
        ["\(advice.rule): \(advice.action) \(advice.reason)"] + words(advice.evidence)
    }

    mutating func checkQuestions(_ expected: CaseExpectation) {
        let asked = run.consideration.pricing.questions
        let written = asked.map { "\($0.rule): \(Self.text($0))" }
        for wanted in expected.questions?.value ?? [] where !asked.contains(where: { Self.matches($0, wanted.value) }) {
            fail(
                wanted.place, expected: "a question \(Self.named(wanted.value))",
                came: Self.listed(asked.map(\.rule)), because: written)
        }
        if let wanted = expected.questions, wanted.value.isEmpty, !asked.isEmpty {
            fail(wanted.place, expected: "no question", came: Self.listed(asked.map(\.rule)), because: written)
        }
        for unwanted in expected.notQuestions {
            for question in asked where Self.matches(question, unwanted.value) {
                fail(
                    unwanted.place, expected: "no question \(Self.named(unwanted.value))", came: question.rule,
                    because: ["\(question.rule): \(Self.text(question))"])
            }
        }
    }

    private static func text(_ question: Quote.Question) -> String {
        question.text + (question.effect.map { " (\($0))" } ?? "")
    }

    /// A text without blanks is the id of a rule.
    private static func matches(_ question: Quote.Question, _ wanted: String) -> Bool {
        wanted.contains(" ") ? text(question).holds(wanted) : question.rule == wanted
    }

    private static func named(_ wanted: String) -> String { wanted.contains(" ") ? "\"\(wanted)\"" : "by \(wanted)" }
}
