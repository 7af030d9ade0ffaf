import Mail
import Rules
import Testing

@testable import Correspondence

@Suite("Notices and receipts")
struct NoticeTests {
    private static func notice(
        _ event: DeliveryNotice.Event, _ language: MailLanguage, isSuppressed: Bool = false
    ) -> TemplateSet.Draft {
        DeliveryNotice(
            event, subject: "Acme – næste skridt", recipient: "kim@vang.example", words: "550 5.1.1 <b>No</b>",
            isSuppressed: isSuppressed, language: language
        ).compose(Fixture.templates, name: "Jonas")
    }

    @Test("a notice says what came back, from whom, in the remote's words and in the language of the mail")
    func words() {
        let danish = Self.notice(.returned, .danish, isSuppressed: true)
        #expect(danish.subject == "Ikke leveret: Acme – næste skridt")
        #expect(danish.text.hasPrefix("Hej Jonas\n\nMailen \"Acme – næste skridt\" til kim@vang.example kom retur:"))
        #expect(danish.text.contains("\n  550 5.1.1 <b>No</b>\n") && danish.text.contains("holdes tilbage"))
        #expect(danish.html.contains("550 5.1.1 &lt;b&gt;No&lt;/b&gt;") && danish.html.contains("holdes tilbage"))
        let english = Self.notice(.returned, .english)
        #expect(english.subject == "Not delivered: Acme – næste skridt")
        #expect(english.text.contains("came back") && !english.text.contains("held back"))
    }

    @Test(
        "every event has words of its own, in both languages",
        arguments: [DeliveryNotice.Event.delayed, .failed, .expired, .unknown, .returned], MailLanguage.allCases)
    func events(_ event: DeliveryNotice.Event, _ language: MailLanguage) {
        let draft = Self.notice(event, language)
        let others = [DeliveryNotice.Event.delayed, .failed, .expired, .unknown, .returned].filter { $0 != event }
        #expect(!others.map { Self.notice($0, language).text }.contains(draft.text))
        for part in [draft.text, draft.html] {
            #expect(part.contains("Acme") && part.contains("kim@vang.example") && !part.contains("{{"))
        }
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
