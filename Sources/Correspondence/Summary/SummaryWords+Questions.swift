import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    private static let questionLimit = 6

    struct Question {
        var text: String
        var answers: [String]
    }

    /// What the customer asks, with what the rules and the quote answer.
    var questions: [Question] {
        sentences.filter(\.isQuestion).prefix(Self.questionLimit).map { sentence in
            let lines = prices(for: sentence)
            let steps = steps(for: sentence)
            let total = lines.isEmpty && steps.isEmpty ? total(for: sentence) : []
            let answers = standardAnswers(to: sentence) + lines + total + steps
            let own = say(
                "intet fast svar i company.yaml; det må du selv svare på.",
                "no standard answer in company.yaml; please answer yourself.")
            return Question(text: sentence.text, answers: answers.isEmpty ? [own] : answers)
        }
    }

    private func standardAnswers(to sentence: Sentence) -> [String] {
        let text = sentence.text.lowercased()
        return rules.company.answers.filter { $0.words.contains { text.holds($0.lowercased()) } }.map {
            "\($0.question.text(in: language)) \($0.answer.text(in: language)) (company.yaml: \($0.id))"
        }
    }

    /// Lines of the quote that the question gave rise to.
    private func prices(for sentence: Sentence) -> [String] {
        let lines = summary.pricing.quote?.lines ?? []
        return lines.filter { stands($0.evidence, in: sentence) }.map { line in
            let amount = Amounts.money(line.amount, in: language) + Amounts.each(line.recurring, in: language)
            return "\(line.description): \(amount), \(say("linje", "line")) \(line.position)."
        }
    }

    /// The sum of the quote, where the price is asked for and no line is meant.
    private func total(for sentence: Sentence) -> [String] {
        guard let quote = summary.pricing.quote,
            let words = rules.facts.first(where: { $0.name == Known.asksPrice })?.words
        else { return [] }
        let text = " " + sentence.text.lowercased().split { !$0.isLetter }.joined(separator: " ") + " "
        guard words.contains(where: { text.holds(" \($0.lowercased()) ") }) else { return [] }
        return [
            Amounts.short(quote, in: language)
                + say(" ekskl. moms, se tilbudsudkastet.", " excl. VAT, see the draft quote.")
        ]
    }

    /// Steps that the question gave rise to, by their number in the advice.
    private func steps(for sentence: Sentence) -> [String] {
        steps.prefix(Self.adviceLimit).enumerated().filter { stands($0.element.evidence, in: sentence) }.map {
            say("se næste skridt \($0.offset + 1) nedenfor.", "see next step \($0.offset + 1) below.")
        }
    }

    private func stands(_ evidence: [Evidence], in sentence: Sentence) -> Bool {
        evidence.contains { isInMail($0) && sentence.range.contains($0.offset) }
    }
}
