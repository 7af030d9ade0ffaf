import CVR
import Foundation
import Mail
import Quoting
import Rules
import TestSupport
import Testing
import Understanding

@Suite("Pricing")
struct PricingTests {
    private let rules: RuleSet
    private let finder: FactFinder
    private let instant = Date(timeIntervalSince1970: 1_795_507_931)  // 24 November 2026

    init() throws {
        rules = try RuleFolder.load(Repository.rules)
        finder = FactFinder(rules)
    }

    /// A dossier of a forward with the given note and text.
    private func dossier(note: String = "", _ text: String) throws -> Dossier {
        let letter = try Letter(
            SampleMail.forward(note: note, text), reading: ReadingOptions(own: OwnPeople(domains: ["fjordtek.example"]))
        )
        #expect(letter.form == .forwardInline)
        return Dossier(letter: letter, link: LinkDecision(status: .none), facts: finder.facts(in: letter))
    }

    @Test("users in two groups are added, and the tier follows their number")
    func tiers() throws {
        let dossier = try dossier("Vi er fire i bogholderiet, og 14 afdelingsledere skal kunne godkende fakturaer.")
        let line = try #require(
            Pricing(dossier, rules: rules, at: instant).quote?.lines.first { $0.code == "document-user" })
        #expect(
            line.quantity == Quantity(18) && line.unitPrice == Money(ore: 12_900) && line.amount == Money(ore: 232_200))
        #expect(line.recurring == .month)
    }

    @Test("documents are charged above what is included")
    func volume() throws {
        let quote = try #require(Pricing(dossier("Det er 900 fakturaer om måneden."), rules: rules, at: instant).quote)
        let line = try #require(quote.lines.first { $0.code == "document-volume" })
        #expect(line.quantity == Quantity(400) && line.amount == Money(ore: 74_000))
        let few = try #require(Pricing(dossier("Det er 400 fakturaer om måneden."), rules: rules, at: instant).quote)
        #expect(!few.lines.contains { $0.code == "document-volume" })
    }

    @Test("what is not known is asked, not guessed")
    func questions() throws {
        let pricing = try Pricing(dossier("Vi vil have læst vores fakturaer."), rules: rules, at: instant)
        #expect(pricing.questions.contains { $0.rule == "tier.users" && $0.effect != nil })
        #expect(pricing.quote?.lines.contains { $0.code == "document-user" } == false)
    }

    @Test(
        "a discount counts only in our own note and within the limit, and only on one-off lines",
        arguments: [("Giv 10 % i rabat.", "", 10), ("Giv 25 % i rabat.", "", 0), ("", "Vi vil have 10 % rabat.", 0)])
    func discount(_ note: String, _ text: String, _ percent: Int) throws {
        let pricing = try Pricing(
            dossier(note: note, "\(text) Vi vil have en chatbot og en supportaftale."), rules: rules, at: instant)
        let lines = try #require(pricing.quote?.lines)
        #expect(lines.first { $0.code == "chatbot" }?.discountPercent == percent)
        #expect(lines.first { $0.code == "support" }?.discountPercent == 0)
        #expect(pricing.remarks.contains { $0.contains("25 %") } == note.contains("25"))
    }

    @Test("nothing we sell gives no quote")
    func nothing() throws {
        #expect(try Pricing(dossier("Kan vi mødes til en kop kaffe?"), rules: rules, at: instant).quote == nil)
    }

    @Test("a hostile quantity gives a question, never a crash")
    func hugeQuantity() throws {
        let pricing = try Pricing(
            dossier("Vi har 999.999.999 fakturaer om måneden og 999.999.999 brugere."), rules: rules, at: instant)
        #expect(pricing.quote != nil)
    }
}
