import Mail
import Rules
import Testing

@testable import Correspondence

@Suite("Notices and receipts")
struct BounceNoticeTests {
    private static func notice(_ language: MailLanguage, suppressed: [String]) -> TemplateSet.Draft {
        BounceNotice(
            subject: "Acme – næste skridt",
            failures: [
                .init(address: "kim@vang.example", action: .failed, status: "5.1.1", words: "550 5.1.1 <b>No</b>")
            ],
            suppressed: suppressed, language: language
        ).compose(Fixture.templates, to: Mailbox(name: "Jonas Holm", address: "jh@fjordtek.example"))
    }

    @Test("a notice says what came back, from whom, in the remote's words and in the language of the mail")
    func words() {
        let danish = Self.notice(.danish, suppressed: ["kim@vang.example"])
        #expect(danish.subject == "Ikke leveret: Acme – næste skridt")
        #expect(danish.text.hasPrefix("Hej Jonas\n\nMailen \"Acme – næste skridt\" kom retur."))
        #expect(danish.text.contains("  550 5.1.1 <b>No</b>") && danish.text.contains("holdes tilbage"))
        #expect(danish.html.contains("550 5.1.1 &lt;b&gt;No&lt;/b&gt;"))
        let english = Self.notice(.english, suppressed: [])
        #expect(english.subject == "Not delivered: Acme – næste skridt")
        #expect(english.text.contains("came back") && !english.text.contains("held back"))
    }

    @Test(
        "a receipt to somebody outside is plain text in their language, and quotes nothing",
        arguments: MailLanguage.allCases)
    func receipt(_ language: MailLanguage) {
        let letter = Fixture.letter(language)
        let draft = PublicReceipt(answering: letter, company: Fixture.rules.company).compose(Fixture.templates)
        #expect(draft.subject == "Auto: VS: Fakturaer" && draft.html.isEmpty)
        #expect(draft.text.contains(language == .danish ? "automatisk kvittering" : "automatic receipt"))
        #expect(draft.text.contains(Fixture.rules.company.name))
        #expect(!letter.text.split(separator: "\n").contains { draft.text.contains($0) })
    }
}
