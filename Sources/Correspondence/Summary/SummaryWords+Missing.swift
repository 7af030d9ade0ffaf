import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    /// Questions to the customer with what their answers change; first of all the number that names the company.
    var missing: View? {
        var questions = summary.pricing.questions.map { (text: $0.text, effect: $0.effect) }
        if !isLinked {
            questions.insert((say("Hvad er jeres CVR-nummer?", "What is your company's CVR number?"), nil), at: 0)
        }
        guard !questions.isEmpty else { return nil }
        let isReduced = summary.pricing.quote?.lines.contains { $0.discountPercent > 0 } ?? false
        let amounts =
            say("Beløb er ekskl. moms", "Amounts exclude VAT")
            + (isReduced ? say(" og før rabat", " and are before discount") : "")
        return .of([
            "amounts": questions.contains { $0.effect != nil } ? ["text": amounts + "."] as View : nil,
            "to": customer.map { say(" til \($0)", " to \($0)") },
            "questions": questions.map { question in
                View.paragraph(question.text, indent: "  ", first: "- ").merging(
                    question.effect.map { ["effect": View.paragraph("(\($0))", indent: "  ", first: "  ")] } ?? [:]
                ) { $1 }
            },
        ])
    }
}
