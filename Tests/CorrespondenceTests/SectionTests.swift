import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

/// A section, its heading in both languages, and what takes it away.
struct Section: Sendable, CustomTestStringConvertible {
    var danish: String
    var english: String
    var empty: @Sendable (inout SalesSummary) -> Void

    var testDescription: String { danish }

    func heading(_ language: MailLanguage) -> String { language == .danish ? danish : english }

    static let all = [
        Section(danish: "Kort fortalt", english: "In short") { _ in },
        Section(danish: "Virksomhed", english: "Company") { _ in },
        Section(danish: "Kontaktperson", english: "Contact") { _ in },
        Section(danish: "Din note (læst", english: "Your note (read") { $0.dossier.letter.note = "" },
        Section(danish: "Hvad kunden skrev", english: "What the customer wrote") {
            $0.dossier.letter.text = ""
            $0.dossier.facts = []
        },
        Section(danish: "Anbefaling", english: "Recommendation") { $0.recommendations = [] },
        Section(danish: "Tilbudsudkast", english: "Draft quote") { $0.pricing.quote = nil },
        Section(danish: "Uenighed", english: "Disagreement") { $0.pricing.alternatives = [] },
        Section(danish: "Det mangler vi", english: "What is missing") { $0.pricing.questions = [] },
        Section(danish: "Historik", english: "History") {
            ($0.dossier.history, $0.dossier.openQuotes, $0.dossier.colleagues) = ([], [], [])
        },
        Section(danish: "Svar på denne mail", english: "Reply to this mail") { $0.takesCommands = false },
        Section(danish: "Åbn i Brevdue", english: "Open in Brevdue") { $0.publicURL = nil },
    ]
}

