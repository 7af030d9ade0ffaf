import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

@Suite("The company in the summary")
struct LinkWordingTests {
    static let number = CVRNumber("91430525")

    private func company(_ link: LinkDecision, _ language: MailLanguage = .danish) -> String {
        SummaryWords(Fixture.summary(language).with { $0.dossier.link = link }, rules: Fixture.rules).company.joined(
            separator: "\n")
    }

    @Test(
        "an unlinked summary asks for the CVR number, of the salesperson and of the customer",
        arguments: [LinkDecision.Status.none, .invalid, .ambiguous], MailLanguage.allCases)
    func unlinked(_ status: LinkDecision.Status, _ language: MailLanguage) {
        let draft = Fixture.compose(
            Fixture.summary(language).with { summary in
                summary.dossier.link = LinkDecision(status: status)
                summary.dossier.company.number = nil
                summary.pricing.questions = []
            })
        for part in [draft.text, draft.visibleHTML] {
            let folded = part.onOneLine
            #expect(
                folded.contains(
                    language == .danish ? "Hvad er jeres CVR-nummer?" : "What is your company's CVR number?"))
            #expect(
                folded.contains(
                    language == .danish
                        ? "Videresend mailen igen med \"CVR-nr.\"" : "Forward the mail again with \"CVR no.\""))
            #expect(folded.components(separatedBy: language == .danish ? "ideresend" : "orward the").count == 2)
            #expect(folded.contains(language == .danish ? "CVR-nummer ukendt" : "CVR number unknown"))
        }
    }

    @Test("a linked summary asks for no CVR number, and says what was not looked up")
    func linked() {
        let draft = Fixture.compose(Fixture.summary())
        #expect(!draft.text.contains("Hvad er jeres CVR-nummer?"))
        #expect(
            draft.text.onOneLine.contains(
                "Branche, ansatte, status og reklamebeskyttelse: ukendt, ikke slået op i CVR-registret."))
        #expect(
            Fixture.compose(Fixture.summary(.english)).text.onOneLine.contains(
                "advertising protection: unknown, not looked up in the CVR register."))
    }

    @Test(
        "the reason for a link is told by its ground",
        arguments: [
            (.labelled, .signature, "\"CVR 91430525\" i Mettes signatur"),
            (.prefixed, .text, "\"CVR 91430525\" i mailen"), (.instruction, .note, "\"CVR 91430525\" i din note"),
            (.thread, nil, "samme tråd som før"),
            (.instruction, nil, "angivet af jer"),
            (.knownAddress, .sender, "\"CVR 91430525\" har skrevet for firmaet før"),
            (.knownDomain, .sender, "\"CVR 91430525\" har et domæne, som hører til firmaet"),
        ] as [(LinkDecision.Ground, Evidence.Section?, String)])
    func grounds(_ ground: LinkDecision.Ground, _ section: Evidence.Section?, _ words: String) {
        let evidence = section.map {
            Evidence(part: "text/plain", section: $0, text: "CVR 91430525", offset: 0, length: 12)
        }
        let link = LinkDecision(
            status: .linked, number: Self.number, confidence: .medium, ground: ground, evidence: evidence)
        #expect(company(link).contains("Hvorfor denne: \(words). Sikkerhed: mellem."))
    }

    @Test("an invalid number is shown as written, with what is wrong")
    func invalid() {
        let evidence = Evidence(part: "text/plain", section: .text, text: "CVR-nr. 12345678", offset: 0, length: 16)
        let candidate = LinkDecision.Candidate(
            number: "12345678", valid: false, own: false, labelled: true, text: "CVR-nr. 12345678")
        let text = company(LinkDecision(status: .invalid, evidence: evidence, candidates: [candidate]))
        #expect(text.contains("\"CVR-nr. 12345678\" i mailen er ikke et CVR-nummer"))
        #expect(!text.contains("Også set"))
    }

    @Test("other numbers are shown, our own never")
    func candidates() {
        let others = [("94617308", true, true), ("10405033", true, false), ("10405034", false, false)].map {
            LinkDecision.Candidate(number: $0.0, valid: $0.1, own: $0.2, labelled: false, text: $0.0)
        }
        let link = LinkDecision(
            status: .linked, number: Self.number, confidence: .high, ground: .thread, candidates: others)
        #expect(
            company(link).contains("Også set, ikke brugt: \"10405033\", \"10405034\" (kontrolcifferet passer ikke)."))
        #expect(!company(link).contains("94617308"))
    }

    @Test("of two likely numbers both are shown")
    func ambiguous() {
        let both = ["96582781", "95079806"].map {
            LinkDecision.Candidate(number: $0, valid: true, own: false, labelled: true, text: "CVR-nr. \($0)")
        }
        let evidence = Evidence(part: "text/plain", section: .text, text: both[0].text, offset: 0, length: 16)
        #expect(
            company(LinkDecision(status: .ambiguous, evidence: evidence, candidates: both)).contains(
                "\"CVR-nr. 96582781\", \"CVR-nr. 95079806\""))
    }

    @Test("one number whose owner is open is shown once, with what is open", arguments: MailLanguage.allCases)
    func openOwner(_ language: MailLanguage) {
        let one = LinkDecision.Candidate(
            number: "96200633", valid: true, own: false, labelled: true, text: "CVR 96200633")
        let evidence = Evidence(part: "text/plain", section: .text, text: one.text, offset: 0, length: 12)
        let text = company(
            LinkDecision(status: .ambiguous, ground: .labelled, evidence: evidence, candidates: [one]), language)
        #expect(
            text.contains(
                language == .danish
                    ? "\"CVR 96200633\" i mailen kan være en andens: det er uvist, hvem tilbuddet gælder. Spørg kunden."
                    : "\"CVR 96200633\" in the mail may be somebody else's: it is open whom the quote is for. Ask the customer."
            ))
        #expect(!text.contains("Flere") && !text.contains("Several") && !text.contains("Også set"))
        #expect(text.components(separatedBy: "96200633").count == 2)
    }

    @Test("every datum of the contact names its source; without any the contact is unknown")
    func contact() {
        #expect(
            contact(Fixture.summary()) == [
                "Mette Lyngholm (afsender), økonomichef (signatur)",
                "mly@vestklit.example (afsender)", "10 40 50 33 (signatur)",
            ])
        let unknown = Fixture.summary(.english).with { $0.dossier.contact = Dossier.Contact() }
        #expect(contact(unknown) == ["unknown"])
        for (title, written) in [("IT-chef", "IT-chef"), ("CFO", "CFO"), ("Indehaver", "indehaver")] {
            let summary = Fixture.summary().with { $0.dossier.contact.title = title }
            #expect(contact(summary)[0].hasSuffix(", \(written) (signatur)"))
        }
    }

    private func contact(_ summary: SalesSummary) -> [String] {
        SummaryWords(summary, rules: Fixture.rules).contact.map(\.onOneLine)
    }
}
