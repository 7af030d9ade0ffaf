import Foundation
import Mail
import Rules
import Testing
import Understanding

@testable import Quoting

/// What holds of every price, whatever the rules and whatever was said: 100,000 cases, the same in every run.
@Suite("Every price")
struct PricePropertyTests {
    private static let instant = Date(timeIntervalSince1970: 1_795_507_931)  // 24 November 2026
    private static let parts = 20
    private static let ruleSets = 10
    private static let cases = 500

    @Test(
        "is the sum of its parts, the same for the same facts in any order, and higher for more, unless it says why",
        arguments: 0..<parts)
    func properties(_ part: Int) throws {
        var random = Seeded(UInt64(part) + 1)
        let base = try Self.dossier()
        for _ in 0..<Self.ruleSets {
            let rules = try GeneratedRules.make(&random)
            for _ in 0..<Self.cases {
                var dossier = base
                dossier.facts = Self.facts(&random)
                let pricing = Pricing(dossier, rules: rules, at: Self.instant)
                Self.expectSums(pricing, rules)
                // Each is asked of every second case: it takes a second price.
                if random.chance(50) {
                    try Self.expectGrowth(of: &dossier, from: pricing, rules, &random)
                } else {
                    dossier.facts.reverse()
                    let reversed = Pricing(dossier, rules: rules, at: Self.instant)
                    Self.expect(reversed == pricing, "the order of the facts matters: \(dossier.facts)")
                }
            }
        }
    }

    private static func dossier() throws -> Dossier {
        let letter = try Letter(
            Array("From: mette@kunde.example\nSubject: Pris\n\nHej\n".utf8), reading: ReadingOptions())
        return Dossier(letter: letter, link: LinkDecision(status: .none), facts: [])
    }

    private static func facts(_ random: inout Seeded) -> [Fact] {
        let words = Evidence(part: "text/plain", section: .text, text: "Hej", offset: 0, length: 3)
        var facts = GeneratedRules.services.filter { _ in random.chance(80) }.map {
            Fact(name: "service." + $0, value: .flag(random.chance(85)), evidence: words)
        }
        for name in GeneratedRules.numbers where random.chance(75) {
            let number = quantity(&random)
            let least = random.chance(15) && number > 0 ? random.number(0...number) : nil
            facts.append(Fact(name: name, value: .number(thousandths: number), least: least, evidence: words))
        }
        if random.chance(30) {
            let note = Evidence(part: "text/plain", section: .note, text: "Giv", offset: 0, length: 3)
            let percent = random.number(0...25_000) / (random.chance(80) ? 1000 : 1) * (random.chance(80) ? 1000 : 1)
            facts.append(Fact(name: "discount", value: .number(thousandths: percent), unit: "%", evidence: note))
        }
        return facts
    }

    /// Mostly what people say; now and then what would overflow.
    private static func quantity(_ random: inout Seeded) -> Int {
        switch random.number(1...20) {
        case 1: random.number(0...1_000_000_000_000)
        case 2: [Int.max, Int.min, -1, 0, 1][random.number(0...4)]
        case 3...5: random.number(0...600_000)
        default: random.number(0...600) * 1000
        }
    }

    // MARK: What holds

    private static func expectSums(_ pricing: Pricing, _ rules: RuleSet) {
        guard let quote = pricing.quote else { return }
        let step = rules.terms.rounding.step
        var sums: [Quote.Period?: Int] = [:]
        for line in quote.lines {
            sums[line.recurring, default: 0] += line.amount.ore
            // Exact, and in numbers that cannot overflow: |amount * 100000 - quantity * price * (100 - discount)| is at
            // most half a step, and half a step is away from zero.
            let exact =
                Int128(line.quantity.thousandths) * Int128(line.unitPrice.ore) * Int128(100 - line.discountPercent)
            let rounded = (exact * 2 + Int128(100_000 * step)) / Int128(200_000 * step) * Int128(step)
            expect(Int128(line.amount.ore) == rounded, "\(line)")
            expect(line.amount.ore >= 0 && (0...100).contains(line.discountPercent), "\(line)")
        }
        expect(Set(quote.totals.map(\.recurring)) == Set(sums.keys), "\(quote)")
        for total in quote.totals {
            expect(total.subtotal.ore == sums[total.recurring], "\(total)")
            let exact = Int128(total.subtotal.ore) * Int128(rules.terms.vatPercent)
            expect(Int128(total.vat.ore) == (exact * 2 + 100) / 200, "\(total)")
            expect(total.total == total.subtotal + total.vat, "\(total)")
        }
        expect(quote.subtotal.ore == sums.values.reduce(0, +), "\(quote)")
        expect(quote.vat == quote.totals.reduce(.zero) { $0 + $1.vat }, "\(quote)")
        expect(quote.total == quote.subtotal + quote.vat, "\(quote)")
        let year = sums.reduce(0) { $0 + $1.value * ($1.key == .month ? 12 : 1) }
        expect(quote.firstYear.ore == year, "\(quote)")
    }

    /// Raises one number, and looks for lines that got cheaper without a word about it.
    private static func expectGrowth(
        of dossier: inout Dossier, from pricing: Pricing, _ rules: RuleSet, _ random: inout Seeded
    ) throws {
        guard let lines = pricing.quote?.lines,
            let index = dossier.facts.firstIndex(where: { $0.name.hasPrefix("n") }),
            case .number(let number) = dossier.facts[index].value, (0...100_000_000).contains(number)
        else { return }
        let name = dossier.facts[index].name
        dossier.facts[index].value = .number(thousandths: number + random.number(1...200_000))
        let more = Pricing(dossier, rules: rules, at: instant).quote?.lines ?? []
        for line in more {
            guard let rule = rules.price(line.rule), case .fact(name, _, _) = rule.driver,
                case .tiers = rule.price, let before = lines.first(where: { $0.rule == line.rule }),
                line.amount < before.amount
            else { continue }
            let told = ["trinpris fra", "mængderabat"].filter { line.reason.contains($0) }
            expect(!told.isEmpty && line.reason != before.reason, "\(before) became \(line)")
        }
    }

    /// Says only what does not hold: a hundred thousand cases have millions of expectations.
    private static func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { Issue.record("\(what())") }
    }
}
