import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    /// Forms of companies that a subject has no room for.
    private static let legalForms: Set<String> = [
        "a/s", "aps", "i/s", "k/s", "p/s", "ivs", "amba", "a.m.b.a.", "smba", "ltd",
    ]
    /// Letters of a step at most.
    private static let stepLength = 60

    /// Who – next step and its day; sum, and the lead's reference.
    var subject: String {
        let news = isAnswer ? [answered] : []
        let sum = summary.pricing.quote.map { Amounts.short($0, in: language) }
        let what = (news + [briefs(of: Array(steps.prefix(1))).first, sum].compactMap { $0 }).joined(separator: "; ")
        let parts = [Layout.clip(who, to: 60), what].filter { !$0.isEmpty }
        let corrected = summary.correction == nil && summary.lateFiles.isEmpty ? "" : say("Rettet: ", "Corrected: ")
        return corrected + parts.joined(separator: " – ") + (summary.leadReference.map { " [\($0)]" } ?? "")
    }

    /// The company without its legal form, else the person.
    private var who: String {
        let sender = letter.original.from
        guard let company = dossier.company.name?.onOneLine else {
            return (dossier.contact.name ?? sender?.name ?? sender?.address ?? say("Ukendt kunde", "Unknown customer"))
                .onOneLine
        }
        let words = company.split(separator: " ")
        guard words.count > 1, let form = words.last, Self.legalForms.contains(form.lowercased()) else {
            return company
        }
        return words.dropLast().joined(separator: " ")
    }

    /// The salesperson's steps, most urgent first.
    var steps: [Recommendation] { summary.recommendations.filter { $0.kind == .step } }

    /// What is to be done and when, in a few words, those of one day together: `ring til Mette onsdag`.
    func briefs(of steps: [Recommendation]) -> [String] {
        let dues = steps.map(\.dueOn)
        return steps.indices.filter { !dues[..<$0].contains(dues[$0]) }.map { first in
            let same = steps.filter { $0.dueOn == dues[first] }.map(words)
            let names = list(same.indices.filter { !same[..<$0].contains(same[$0]) }.map { same[$0] })
            return [names, dues[first].map { days.soon($0) }].compactMap { $0 }.joined(separator: " ")
        }
    }

    /// As the rule says it in short, else the action without its side clauses.
    private func words(of step: Recommendation) -> String {
        if let short = rules.recommendations.first(where: { $0.id == step.rule })?.short {
            return PhraseWriter(dossier, situation, rules: rules).text(short).onOneLine
        }
        let action = step.action.onOneLine.withoutFinalStop.lowercasedFirst
        guard Columns.count(action.utf8) > 48 else { return action }
        return Layout.clip(String(action.prefix { !",;:.".contains($0) }), to: Self.stepLength)
    }
}
