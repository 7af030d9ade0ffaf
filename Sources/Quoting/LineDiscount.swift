import Rules
import Understanding

/// The one discount of a line: the largest of what the quantity gives, a campaign, and our own people's note.
///
/// They are never added, so that nobody gives more than the largest of them. Of equal ones the first of these counts.
struct LineDiscount {
    /// Whole percent, 0 to 100.
    var percent = 0
    /// Id of the rule that gives it; `nil` where the note does, or there is none.
    var rule: String?
    var evidence: [Evidence] = []
    var notes: [String] = []

    private struct Candidate {
        var percent: Int
        var rule: String?
        var name: String
        var evidence: [Evidence] = []
    }

    init() {}

    /// `quantity`: in thousandths.
    init(_ rule: PriceRule, _ quantity: Int, _ calculation: Calculation) {
        let candidates = [
            Self.volume(rule, quantity, calculation), Self.campaign(rule, calculation), Self.note(rule, calculation),
        ].compactMap { $0 }
        guard let best = candidates.first(where: { one in candidates.allSatisfy { $0.percent <= one.percent } }) else {
            return
        }
        percent = best.percent
        self.rule = best.rule
        evidence = best.evidence
        notes = best.name.isEmpty ? [] : [best.name]
        let others = candidates.filter { $0.rule != best.rule && !$0.name.isEmpty }.map(\.name)
        guard !others.isEmpty else { return }
        notes.append(
            calculation.say("den største rabat tæller alene, ikke ", "the largest discount counts alone, not ")
                + others.joined(separator: calculation.say(" eller ", " or ")))
    }

    private static func volume(_ rule: PriceRule, _ quantity: Int, _ calculation: Calculation) -> Candidate? {
        guard let step = rule.volumeDiscounts.last(where: { $0.from * 1000 <= quantity }),
            let service = calculation.rules.service(rule.service)
        else { return nil }
        let from =
            Wording.number(thousandths: step.from * 1000, in: calculation.writer.language) + " "
            + service.unit(of: step.from * 1000, in: calculation.writer.language)
        return Candidate(
            percent: step.percent, rule: rule.id,
            name: calculation.say(
                "mængderabat \(step.percent) % fra \(from)", "volume discount of \(step.percent) % from \(from)"))
    }

    private static func campaign(_ rule: PriceRule, _ calculation: Calculation) -> Candidate? {
        guard rule.isDiscountable else { return nil }
        var best: Candidate?
        for campaign in calculation.rules.campaigns
        where campaign.percent > best?.percent ?? 0 && campaign.days.contains(calculation.today)
            && campaign.covers(rule.recurring)
            && (campaign.services.isEmpty || campaign.services.contains(rule.service))
        {
            guard let evidence = calculation.situation.evidence(for: campaign.when) else { continue }
            best = Candidate(
                percent: campaign.percent, rule: campaign.id,
                name: "\(calculation.writer.text(campaign.name)) (\(campaign.percent) %)", evidence: evidence)
        }
        return best
    }

    /// The discount of our own people's note, which recurring lines never have.
    ///
    /// It is not named: whoever reads the line sees the percentage.
    private static func note(_ rule: PriceRule, _ calculation: Calculation) -> Candidate? {
        guard rule.isDiscountable, rule.recurring == nil, let discount = calculation.discount, discount.granted > 0
        else {
            return nil
        }
        return Candidate(percent: discount.granted, rule: nil, name: "", evidence: [discount.evidence])
    }
}
