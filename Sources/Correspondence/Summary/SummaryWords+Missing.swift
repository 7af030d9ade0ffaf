import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    private static let historyLimit = 3

    /// Questions to the customer with what their answers change; first of all the number that names the company.
    var missing: View? {
        var questions = summary.pricing.questions.map { (text: $0.text, effect: $0.effect) }
        if !isLinked {
            questions.insert((say("Hvad er jeres CVR-nummer?", "What is your company's CVR number?"), nil), at: 0)
        }
        guard !questions.isEmpty else { return nil }
        let name = dossier.contact.name.map { givenName($0.onOneLine) }
        let isReduced = summary.pricing.quote?.lines.contains { $0.discountPercent > 0 } ?? false
        let amounts =
            say("Beløb er ekskl. moms", "Amounts exclude VAT")
            + (isReduced ? say(" og før rabat", " and are before discount") : "")
        return .of([
            "amounts": questions.contains { $0.effect != nil } ? ["text": amounts + "."] as View : nil,
            "to": name.map { say(" til \($0)", " to \($0)") },
            "questions": questions.map { question in
                View.paragraph(question.text, indent: "  ", first: "- ").merging(
                    question.effect.map { ["effect": View.paragraph("(\($0))", indent: "  ", first: "  ")] } ?? [:]
                ) { $1 }
            },
        ])
    }

    /// The newest events of the company.
    var history: View? {
        guard !dossier.history.isEmpty else { return nil }
        let events = dossier.history.prefix(Self.historyLimit).map { entry in
            let day = days.date(CalendarDay(danishAt: entry.occurredAt))
            let author = entry.author.map { say(" fra ", " from ") + $0.onOneLine } ?? ""
            let subject = entry.subject.map { ": " + Layout.clip($0.onOneLine, to: 80) } ?? ""
            return View.paragraph("\(day) \(kind(entry.type))\(author)\(subject)", indent: "  ")
        }
        return ["events": Array(events)]
    }

    private func kind(_ type: String) -> String {
        switch type {
        case "email": "mail"
        case "chat": "chat"
        case "quote": say("tilbud", "quote")
        default: type
        }
    }
}
