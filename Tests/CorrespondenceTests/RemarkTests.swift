import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

@Suite("What only the salesperson reads")
struct RemarkTests {
    private let remark = "Rabat på 25 % kræver godkendelse (grænsen er 10 %) og er ikke regnet med."

    @Test("remarks have a section of their own, before the quote, marked as for us alone", arguments: [true, false])
    func section(_ isPriced: Bool) {
        let summary = Fixture.summary().with {
            $0.pricing.remarks = [remark]
            if !isPriced { $0.pricing.quote = nil }
        }
        let draft = Fixture.compose(summary)
        #expect(draft.text.contains("FØR DU SENDER (kun til dig; kunden ser det ikke)\n"))
        for part in [draft.text.onOneLine, draft.visibleHTML.onOneLine] {
            #expect(part.components(separatedBy: remark).count == 2)
        }
        if let place = draft.text.range(of: "FØR DU SENDER"), let quote = draft.text.range(of: "TILBUDSUDKAST") {
            #expect(place.lowerBound < quote.lowerBound)
        }
    }

    @Test(
        "that the mail is encrypted, or packed in a winmail.dat, is said there, and it is not called empty",
        arguments: MailLanguage.allCases)
    func unread(_ language: MailLanguage) throws {
        for (type, words) in [
            ("application/pkcs7-mime", "rypte"), ("application/pkcs7-mime; smime-type=signed-data", "S/MIME"),
            ("application/ms-tnef", "winmail.dat"),
        ] {
            let mail = "From: bo@lund.example\r\nContent-Type: \(type)\r\n\r\nx\r\n"
            let letter = try Letter(Array(mail.utf8), reading: ReadingOptions())
            let draft = Fixture.compose(
                Fixture.summary(language).with {
                    $0.dossier.letter.defects = letter.defects
                    ($0.dossier.letter.text, $0.dossier.facts) = ("", [])
                })
            #expect(draft.text.contains(language == .danish ? "FØR DU SENDER" : "BEFORE YOU SEND"))
            #expect(draft.text.contains(words) && draft.visibleHTML.contains(words))
            #expect(draft.text.contains("rypte") == (words == "rypte"), "a signature is no secret")
            #expect(draft.text.contains(language == .danish ? "kan ikke læses her" : "cannot be read here"))
        }
    }

    @Test("without remarks the section is left out", arguments: MailLanguage.allCases)
    func none(_ language: MailLanguage) {
        let draft = Fixture.compose(Fixture.summary(language))
        for part in [draft.text, draft.visibleHTML] {
            #expect(!part.lowercased().contains("før du sender") && !part.lowercased().contains("before you send"))
        }
    }

    @Test(
        "a CPR number that the customer wrote is not repeated",
        arguments: [("131284-1302", "131284-xxxx"), ("1312841302", "131284xxxx")])
    func cpr(_ number: String, _ shown: String) {
        let summary = Fixture.summary().with { summary in
            summary.dossier.letter.text = "Hendes nummer er \(number), og hun skal have 900 fakturaer."
            summary.dossier.letter.note = "Hun har CPR \(number)."
            let words = Fixture.evidence("Hendes nummer er \(number)", in: summary.dossier.letter)
            summary.dossier.facts = [Fact(name: "documents_per_month", value: .number(thousandths: 1), evidence: words)]
            summary.recommendations[0].evidence = [words]
        }
        let draft = Fixture.compose(summary)
        for part in [draft.text, draft.html] { #expect(!part.contains("1302") && part.contains(shown)) }
    }
}
