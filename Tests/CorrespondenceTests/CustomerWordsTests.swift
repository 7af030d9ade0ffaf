import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

@Suite("What the customer wrote")
struct CustomerWordsTests {
    private func wrote(_ summary: SalesSummary) -> String {
        let text = Fixture.compose(summary).text
        guard let start = text.range(of: "HVAD KUNDEN SKREV"), let end = text.range(of: "ANBEFALING") else { return "" }
        return String(text[start.lowerBound..<end.lowerBound])
    }

    @Test("whole sentences with facts in them are quoted in their order; a greeting is not")
    func sentences() {
        let text = wrote(Fixture.summary())
        #expect(text.hasPrefix("HVAD KUNDEN SKREV (23.11. kl. 14.40)\n"))
        #expect(
            text.onOneLine.contains(
                "\"Vi får ca. 900 fakturaer om måneden, og de bliver alle tastet ind i hånden.\" \"Det skal køre inden udgangen af februar"
            ))
        #expect(!text.contains("Hej Jonas") && !text.contains("Chatbotten"))
    }

    @Test("at most four sentences are quoted, those with most facts")
    func limit() {
        let summary = Fixture.summary().with { summary in
            summary.dossier.letter.text = (1...9).map { "Sætning \($0) har et tal." }.joined(separator: " ")
            let letter = summary.dossier.letter
            summary.dossier.facts = (1...9).flatMap { number in
                (0..<(number % 2 + 1)).map {
                    Fact(
                        name: "f\(number).\($0)", value: .number(thousandths: 1),
                        evidence: Fixture.evidence("Sætning \(number)", in: letter))
                }
            }
        }
        #expect(
            wrote(summary).split(separator: "\n").dropFirst().map { $0.filter(\.isNumber) } == ["1", "3", "5", "7"])
    }

    @Test("an endless sentence is cut")
    func endless() {
        let summary = Fixture.summary().with { $0.dossier.letter.text = String(repeating: "900 ", count: 5_000) }
        #expect(wrote(summary).utf8.count < 400)
    }

    @Test("a question is answered from company.yaml, by a line of the quote, by a step, or left to the salesperson")
    func questions() throws {
        let answer = try #require(Fixture.rules.company.answers.first)
        let word = try #require(answer.words.first)
        let summary = Fixture.summary().with { summary in
            summary.dossier.letter.text =
                "Hvad med \(word)? Hvad koster support? Kan I ringe? Har I en hund? Hvad koster det?"
            let letter = summary.dossier.letter
            summary.pricing.quote = Fixture.quote([
                Fixture.line(
                    1, "Support", price: 195_000, recurring: .month,
                    evidence: [Fixture.evidence("Hvad koster", in: letter)])
            ])
            summary.recommendations[1].evidence = [Fixture.evidence("Kan I ringe", in: letter)]
        }
        let text = wrote(summary).onOneLine
        #expect(
            text.contains(
                "Mette spørger: \"Hvad med \(word)?\" – \(answer.question.danish) \(answer.answer.danish) (company.yaml: \(answer.id)) Mette"
            ))
        #expect(text.contains("\"Hvad koster support?\" – Support: 1.950,00 kr. pr. måned, linje 1. Mette"))
        #expect(text.contains("\"Kan I ringe?\" – se næste skridt 1 nedenfor. Mette"))
        #expect(text.contains("\"Har I en hund?\" – intet fast svar i company.yaml; det må du selv svare på. Mette"))
        #expect(text.hasSuffix("\"Hvad koster det?\" – 1.950 kr./md. ekskl. moms, se tilbudsudkastet."))
    }

    @Test("what nobody could price is not answered with a price")
    func noPrice() {
        let summary = Fixture.summary().with { summary in
            summary.dossier.letter.text = "Hvad koster det?"
            summary.pricing.quote = nil
        }
        #expect(wrote(summary).onOneLine.hasSuffix("– intet fast svar i company.yaml; det må du selv svare på."))
    }

    @Test("a sentence may end with kr., and goes on behind it before a small letter")
    func endWithUnit() {
        #expect(
            Sentences.all(in: "Vi har 8.000 kr. Er I forsikret?").map(\.text) == [
                "Vi har 8.000 kr.", "Er I forsikret?",
            ])
        #expect(Sentences.all(in: "Vi har sat 8.000 kr. af til det.").count == 1)
    }

    @Test("a sentence goes on behind an abbreviated number", arguments: ["kundenr.", "Ordrenr.", "tlf.", "CVR-nr."])
    func abbreviation(_ word: String) {
        #expect(Sentences.all(in: "Vi har \(word) 92149544 og vil gerne udvide.").count == 1)
    }

    @Test("the note is shown to the salesperson as an instruction")
    func note() {
        #expect(
            Fixture.compose(Fixture.summary()).text.contains(
                "DIN NOTE (læst som instruks; kunden ser den ikke)\n\"Giv 10 % på opstarten.\"\n"))
    }
}