@Suite("Sections of the summary")
struct SectionTests {
    @Test("every section is there, in the order of the mail, in both parts", arguments: MailLanguage.allCases)
    func order(_ language: MailLanguage) {
        let draft = Fixture.compose(Variant.full.summary(language))
        for part in [draft.text.lowercased(), draft.visibleHTML.onOneLine.lowercased()] {
            let places = Section.all.map { part.range(of: $0.heading(language).lowercased())?.lowerBound }
            #expect(!places.contains(nil))
            #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        }
    }

    @Test(
        "a section with nothing to say is left out of both parts", arguments: Section.all.dropFirst(3),
        MailLanguage.allCases)
    func leftOut(_ section: Section, _ language: MailLanguage) {
        let full = Variant.full.summary(language)
        let draft = Fixture.compose(full.with(section.empty))
        let heading = section.heading(language).lowercased()
        #expect(!draft.lines.contains { $0.lowercased().hasPrefix(heading) })
        #expect(!draft.visibleHTML.onOneLine.lowercased().contains(heading))
        #expect(Fixture.compose(full).visibleHTML.onOneLine.lowercased().contains(heading))
    }

    @Test(
        "in short is at most three lines of the screen, however much there is to say", arguments: MailLanguage.allCases)
    func inShort(_ language: MailLanguage) {
        let summary = Fixture.summary(language).with { summary in
            let evidence = summary.dossier.facts[1].evidence
            summary.dossier.facts += Fixture.rules.services.map {
                Fact(name: "service." + $0.code, value: .flag(true), evidence: evidence)
            }
            summary.recommendations[1].action = String(
                repeating: "Gør noget, som tager lang tid at forklare, ", count: 5)
        }
        let lines = SummaryWords(summary, rules: Fixture.rules).inShort
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.count <= 72 && $0.hasSuffix(".") })
        #expect(lines[0].contains(language == .danish ? " ydelser til." : " more."))
        #expect(
            lines[1].hasPrefix(
                language == .danish
                    ? "Haster: pris inden fredag 27.11., i drift senest fredag 26.2.2027."
                    : "Urgent: price by Friday 27 Nov, live by Friday 26 Feb 2027."))
    }

    @Test("a deadline on a day off is told as the workday before", arguments: MailLanguage.allCases)
    func deadlineOnSunday(_ language: MailLanguage) {
        let summary = Fixture.summary(language).with {
            for index in $0.dossier.facts.indices where $0.dossier.facts[index].name == "deadline" {
                $0.dossier.facts[index].value = .day(Fixture.day(2027, 2, 28))
            }
        }
        #expect(
            SummaryWords(summary, rules: Fixture.rules).inShort.contains {
                $0.hasSuffix(
                    language == .danish ? "i drift senest fredag 26.2.2027." : "live by Friday 26 Feb 2027.")
            })
    }

    @Test(
        "the need is one sentence of what is wanted, and how many documents where there is room",
        arguments: [
            ([], MailLanguage.danish, "Mailen nævner ingen af vores ydelser."),
            (["chatbot"], .danish, "900 dokumenter om måneden; de ønsker en chatbot."),
            (["chatbot"], .english, "900 documents a month; they want a chatbot."),
            (["erp", "chatbot"], .danish, "900 dokumenter om måneden; de ønsker Xero og en chatbot."),
            (
                ["document-setup", "erp", "approval", "support"], .danish,
                "De ønsker dokumentlæsning, Xero, godkendelse og support."
            ),
            (
                ["erp", "approval", "training"], .english,
                "900 documents a month; they want Xero, approval and training."
            ),
        ])
    func need(_ services: [String], _ language: MailLanguage, _ line: String) {
        let summary = Fixture.summary(language).with { summary in
            let words = summary.dossier.facts[1].evidence
            summary.dossier.facts.append(Fact(name: "erp_system", value: .text("Xero"), evidence: words))
            summary.dossier.facts += services.map { Fact(name: "service." + $0, value: .flag(true), evidence: words) }
        }
        #expect(SummaryWords(summary, rules: Fixture.rules).inShort.first == line)
    }

    @Test("a service turned down is named with the customer's words, whatever else is advised")
    func declined() {
        let summary = Fixture.summary().with { summary in
            let words = Fixture.evidence("Chatbotten er vi glade for", in: summary.dossier.letter)
            summary.dossier.facts.append(Fact(name: "service.chatbot", value: .flag(false), evidence: words))
            summary.recommendations += Array(repeating: summary.recommendations[0], count: 5)
        }
        let draft = Fixture.compose(summary)
        for part in [draft.text.onOneLine, draft.visibleHTML.onOneLine] {
            #expect(part.contains("Ikke foreslået: chatbot til hjemmesiden"))
            #expect(part.contains("\"Chatbotten er vi glade for\"; kunden har sagt nej (declined.service)"))
        }
    }

    @Test("a step without an owner is due as a sentence")
    func noOwner() {
        let text = Fixture.compose(Fixture.summary().with { $0.recommendations[1].owner = nil }).text
        #expect(text.contains("1. Ring til Mette. Senest onsdag 25.11.\n"))
    }

    @Test("the subject names company, next step, sum and lead on one line")
    func subject() {
        #expect(
            Fixture.compose(Fixture.summary()).subject
                == "Vestklit Emballage – ring til Mette onsdag; 56.250 kr. + 2.322 kr./md. [L-2026-0017]")
        let bare = Fixture.summary(.english).with { summary in
            summary.dossier.company = Dossier.Company(
                name: "Evil\r\nBcc: x@y.example " + String(repeating: "x", count: 500))
            (summary.pricing.quote, summary.recommendations) = (nil, [])
        }
        let subject = Fixture.compose(bare).subject
        #expect(
            subject.hasPrefix("Evil Bcc: x@y.example") && subject.hasSuffix("… [L-2026-0017]") && subject.count < 80)
    }

    @Test(
        "the link leads to the lead, with or without a slash at the end of its base",
        arguments: ["https://b.example", "https://b.example/"])
    func link(_ base: String) {
        let draft = Fixture.compose(Fixture.summary().with { $0.publicURL = base })
        #expect(draft.text.hasSuffix("Åbn i Brevdue: https://b.example/leads/L-2026-0017\n"))
        #expect(draft.html.contains("href=\"https://b.example/leads/L-2026-0017\""))
    }

    @Test("days are told from the forward's year, however old the mail in it")
    func oldMail() {
        let summary = Fixture.summary().with {
            $0.dossier.letter.original.date.instant = Date(timeIntervalSince1970: 1_700_000_000)
        }
        let text = Fixture.compose(summary).text
        #expect(text.contains("HVAD KUNDEN SKREV (14.11.2023 kl. 23.13)"))
        #expect(text.contains("Jonas, onsdag 25.11.\n"))
    }

    @Test("a long step is cut to its main clause in the subject")
    func longStep() {
        let summary = Fixture.summary().with {
            $0.recommendations[1].action = "Find kundens CVR-nummer, og videresend mailen igen med nummeret øverst."
        }
        #expect(Fixture.compose(summary).subject.contains(" – find kundens CVR-nummer onsdag; "))
    }
}
