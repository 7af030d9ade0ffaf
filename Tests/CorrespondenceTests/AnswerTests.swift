import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

/// Summaries of what came after the first one: the customer's answer, and a person's correction.
@Suite("Answers and corrections")
struct AnswerTests {
    private func draft(
        _ variant: Variant, _ language: MailLanguage = .danish, _ change: (inout SalesSummary) -> Void = { _ in }
    )
        -> TemplateSet.Draft
    {
        Fixture.compose(variant.summary(language).with(change))
    }

    @Test("an answer in a known thread is told as one, and the steps are the reader's")
    func answer() {
        let (danish, english) = (draft(.answer), draft(.answer, .english))
        #expect(
            danish.subject
                == "Vestklit Emballage – Mette har svaret; ring til Mette onsdag; 56.250 kr. + 2.322 kr./md. [L-2026-0017]"
        )
        #expect(danish.text.hasPrefix("KORT FORTALT\nMette har svaret. "))
        #expect(danish.text.contains("HVAD METTE SVAREDE (23.11. kl. 14.40)\n"))
        #expect(danish.text.contains("1. Ring til Mette. Ane, onsdag 25.11.\n"))
        #expect(!danish.text.contains("Jonas, "))
        #expect(english.text.hasPrefix("IN SHORT\nMette has answered. "))
        #expect(english.text.contains("WHAT METTE ANSWERED (23 Nov, 14:40)\n"))
    }

    @Test("a new mail in the lead's thread is no answer to anything")
    func written() {
        let draft = draft(.answer) { $0.dossier.letter.form = .direct }
        #expect(draft.subject.contains("– Mette har skrevet; "))
        #expect(draft.text.contains("HVAD KUNDEN SKREV"))
    }

    @Test("the first lines of an answer still fit the screen", arguments: MailLanguage.allCases)
    func fits(_ language: MailLanguage) {
        let summary = Variant.answer.summary(language).with { summary in
            summary.dossier.contact.name = "Wilhelmine-Charlotte Lyngholm"
            let words = summary.dossier.facts[1].evidence
            summary.dossier.facts += Fixture.rules.services.map {
                Fact(name: "service." + $0.code, value: .flag(true), evidence: words)
            }
        }
        let lines = SummaryWords(summary, rules: Fixture.rules).inShort
        #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 72 })
    }

    @Test("a reader of whom only the address is known is named as in the mail")
    func readerName() {
        let text = draft(.answer) {
            $0.reader = Mailbox(address: "JH@fjordtek.example")
            $0.dossier.letter.to = [Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example")]
        }.text
        #expect(text.contains("1. Ring til Mette. Jonas, onsdag 25.11.\n"))
    }

    @Test("a corrected summary says first what was changed, by whom, and that the earlier one no longer holds")
    func correction() {
        let (danish, english) = (draft(.corrected), draft(.corrected, .english))
        #expect(danish.subject.hasPrefix("Rettet: Vestklit Emballage – "))
        #expect(
            danish.text.onOneLine.hasPrefix(
                "Rettet: flyttet fra CVR 91430525 til CVR 93205189 efter dit svar 24.11.; den tidligere opsummering gælder ikke. KORT FORTALT"
            ))
        #expect(
            english.text.onOneLine.hasPrefix(
                "Corrected: moved from CVR 91430525 to CVR 93205189 after your reply of 24 Nov; the earlier summary no longer holds. IN SHORT"
            ))
        #expect(danish.visibleHTML.onOneLine.contains("Rettet: flyttet fra CVR 91430525"))
    }

    @Test("a correction by a colleague names them; one of an unknown company moves nothing")
    func otherCorrections() {
        let text = draft(.corrected) {
            guard let correction = $0.correction else { return }
            $0.correction = .init(from: nil, to: correction.to, by: "ak@fjordtek.example", at: correction.at)
        }.text.onOneLine
        #expect(text.hasPrefix("Rettet: samlet på CVR 93205189 efter svar fra ak@fjordtek.example 24.11.;"))
        #expect(text.contains("i svaret fra ak@fjordtek.example"))
    }

    @Test("the company of a correction rests on the reply, with its words")
    func ground() {
        let evidence = Variant.said("forkert firma 93205189", in: 12)
        let text = draft(.corrected) { $0.dossier.link.evidence = evidence }.text.onOneLine
        #expect(text.contains("Hvorfor denne: \"forkert firma 93205189\" i dit svar. Sikkerhed: høj."))
        let bare = draft(.corrected) { $0.dossier.link.evidence = nil }.text.onOneLine
        #expect(bare.contains("Hvorfor denne: angivet i dit svar. Sikkerhed: høj."))
    }
}
