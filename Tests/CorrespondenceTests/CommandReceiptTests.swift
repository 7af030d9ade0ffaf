import CVR
import Foundation
import Mail
import Rules
import Testing

@testable import Correspondence

@Suite("Receipts for commands")
struct CommandReceiptTests {
    private func draft(_ fault: Command.Fault, _ language: MailLanguage = .danish) -> TemplateSet.Draft {
        var letter = Fixture.letter(language)
        letter.subject = "SV: Vestklit Emballage – ring til Mette onsdag [L-2026-0017]"
        return CommandReceipt(fault, language: language, answering: letter).compose(Fixture.templates)
    }

    private static func number(_ digits: String) -> CVRNumber {
        guard let number = CVRNumber(digits) else { preconditionFailure("no CVR number") }
        return number
    }

    @Test(
        "it says what was understood, why nothing was changed, and what to write instead",
        arguments: [
            (
                Command.Fault.notACVRNumber("93205188"),
                "Du skrev \"93205188\". Det er ikke et CVR-nummer: kontrolcifferet passer ikke. Måske er et ciffer tastet forkert."
            ),
            (.notACVRNumber("1234"), "Du skrev \"1234\". Det er ikke et CVR-nummer: et CVR-nummer har otte cifre."),
            (
                .ownNumber(number("94617308")),
                "Du skrev CVR 94617308. Det er vores eget nummer, så det kan ikke være kundens."
            ),
            (.missingNumber, "Du skrev, at det er det forkerte firma, men ikke nummeret på det rigtige."),
        ])
    func faults(_ fault: Command.Fault, _ words: String) {
        let draft = draft(fault)
        #expect(draft.subject == "Intet er ændret: SV: Vestklit Emballage – ring til Mette onsdag [L-2026-0017]")
        #expect(
            draft.text.onOneLine
                == "Hej Jonas \(words) Der er ikke ændret noget. Svar på den samme mail igen, med CVR-nummeret på denne måde: CVR <8 cifre>"
        )
        #expect(draft.visibleHTML.onOneLine.contains(words + " Der er ikke ændret noget."))
        #expect(draft.visibleHTML.contains("CVR <8 cifre>"))
    }

    @Test("of several numbers each is offered", arguments: MailLanguage.allCases)
    func several(_ language: MailLanguage) {
        let text = draft(.severalNumbers([Self.number("93205189"), Self.number("91430525")]), language).text.onOneLine
        #expect(
            text.contains(
                language == .danish
                    ? "Du skrev flere numre: 93205189 og 91430525."
                    : "You wrote several numbers: 93205189 and 91430525."
            ))
        #expect(text.hasSuffix("CVR 93205189 CVR 91430525"))
    }

    @Test(
        "both parts say the same, in lines that fit; hostile words are escaped and cut",
        arguments: MailLanguage.allCases)
    func hostile(_ language: MailLanguage) {
        let draft = draft(.notACVRNumber("<script>\r\nBcc: x " + String(repeating: "9", count: 5_000)), language)
        #expect(draft.textSections == draft.htmlSections)
        #expect(draft.lines.allSatisfy { $0.count <= 72 })
        #expect(!draft.html.contains("<script") && draft.html.contains("&lt;script&gt; Bcc"))
    }
}
