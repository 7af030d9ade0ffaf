import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence
@testable import Quoting

@Suite("Disagreement in the summary")
struct DisagreementTests {
    private func told(_ alternative: Alternative, _ language: MailLanguage = .danish) -> String {
        let text = Fixture.compose(
            Variant.disagreement.summary(language).with { $0.pricing.alternatives = [alternative] }
        )
        .text.onOneLine
        guard let start = text.range(of: language == .danish ? "UENIGHED - " : "DISAGREEMENT - "),
            let end = text.range(of: language == .danish ? " DET MANGLER VI" : " WHAT IS MISSING")
        else { return "" }
        return String(text[start.upperBound..<end.lowerBound])
    }

    @Test("each source is quoted, with the one that counts, the rule, and what the other would change")
    func number() {
        let alternative = Variant.alternative(
            Variant.documents(900, "ca. 900 fakturaer", in: nil), Variant.atHand,
            Variant.documents(700, "ca. 700 fakturaer", in: 7), Variant.chat)
        #expect(
            told(alternative)
                == "Chatten 19.11. sagde \"ca. 700 fakturaer\", mailen \"ca. 900 fakturaer\"; der er regnet med mailen (nyest). Ved 700: 370,00 kr. mindre pr. måned, ekskl. moms."
        )
        #expect(
            told(alternative, .english)
                == "The chat of 19 Nov said \"ca. 700 fakturaer\", the mail \"ca. 900 fakturaer\"; the mail counts (the newest). At 700: DKK 370.00 less a month, excl. VAT."
        )
    }

    @Test("every period that changes is told; where none does, that too")
    func changes() {
        var alternative = Variant.alternative(
            Variant.documents(900, "900", in: nil), Variant.atHand, Variant.documents(700, "700", in: 5), Variant.mail)
        alternative.changes = [
            .init(recurring: nil, difference: Money(ore: 1_400_000)),
            .init(recurring: .month, difference: Money(ore: -37_000)),
            .init(recurring: .year, difference: Money(ore: 100)),
        ]
        #expect(
            told(alternative).hasSuffix(
                "Ved 700: 14.000,00 kr. mere, 370,00 kr. mindre pr. måned og 1,00 kr. mere pr. år, ekskl. moms."))
        alternative.changes = []
        #expect(told(alternative).hasSuffix("regnet med mailen (nyest). Det ændrer ikke prisen."))
    }

    @Test(
        "a service asked for in one message and turned down in another is told by name",
        arguments: [
            (true, "ønsket i mailen (\"ja\"), fravalgt i chatten 19.11. (\"nej\")", "Uden: 370,00 kr. mindre"),
            (false, "ønsket i chatten 19.11. (\"ja\"), fravalgt i mailen (\"nej\")", "Med: 370,00 kr. mindre"),
        ])
    func service(_ isWanted: Bool, _ words: String, _ change: String) {
        let fact = { (isWanted: Bool, message: Int64?) in
            Fact(
                name: "service.support", value: .flag(isWanted),
                evidence: Variant.said(isWanted ? "ja" : "nej", in: message))
        }
        let text = told(Variant.alternative(fact(isWanted, nil), Variant.atHand, fact(!isWanted, 7), Variant.chat))
        #expect(
            text.hasPrefix("Supportaftale Standard: \(words); der er regnet med mailen (nyest). \(change) pr. måned"))
    }

    @Test("a note that was written with the mail goes before it")
    func note() {
        let (chosen, other) = (
            Variant.documents(900, "900", in: nil), Variant.documents(700, "700", in: nil)
        )
        var note = Variant.atHand
        note.isInstruction = true
        #expect(
            told(Variant.alternative(chosen, note, other, Variant.atHand)).hasPrefix(
                "Mailen sagde \"700\", din note \"900\"; der er regnet med din note (noten går forud)."))
    }

    @Test("two chats of one day are told apart by the hour")
    func sameDay() {
        var later = Variant.chat
        later.saidAt += 3600
        let text = told(
            Variant.alternative(
                Variant.documents(900, "900", in: 8), later, Variant.documents(700, "700", in: 7), Variant.chat))
        #expect(
            text.hasPrefix(
                "Chatten 19.11. kl. 20.14 sagde \"700\", chatten 19.11. kl. 21.14 \"900\"; der er regnet med chatten 19.11. kl. 21.14 (nyest)."
            ))
    }

    @Test("days and names are told as such")
    func values() {
        let fact = { (value: FactValue, message: Int64?) in
            Fact(name: "deadline", value: value, evidence: Variant.said("ord", in: message))
        }
        for (value, words) in [
            (FactValue.day(Fixture.day(2027, 2, 26)), "Ved fredag 26.2.2027: "), (.text("Xero"), "Ved Xero: "),
            (.money(ore: 500_000), "Ved 5.000,00 kr.: "),
        ] {
            let alternative = Variant.alternative(
                fact(.day(Fixture.day(2027, 1, 4)), nil), Variant.atHand, fact(value, 7), Variant.chat)
            #expect(told(alternative).contains(words))
        }
    }
}
