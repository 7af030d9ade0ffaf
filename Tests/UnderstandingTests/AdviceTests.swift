import Foundation
import Mail
import Quoting
import Rules
import TestSupport
import Testing
import Understanding

@Suite("Advice")
struct AdviceTests {
    private let rules: RuleSet
    private let instant = Date(timeIntervalSince1970: 1_795_507_931)  // Tuesday 24 November 2026

    init() throws { rules = try RuleFolder.load(Repository.rules) }

    private func steps(_ text: String, note: String = "") throws -> [Recommendation] {
        let letter = try Letter(
            SampleMail.forward(note: note, text), reading: ReadingOptions(own: OwnPeople(domains: ["fjordtek.example"]))
        )
        let dossier = Dossier(
            letter: letter, link: LinkDecision(status: .none), facts: FactFinder(rules).facts(in: letter))
        let pricing = Pricing(dossier, rules: rules, at: instant)
        return Recommendation.all(
            for: dossier, rules: rules, at: instant, isPriced: pricing.quote != nil,
            hasQuestions: !pricing.questions.isEmpty
        ).filter { $0.kind == .step }
    }

    @Test("the last day to order stands, whatever else is to be done sooner")
    func lastDay() throws {
        let steps = try steps(
            "Vi vil have læst vores fakturaer inden udgangen af februar, så det skal køre der. Ligger data i EU, og GDPR?"
        )
        #expect(steps.first { $0.rule == "step.lead-time" }?.dueOn == CalendarDay(iso: "2026-12-18"))
        #expect(steps.contains { $0.rule == "step.data-agreement" })
    }

    @Test(
        "a step is due no later than the day set for one behind it",
        arguments: [
            "Vi vil have læst vores fakturaer. Kan du give en pris inden onsdag?",
            "Vi vil have læst vores fakturaer. Det skal køre senest 20. januar.",
            "Vi vil have læst vores fakturaer. Det haster.",
        ])
    func order(_ text: String) throws {
        let days = try steps(text).compactMap(\.dueOn)
        #expect(days.count > 2 && days == days.sorted())
    }

    @Test("a note to ring the customer is no wish of the customer's to meet")
    func noteToRing() throws {
        #expect(try !steps("Vi vil have en chatbot.", note: "Ring til ham.").contains { $0.rule == "step.meeting" })
        #expect(try steps("Vi vil have en chatbot. Vil du ringe til mig?").contains { $0.rule == "step.meeting" })
    }
}
