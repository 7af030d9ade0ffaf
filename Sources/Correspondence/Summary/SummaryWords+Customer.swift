import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    private static let questionLimit = 6
    private static let quoteLimit = 4

    /// What our own people wrote above the forward; it speaks to us and never reaches the lead.
    var note: View? {
        letter.note.isEmpty
            ? nil : .paragraph("\"\(Layout.clip(letter.note.onOneLine.withoutPersonalNumbers, to: 400))\"", indent: " ")
    }

    /// The customer's own sentences that the conclusions rest on, and their questions.
    var wrote: View? {
        let questions = questions
        let asked = Set(questions.map(\.text))
        let quotes = keySentences.filter { !asked.contains($0.text) }.map {
            View.paragraph(quoted($0.text), indent: " ")
        }
        guard !quotes.isEmpty || !questions.isEmpty else { return nil }
        let date = letter.original.date.instant == nil ? letter.date : letter.original.date
        return .of([
            "when": days.moment(date).map { " (\($0))" },
            "quotes": quotes,
            "asks": questions.map { question in
                View.paragraph(say("Kunden spørger: ", "The customer asks: ") + quoted(question.text), indent: " ")
                    .merging([
                        "answers": question.answers.map { View.paragraph("– \($0)", indent: "    ", first: "  ") }
                    ]) { $1 }
            },
        ])
    }

    // MARK: Sentences

    /// Two to four sentences that most facts rest on, in the order of the text.
    private var keySentences: [Sentence] {
        let facts = dossier.facts.filter { $0.evidence.section == .text }
        let weighed = sentences.indices.map { index in
            let inside = facts.filter { sentences[index].range.contains($0.evidence.offset) }
            return (index: index, weight: inside.reduce(0) { $0 + Self.weight(of: $1) })
        }
        let best = weighed.filter { $0.weight > 0 }.sorted { ($1.weight, $0.index) < ($0.weight, $1.index) }
        guard !best.isEmpty else {
            return Array(sentences.filter { $0.text.split(separator: " ").count > 3 }.prefix(2))
        }
        return best.prefix(Self.quoteLimit).map(\.index).sorted().map { sentences[$0] }
    }

    /// What is measured or dated says more than a word that was met.
    private static func weight(of fact: Fact) -> Int {
        switch fact.value {
        case .number, .money, .day: 3
        case .flag, .text: fact.name.hasPrefix("service.") ? 2 : 1
        }
    }

    // MARK: Questions

    private struct Question {
        var text: String
        var answers: [String]
    }

    /// What the customer asks, with what the rules and the quote answer.
    private var questions: [Question] {
        sentences.filter(\.isQuestion).prefix(Self.questionLimit).map { sentence in
            let lines = prices(for: sentence)
            let steps = steps(for: sentence)
            let total = lines.isEmpty && steps.isEmpty ? total(for: sentence) : []
            let answers = standardAnswers(to: sentence) + lines + total + steps
            let own = say(
                "intet fast svar i company.yaml; svar selv.",
                "no standard answer in company.yaml; please answer yourself.")
            return Question(text: sentence.text, answers: answers.isEmpty ? [own] : answers)
        }
    }

    private func standardAnswers(to sentence: Sentence) -> [String] {
        let text = sentence.text.lowercased()
        return rules.company.answers.filter { $0.words.contains { text.contains($0.lowercased()) } }.map {
            "\($0.question.text(in: language)) \($0.answer.text(in: language)) (company.yaml: \($0.id))"
        }
    }

    /// Lines of the quote that the question gave rise to.
    private func prices(for sentence: Sentence) -> [String] {
        let lines = summary.pricing.quote?.lines ?? []
        return lines.filter { stands($0.evidence, in: sentence) }.map { line in
            let amount = Amounts.money(line.amount, in: language)
            let period =
                switch line.recurring {
                case .month: say(" pr. måned", " a month")
                case .year: say(" pr. år", " a year")
                case nil: ""
                }
            return "\(line.description): \(amount)\(period), \(say("linje", "line")) \(line.position)."
        }
    }

    /// The sum of the quote, where the price is asked for and no line is meant.
    private func total(for sentence: Sentence) -> [String] {
        guard let quote = summary.pricing.quote,
            let words = rules.facts.first(where: { $0.name == Known.asksPrice })?.words
        else { return [] }
        let text = " " + sentence.text.lowercased().split { !$0.isLetter }.joined(separator: " ") + " "
        guard words.contains(where: { text.contains(" \($0.lowercased()) ") }) else { return [] }
        return [
            Amounts.short(quote, in: language)
                + say(" ekskl. moms, se tilbudsudkastet.", " excl. VAT, see the draft quote.")
        ]
    }

    /// Steps that the question gave rise to, by their number in the advice.
    private func steps(for sentence: Sentence) -> [String] {
        let steps = summary.recommendations.filter { $0.kind == .step }.prefix(Self.adviceLimit)
        return steps.enumerated().filter { stands($0.element.evidence, in: sentence) }.map {
            say("se næste skridt \($0.offset + 1) nedenfor.", "see next step \($0.offset + 1) below.")
        }
    }

    private func stands(_ evidence: [Evidence], in sentence: Sentence) -> Bool {
        evidence.contains { $0.section == .text && sentence.range.contains($0.offset) }
    }
}
