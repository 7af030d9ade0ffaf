import Foundation
import Mail
import Quoting
import Rules
import Understanding

// Prints how many dossiers a second are priced and advised on, one core, in each of the runs asked for.

let arguments = CommandLine.arguments
guard arguments.count == 3, let runs = Int(arguments[1]), let dossiers = Int(arguments[2]) else {
    FileHandle.standardError.write(Data("usage: BrevdueBench RUNS DOSSIERS\n".utf8))
    exit(2)
}

let instant = Date(timeIntervalSince1970: 1_795_507_931)  // 24 November 2026
let rules = try BenchRules.load()
let dossier = try BenchRules.dossier()
let sample = Pricing(dossier, rules: rules, at: instant)
print("\(sample.quote?.lines.count ?? 0) lines \(rules.prices.count + rules.recommendations.count) rules")

for _ in 0..<runs {
    var lines = 0
    let elapsed = ContinuousClock().measure {
        for _ in 0..<dossiers {
            let pricing = Pricing(dossier, rules: rules, at: instant)
            let advice = Recommendation.all(
                for: dossier, rules: rules, at: instant, now: instant, isPriced: pricing.quote != nil,
                hasQuestions: !pricing.questions.isEmpty)
            lines += (pricing.quote?.lines.count ?? 0) + advice.count
        }
    }
    guard lines > 0 else { exit(1) }
    print(Double(dossiers) / (elapsed / .seconds(1)))
}
