import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

@Suite("The draft quote in the summary")
struct QuoteWordingTests {
    private func text(_ summary: SalesSummary) -> String { Fixture.compose(summary).text.onOneLine }

    @Test("one-off and monthly stand apart, each with its sum, tax and total")
    func sums() {
        let danish = text(Fixture.summary())
        #expect(danish.contains("TILBUDSUDKAST 2026-0042 (kr. ekskl. moms; gælder til fredag 18.12.2026)"))
        #expect(danish.contains("Engangsbeløb i alt 56.250,00 + 25 % moms 14.062,50 = 70.312,50 kr."))
        #expect(danish.contains("Pr. måned i alt 2.322,00 + 25 % moms 580,50 = 2.902,50 kr."))
        #expect(
            danish.contains("Første faktura (engangsbeløb + 1. måned): 58.572,00 + 25 % moms 14.643,00 = 73.215,00 kr.")
        )
        #expect(danish.contains("Første år: 84.114,00 kr. ekskl. moms."))
        let english = text(Fixture.summary(.english))
        #expect(english.contains("DRAFT QUOTE 2026-0042 (DKK excl. VAT; valid until Friday 18 Dec 2026)"))
        #expect(english.contains("One-off total 56,250.00 + 25 % VAT 14,062.50 = DKK 70,312.50"))
        #expect(
            english.contains("First invoice (one-off + first month): 58,572.00 + 25 % VAT 14,643.00 = DKK 73,215.00"))
        #expect(english.contains("First year: DKK 84,114.00 excl. VAT."))
    }

    @Test("a quote of one kind of amount does not say its only sum twice")
    func oneSum() {
        let once = text(Fixture.summary().with { $0.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100)]) })
        #expect(!once.contains("Første faktura") && !once.contains("Første år"))
        let monthly = text(
            Fixture.summary().with {
                $0.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100, recurring: .month)])
            })
        #expect(!monthly.contains("Første faktura") && monthly.contains("Første år: 12,00 kr."))
    }

    @Test("the reason stands under each line with words and rule; words within words are not repeated")
    func reasons() {
        let letter = Fixture.letter()
        let (long, short) = (
            Fixture.evidence("ca. 900 fakturaer om måneden", in: letter), Fixture.evidence("900 fakturaer", in: letter)
        )
        let quote = Fixture.quote([Fixture.line(1, "a", price: 100, evidence: [short, long, long])])
        let lines = Fixture.compose(Fixture.summary().with { $0.pricing.quote = quote }).lines
        let row = lines.firstIndex { $0.hasPrefix("1 a") }
        #expect(row.map { lines[$0 + 2] } == "  Hvorfor: \"ca. 900 fakturaer om måneden\"; reason1 (rule.1)")
    }

    @Test("a number added up from groups is shown with them", arguments: MailLanguage.allCases)
    func groups(_ language: MailLanguage) {
        let summary = Fixture.summary(language).with { summary in
            let words = Fixture.evidence(
                language == .danish ? "900 fakturaer" : "900 invoices", in: summary.dossier.letter)
            summary.dossier.facts.append(
                Fact(name: "users", value: .number(thousandths: 18_000), parts: [4_000, 14_000], evidence: words))
            summary.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100, evidence: [words])])
        }
        #expect(
            text(summary).contains(
                language == .danish ? "\"900 fakturaer\", 4 + 14; reason1" : "\"900 invoices\", 4 + 14; reason1"))
    }

    @Test("the note's discount is said once, with its words, its sum and the limit")
    func discount() {
        let text = text(Fixture.summary())
        let limit = Fixture.rules.terms.discountLimitPercent
        #expect(
            text.contains(
                "Rabat: din note \"Giv 10 % på opstarten\" = 6.250,00 kr.; inden for grænsen på \(limit) %, kræver ingen godkendelse."
            ))
        #expect(text.components(separatedBy: "\"Giv 10 % på opstarten\"").count == 2)
    }

    @Test(
        "the budget bounds the quote",
        arguments: [
            (7_031_250, "rækker til engangsbeløbet, også inkl. moms."),
            (7_031_249, "rækker til engangsbeløbet ekskl. moms; er det inkl. moms, mangler 0,01 kr."),
            (5_625_000, "rækker til engangsbeløbet ekskl. moms; er det inkl. moms, mangler 14.062,50 kr."),
            (5_624_999, "rækker ikke til engangsbeløbet: der mangler 0,01 kr. ekskl. moms."),
        ])
    func budget(_ ore: Int, _ verdict: String) {
        let summary = Fixture.summary().with {
            $0.dossier.facts.append(
                Fact(
                    name: "budget", value: .money(ore: ore),
                    evidence: Fixture.evidence("900 fakturaer", in: $0.dossier.letter)))
        }
        #expect(text(summary).contains("Budget: \"900 fakturaer\" \(verdict)"))
    }

    @Test("a budget without one-off lines is held against the first year")
    func yearlyBudget() {
        let summary = Fixture.summary(.english).with {
            $0.dossier.facts.append(
                Fact(
                    name: "budget", value: .money(ore: 1_500),
                    evidence: Fixture.evidence("900 invoices", in: $0.dossier.letter)))
            $0.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100, recurring: .month)])
        }
        #expect(text(summary).contains("Budget: \"900 invoices\" covers the first year, VAT included."))
    }

    @Test("a question stands with what its answer changes")
    func questions() {
        #expect(
            Fixture.compose(Fixture.summary()).text.contains("- Hvor mange regnskaber?\n  (12.000,00 kr. stykket)\n"))
    }

    @Test("what answers change in money is said to exclude VAT, and to be before discount only where there is one")
    func amounts() {
        #expect(text(Fixture.summary()).contains("(12.000,00 kr. stykket) Beløb er ekskl. moms og før rabat."))
        let full = Fixture.summary().with {
            $0.pricing.quote = Fixture.quote([Fixture.line(1, "a", price: 100)])
        }
        #expect(text(full).contains("(12.000,00 kr. stykket) Beløb er ekskl. moms."))
        let plain = Fixture.summary().with { $0.pricing.questions[0].effect = nil }
        #expect(!text(plain).contains("Beløb er ekskl."))
    }
}
