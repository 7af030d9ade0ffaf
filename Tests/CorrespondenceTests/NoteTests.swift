import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

/// The note above a forward is an instruction to us.
@Suite("The note never reaches the lead")
struct NoteTests {
    private static let marker = "Kvitteringsskab"

    /// Phrases that rules read facts from, each with the marker beside it.
    private static let phrases = [
        "Giv 10 % rabat", "Giv 25 % på opstarten", "De er 10-14 brugere", "ca. 400 til 900 fakturaer om måneden",
        "De kører Xero i skyen", "Business Central på egen server", "Budgettet er 80.000 kr.",
        "Det skal køre inden 1. marts", "De vil have en pris inden fredag", "Det haster",
        "4 regnskaber og 3 dages kursus",
        "CVR-nr. 91 43 05 25", "De vil ikke have en chatbot", "give 5 % off", "between 10 and 20 users",
    ]

    private static let finder = FactFinder(Fixture.rules)

    /// A note made of some of the phrases; the same number gives the same note.
    private static func note(_ number: Int) -> String {
        var state = UInt64(number) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let lines = phrases.filter { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 62 < 2
        }
        return lines.enumerated().map { index, line in
            index % 2 == 0 ? "\(marker) \(line)." : "\(line), \(marker.lowercased()) og sådan."
        }.joined(separator: " ")
    }

    private static func summary(_ number: Int) -> SalesSummary {
        var letter = Fixture.letter(number % 2 == 0 ? .danish : .english)
        letter.note = note(number)
        letter.text +=
            "\n\nKan I også læse fakturaer ind i Business Central? Hvad koster support, undervisning og udlæg?"
        let statements = Statement.statements(
            in: letter, facts: finder.readings(in: letter), receivedAt: Fixture.instant)
        let merged = MergedFacts(atHand: statements, earlier: [], rules: Fixture.rules)
        let dossier = Dossier(
            letter: letter, link: LinkDecision(status: .linked, number: CVRNumber("91430525"), confidence: .high),
            facts: merged.facts, disagreements: merged.disagreements)
        let pricing = Pricing(dossier, rules: Fixture.rules, at: Fixture.instant)
        return SalesSummary(
            dossier: dossier,
            recommendations: Recommendation.all(
                for: dossier, rules: Fixture.rules, at: Fixture.instant, isPriced: pricing.quote != nil,
                hasQuestions: !pricing.questions.isEmpty),
            pricing: pricing, leadReference: nil, quoteNumber: nil, publicURL: nil)
    }

    @Test("nothing of it stands in questions, effects, assumptions or lines, whatever it says")
    func property() throws {
        var priced = 0
        for number in 0..<400 {
            let pricing = Self.summary(number).pricing
            let quote = try #require(pricing.quote)
            priced += quote.lines.count
            let forLeads =
                pricing.questions.flatMap { [$0.text, $0.effect ?? ""] } + quote.assumptions
                + quote.lines.flatMap { [$0.description, $0.unit] }
            for text in forLeads {
                #expect(!text.lowercased().contains(Self.marker.lowercased()), "\(text) of note \(number)")
            }
        }
        #expect(priced > 2_000)
    }

    @Test("in the mail itself it stands only in sections for our own people")
    func sections() {
        for number in 0..<60 {
            let summary = Self.summary(number)
            let view = SummaryWords(summary, rules: Fixture.rules).view
            for name in ["wrote", "missing"] {
                #expect(!"\(view[name] ?? "")".lowercased().contains(Self.marker.lowercased()), "\(name) \(number)")
            }
            let note = summary.dossier.letter.note.isEmpty ? nil : view["note"]
            #expect(note == nil || "\(note ?? "")".contains(Self.marker))
        }
    }
}
