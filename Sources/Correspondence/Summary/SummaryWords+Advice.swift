import Mail
import Rules
import Understanding

extension SummaryWords {
    static let adviceLimit = 3
    private static let evidenceLimit = 3

    /// What the customer's process needs, and what the salesperson does next.
    var advice: View? {
        let process =
            summary.recommendations.filter { $0.kind == .process }.prefix(Self.adviceLimit).map(processAdvice)
            + declined
        let steps = steps.prefix(Self.adviceLimit).enumerated().map { step($0.element, number: $0.offset + 1) }
        guard !process.isEmpty || !steps.isEmpty else { return nil }
        return .of([
            "process": process.isEmpty ? nil : ["items": process], "steps": steps.isEmpty ? nil : ["items": steps],
        ])
    }

    private func processAdvice(_ advice: Recommendation) -> View {
        View.paragraph(advice.action, indent: "  ", first: "- ").merging(["why": why(advice, indent: "  ")]) { $1 }
    }

    /// What the customer turned down, with their words; shown however much else is advised.
    private var declined: [View] {
        let services = rules.services.compactMap { service in
            situation.declines(service.code).map { (service, $0.evidence) }
        }
        return services.prefix(Self.adviceLimit).map { service, evidence in
            let name = service.name.text(in: language).lowercasedFirst
            let said =
                evidence.section == .note
                ? say("fravalgt i noten", "turned down in the note")
                : say("kunden har sagt nej", "the customer said no")
            return View.paragraph(
                say("Ikke foreslået: ", "Not proposed: ") + name.withFinalStop, indent: "  ", first: "- "
            ).merging(["why": why(said, [evidence], "declined.service", indent: "  ")]) { $1 }
        }
    }

    private func step(_ advice: Recommendation, number: Int) -> View {
        let owner = summary.reader == nil ? advice.owner : reader.map { $0.name ?? $0.address }
        let due = advice.dueOn.map { owner == nil ? say("Senest ", "By ") + days.day($0) : days.day($0) }
        let who = [owner.map(givenName), due].compactMap { $0 }.joined(separator: ", ")
        let text = who.isEmpty ? advice.action : "\(advice.action) \(who)".withFinalStop
        return .of([
            "plain": advice.action, "who": who.isEmpty ? nil : who,
            "text": Layout.wrap(text, indent: "   ", first: "\(number). "), "why": why(advice, indent: "   "),
        ])
    }

    private func why(_ advice: Recommendation, indent: String) -> View {
        why(advice.reason, advice.evidence, advice.rule, indent: indent)
    }

    /// The words, the reason and the rule: `"900 fakturaer"; fra 300 om måneden (process.invoice-flow)`.
    func why(_ reason: String, _ evidence: [Evidence], _ rule: String, indent: String) -> View {
        let words = distinct(evidence).prefix(Self.evidenceLimit).map { quoted($0) + (sum(readFrom: $0) ?? "") }
        let grounds = [words.joined(separator: ", "), reason].filter { !$0.isEmpty }.joined(separator: "; ")
        let plain = [say("Hvorfor:", "Why:"), grounds, "(\(rule))"].filter { !$0.isEmpty }.joined(separator: " ")
        return .paragraph(plain, indent: indent, first: indent)
    }

    /// `, 4 + 14` behind words that name several groups.
    private func sum(readFrom evidence: Evidence) -> String? {
        guard let fact = dossier.facts.first(where: { $0.parts.count > 1 && $0.evidence == evidence }) else {
            return nil
        }
        let parts = fact.parts.map { Wording.number(thousandths: $0, in: language) }
        return ", " + parts.joined(separator: " + ")
    }

    /// Without words that stand in others' already.
    func distinct(_ evidence: [Evidence]) -> [Evidence] {
        let places = evidence.map { $0.offset..<$0.offset + $0.length }
        return evidence.indices.filter { index in
            !evidence.indices.contains { other in
                guard other != index, evidence[other].section == evidence[index].section,
                    evidence[other].messageID == evidence[index].messageID
                else { return false }
                let holds =
                    places[other].lowerBound <= places[index].lowerBound
                    && places[other].upperBound >= places[index].upperBound
                return holds && (places[other] != places[index] || other < index)
            }
        }.map { evidence[$0] }
    }
}
