import CVR
import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

/// Another business: its first lines come from its rules alone.
@Suite("A cleaning company's summary")
struct OtherBusinessTests {
    private static let files = [
        RuleFile(
            name: "company.yaml",
            text: """
                name: Skinnende Rent ApS
                cvr: ["94617308"]
                domains: [skinnende.example]
                people: []
                from: salg@skinnende.example
                intake: salg@skinnende.example
                """),
        RuleFile(
            name: "services.yaml",
            text: """
                services:
                  - code: cleaning
                    name: {da: "Kontorrengøring", en: "Office cleaning"}
                    short: {da: "rengøring", en: "cleaning"}
                    unit: {da: m², en: m²}
                    prices: {month: 12.50}
                    driver: area
                    asks:
                      - id: cleaning.area
                        question: {da: "Hvor mange kvadratmeter er det?", en: "How many square metres is it?"}
                    words: {da: [rengøring, gjort rent], en: [cleaning]}
                  - code: windows
                    name: {da: "Vinduespudsning", en: "Window cleaning"}
                    unit: {da: gang, en: visit}
                    prices: {once: 400}
                    words: {da: [vinduer, vinduespudsning], en: [windows]}
                """),
        RuleFile(
            name: "facts.yaml",
            text: """
                facts:
                  - name: area
                    kind: number
                    headline: {da: "{area} m² kontor", en: "{area} m² of offices"}
                    words: {da: [kvadratmeter, m², kvm], en: [square metres]}
                  - name: first_day
                    kind: day
                    headline: {da: "første gang {first_day}", en: "for the first time on {first_day}"}
                    words: {da: [begynde, starte], en: [begin, start]}
                declining: []
                """),
        RuleFile(
            name: "recommendations.yaml",
            text: """
                recommendations:
                  - id: step.visit
                    kind: step
                    priority: 1
                    when: {service: cleaning}
                    due_in_workdays: 2
                    short: {da: "se lokalerne hos {customer}", en: "see the premises at {customer}'s"}
                    action: {da: "Aftal et besøg, og mål op.", en: "Arrange a visit and measure."}
                    reason: {da: "prisen følger af arealet", en: "the price follows from the area"}
                """),
        RuleFile(
            name: "pricing.yaml",
            text: """
                terms: {vat_percent: 25, valid_days: 30, delivery_weeks: 1, discount_limit_percent: 5}
                prices:
                  - id: cleaning.area
                    service: cleaning
                    recurring: month
                    reason: {da: "pr. kvadratmeter", en: "per square metre"}
                  - id: windows.visit
                    service: windows
                    reason: {da: "pr. gang", en: "per visit"}
                """),
    ]

    private func summary() throws -> (SalesSummary, RuleSet) {
        let rules = try RuleSet(Self.files + Fixture.rules.files.filter { $0.name.hasPrefix("templates/") })
        var letter = Fixture.letter()
        letter.text =
            "Hej Jonas\nVi har 1.200 kvadratmeter, som skal have rengøring hver dag, og vinduer hver måned.\nI kan begynde mandag den 4. januar."
        letter.note = ""
        let facts = FactFinder(rules).facts(in: letter)
        let dossier = Dossier(
            letter: letter, link: LinkDecision(status: .none), facts: facts,
            contact: Dossier.Contact(name: "Mette Lyngholm", address: "mly@vestklit.example"))
        let pricing = Pricing(dossier, rules: rules, at: Fixture.instant)
        let advice = Recommendation.all(
            for: dossier, rules: rules, at: Fixture.instant, isPriced: pricing.quote != nil,
            hasQuestions: !pricing.questions.isEmpty)
        return (
            SalesSummary(
                dossier: dossier, recommendations: advice, pricing: pricing, leadReference: nil, quoteNumber: nil,
                publicURL: nil), rules
        )
    }

    @Test("its first lines and its subject are made of its own words")
    func firstLines() throws {
        let (summary, rules) = try summary()
        let draft = summary.compose(try TemplateSet(rules), rules: rules)
        #expect(
            draft.text.hasPrefix(
                "KORT FORTALT\n1.200 m² kontor; de ønsker rengøring og vinduespudsning.\nFrist: første gang mandag 4.1.2027.\nNæste skridt: se lokalerne hos Mette torsdag.\n"
            ))
        #expect(draft.subject == "Mette Lyngholm – se lokalerne hos Mette torsdag; 400 kr. + 15.000 kr./md.")
        #expect(draft.text.contains("1.200 m² à 12,50 = 15.000,00"))
    }
}
