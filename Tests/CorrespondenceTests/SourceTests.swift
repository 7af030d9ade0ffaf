import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

/// Words of other messages than the one at hand.
@Suite("Who said what")
struct SourceTests {
    private func text(
        _ variant: Variant = .full, _ language: MailLanguage = .danish, _ change: (inout SalesSummary) -> Void
    )
        -> String
    {
        Fixture.compose(variant.summary(language).with(change)).text.onOneLine
    }

    @Test(
        "words of another message are quoted with their source, those of the mail at hand without",
        arguments: [
            (Variant.said("12 brugere", in: 7), MailLanguage.danish, "\"12 brugere\" (chatten 19.11.)"),
            (Variant.said("12 brugere", in: 7), .english, "\"12 brugere\" (the chat of 19 Nov)"),
            (Variant.said("12 brugere", in: 5), .danish, "\"12 brugere\" (mailen 12.11. fra Per)"),
            (Variant.said("12 brugere", in: 5), .english, "\"12 brugere\" (the mail of 12 Nov from Per)"),
            (Variant.said("Giv 5 %", in: 5, .note), .danish, "\"Giv 5 %\" (din note 12.11.)"),
            (Variant.said("Giv 5 %", in: nil, .note), .english, "\"Giv 5 %\" (your note)"),
            (Variant.said("12 brugere", in: 99), .danish, "\"12 brugere\" (en tidligere besked)"),
            (Variant.said("12 brugere", in: nil), .danish, "\"12 brugere\"; reason1"),
        ])
    func why(_ evidence: Evidence, _ language: MailLanguage, _ words: String) {
        let text = text(.full, language) {
            $0.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100, evidence: [evidence])])
        }
        #expect(text.contains((language == .danish ? "Hvorfor: " : "Why: ") + words))
    }

    @Test("the same place in two messages is two places")
    func distinct() {
        let text = text { summary in
            let words = ["12 brugere", "14 brugere"].enumerated().map {
                Variant.said($0.element, in: [7, 5][$0.offset])
            }
            summary.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100, evidence: words)])
        }
        #expect(text.contains("\"12 brugere\" (chatten 19.11.), \"14 brugere\" (mailen 12.11. fra Per); reason1"))
    }

    @Test(
        "the note of somebody else than the reader is theirs",
        arguments: [("Jens Riis", "Jens' note"), ("Ane Krogh", "Anes note")])
    func otherNote(_ name: String, _ note: String) {
        let text = text {
            $0.dossier.letter.forwarder = Mailbox(name: name, address: "andre@fjordtek.example")
            $0.reader = Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example")
        }
        #expect(text.contains("\(note.uppercased()) (læst som instruks; kunden ser den ikke)"))
        #expect(text.contains("Rabat: \(note) \"Giv 10 % på opstarten\" = "))
    }

    @Test("a discount of an earlier note is named with its day")
    func earlierDiscount() {
        let text = text { $0.dossier.facts[0].evidence = Variant.said("Giv 10 %", in: 5, .note) }
        #expect(text.contains("Rabat: din note 12.11. \"Giv 10 %\" = 6.250,00 kr."))
    }

    @Test("a budget of another message is named with it")
    func budget() {
        let text = text {
            $0.dossier.facts.append(
                Fact(name: "budget", value: .money(ore: 10_000_000), evidence: Variant.said("100.000 kr.", in: 7)))
        }
        #expect(text.contains("Budget: \"100.000 kr.\" (chatten 19.11.) rækker til engangsbeløbet"))
    }

    @Test("what was said before and still counts stands with what the customer wrote", arguments: MailLanguage.allCases)
    func saidBefore(_ language: MailLanguage) {
        let text = text(.full, language) { _ in }
        #expect(
            text.contains(language == .danish ? "Chatten 19.11.: \"12 brugere\"" : "The chat of 19 Nov: \"12 brugere\"")
        )
    }

    @Test("words of an earlier message are no sentence of this mail, wherever they stand in their own")
    func notAtHand() {
        let summary = Fixture.summary()
        let elsewhere = summary.with { $0.dossier.facts[3].evidence.messageID = 7 }
        #expect(Fixture.compose(summary).text.onOneLine.contains("\"Det skal køre inden udgangen af februar, for"))
        #expect(!Fixture.compose(elsewhere).text.onOneLine.contains("\"Det skal køre inden udgangen af februar, for"))
    }

    @Test("that the same address wrote in the chat speaks for the company", arguments: MailLanguage.allCases)
    func chat(_ language: MailLanguage) {
        let (known, other) = (
            text(.full, language) { _ in }, text(.full, language) { $0.dossier.contact.address = "en@anden.example" }
        )
        let words =
            language == .danish
            ? "i Mettes signatur; samme adresse skrev i chatten 19.11. Sikkerhed: høj."
            : "in Mette's signature; the same address wrote in the chat on 19 Nov. Confidence: high."
        #expect(known.contains(words))
        #expect(!other.contains("samme adresse") && !other.contains("the same address"))
    }

    @Test("postcode and town stand together")
    func postcode() {
        #expect(
            text { $0.dossier.company.postcode = "6950" }.contains(
                "Vestklit Emballage A/S, 6950 Ringkøbing, CVR 91430525"))
    }
}
