import Foundation
import Mail
import Quoting
import Rules
import TestSupport
import Testing
import Understanding

/// Assumptions and questions reach the customer; remarks and the note's words never do.
@Suite("What the lead reads of a price")
struct WhatTheLeadReadsTests {
    private let rules: RuleSet
    private let instant = Date(timeIntervalSince1970: 1_795_507_931)  // 24 November 2026

    init() throws { rules = try RuleFolder.load(Repository.rules) }

    private func pricing(note: String = "", _ text: String) throws -> Pricing {
        let letter = try Letter(
            SampleMail.forward(note: note, text), reading: ReadingOptions(own: OwnPeople(domains: ["fjordtek.example"]))
        )
        return Pricing(
            Dossier(
                letter: letter, link: LinkDecision(status: .none), facts: FactFinder(rules).facts(in: letter)),
            rules: rules, at: instant)
    }

    @Test("approval, limits and deadlines that cannot be met are remarks, never assumptions or questions")
    func remarks() throws {
        let pricing = try pricing(
            note: "Giv 25 % i rabat.", "Vi vil have en chatbot, og den skal være klar senest 1. december.")
        let quote = try #require(pricing.quote)
        #expect(pricing.remarks.count == 2)
        let read = quote.assumptions + pricing.questions.flatMap { [$0.text, $0.effect ?? ""] }
        for words in ["godkend", "rabat", "grænsen", "25 %", "frist"] {
            #expect(!read.contains { $0.lowercased().contains(words) }, "\(words)")
        }
    }

    @Test("a range that the note gives is reckoned with, and its words are not repeated to the customer")
    func noteRange() throws {
        let pricing = try pricing(
            note: "De er 12-15 brugere og nærige.", "Vi vil gerne have vores fakturaer læst og godkendt.")
        let quote = try #require(pricing.quote)
        let range = try #require(quote.assumptions.first { $0.contains("12") })
        #expect(range.contains("15") && !range.contains("\"") && !range.contains("nærige"))
        let asked = try self.pricing("Vi er 12-15 brugere. Vi vil gerne have vores fakturaer læst.")
        #expect(asked.quote?.assumptions.contains { $0.contains("\"12-15 brugere\"") } == true)
    }

    @Test("a workshop that is turned down is not priced with the reading either")
    func declinedWorkshop() throws {
        let quote = try #require(pricing("Vi vil have læst 900 fakturaer om måneden, men ingen workshop.").quote)
        #expect(quote.lines.contains { $0.code == "document-setup" } && !quote.lines.contains { $0.code == "analysis" })
    }

    @Test("a line driven by a number quotes the words of the number")
    func drivers() throws {
        let quote = try #require(
            pricing("Vi får 900 fakturaer om måneden. Vi er fire i bogholderiet, og 14 afdelingsledere.").quote)
        let words = Dictionary(quote.lines.map { ($0.code, $0.evidence.map(\.text)) }) { first, _ in first }
        #expect(words["document-user"] == ["fire i bogholderiet, og 14 afdelingsledere"])
        #expect(words["document-volume"] == ["900 fakturaer om måneden"])
    }

    @Test("the last day to order is told only where the quote is valid until it")
    func lastOrder() throws {
        let text = "Vi vil have en chatbot, og den skal køre senest"
        #expect(try pricing("\(text) 26. februar.").quote?.assumptions.contains { $0.contains("18.12.2026") } == true)
        let late = try #require(pricing("\(text) 30. april.").quote)
        #expect(late.validUntil == CalendarDay(iso: "2026-12-18") && late.assumptions == [])
    }

    @Test("where nothing is discounted, no question speaks of a discount")
    func noDiscount() throws {
        let pricing = try pricing("Vi vil have en integration til Business Central.")
        #expect(pricing.questions.contains { $0.effect != nil })
        #expect(!pricing.questions.contains { $0.effect?.contains("rabat") == true })
    }
}
