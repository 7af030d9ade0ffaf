import Foundation
import Mail
import Rules
import Testing

@testable import Correspondence

@Suite("Guidance")
struct GuidanceTests {
    @Test("an own mail without a forward is answered with what to do, in its language")
    func bothLanguages() {
        let danish = Guidance(letter: Fixture.letter()).compose(Fixture.templates)
        #expect(danish.subject == "Sådan bruger du Brevdue: VS: Fakturaer")
        #expect(danish.text.hasPrefix("Hej Jonas\n\nDin mail \"VS: Fakturaer\" rummer ingen videresendt mail"))
        #expect(danish.text.contains("1. Åbn kundens mail, og vælg Videresend"))
        let english = Guidance(letter: Fixture.letter(.english)).compose(Fixture.templates)
        #expect(english.subject == "How to use Brevdue: VS: Fakturaer")
        #expect(english.text.contains("1. Open the customer's mail and choose Forward"))
        for draft in [danish, english] {
            #expect(draft.lines.allSatisfy { $0.count <= 72 })
            #expect(draft.visibleHTML.onOneLine.contains("\"VS: Fakturaer\""))
        }
    }

    @Test("a mail without subject or name is answered without them")
    func bare() {
        var letter = Fixture.letter()
        (letter.subject, letter.from) = ("", [Mailbox(address: "jh@fjordtek.example")])
        let draft = Guidance(letter: letter).compose(Fixture.templates)
        #expect(draft.subject == "Sådan bruger du Brevdue")
        #expect(draft.text.hasPrefix("Hej\n\nDin mail rummer ingen"))
    }

    @Test("an endless subject is cut, a hostile one escaped")
    func hostile() {
        var letter = Fixture.letter()
        letter.subject = "<b>\r\nBcc: x@y.example " + String(repeating: "x ", count: 5_000)
        let draft = Guidance(letter: letter).compose(Fixture.templates)
        #expect(draft.subject.count < 160 && !draft.subject.contains("\n"))
        #expect(draft.html.contains("&lt;b&gt; Bcc") && !draft.html.contains("<b>"))
    }
}
