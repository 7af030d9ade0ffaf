import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    /// What was said in two ways: by whom, which counts and why, and what the other would change.
    var disagreement: View? {
        let items = summary.pricing.alternatives.map { alternative in
            View.paragraph(told(alternative), indent: "  ", first: "- ")
        }
        return items.isEmpty ? nil : ["items": items]
    }

    private func told(_ alternative: Alternative) -> String {
        let (chosen, other) = (alternative.disagreement.chosen, alternative.disagreement.other)
        let (first, second) = names(other.source, chosen.source)
        let counts = say(
            "der er regnet med \(second) (\(rule(chosen.source, other.source)))",
            "\(second) counts (\(rule(chosen.source, other.source)))")
        let words = (other: quoted(other.fact.evidence.text), chosen: quoted(chosen.fact.evidence.text))
        if let service = service(of: chosen.fact), case .flag(let isWanted) = chosen.fact.value {
            let name = service.name.text(in: language)
            let wish = isWanted ? (second, words.chosen) : (first, words.other)
            let refusal = isWanted ? (first, words.other) : (second, words.chosen)
            return say(
                "\(name): ønsket i \(wish.0) (\(wish.1)), fravalgt i \(refusal.0) (\(refusal.1)); \(counts). ",
                "\(name): asked for in \(wish.0) (\(wish.1)), turned down in \(refusal.0) (\(refusal.1)); \(counts). ")
                + change(alternative, if: isWanted ? say("Uden", "Without it") : say("Med", "With it"))
        }
        return say(
            "\(first) sagde \(words.other), \(second) \(words.chosen); \(counts). ",
            "\(first) said \(words.other), \(second) \(words.chosen); \(counts). "
        ).capitalizedFirst + change(alternative, if: say("Ved ", "At ") + value(other.fact))
    }

    /// Both by name; with the hour where the day alone does not tell them apart.
    private func names(_ one: Statement.Source, _ other: Statement.Source) -> (String, String) {
        let names = (name(of: one), name(of: other))
        return names.0 == names.1 ? (name(of: one, withHour: true), name(of: other, withHour: true)) : names
    }

    private func rule(_ chosen: Statement.Source, _ other: Statement.Source) -> String {
        chosen.saidAt == other.saidAt && chosen.isInstruction
            ? say("noten går forud", "the note comes first") : say("nyest", "the newest")
    }

    private func service(of fact: Fact) -> Service? {
        fact.name.hasPrefix("service.") ? rules.service(String(fact.name.dropFirst("service.".count))) : nil
    }

    private func value(_ fact: Fact) -> String {
        switch fact.value {
        case .number(let thousandths): Wording.number(thousandths: thousandths, in: language)
        case .money(let ore): Amounts.money(Money(ore: ore), in: language)
        case .day(let day): days.day(day)
        case .text(let text): text.onOneLine
        case .flag: quoted(fact.evidence.text)
        }
    }

    /// `Ved 700: 370,00 kr. mindre pr. måned, ekskl. moms.`.
    private func change(_ alternative: Alternative, if condition: String) -> String {
        guard !alternative.changes.isEmpty else {
            return say("Det ændrer ikke prisen.", "It does not change the price.")
        }
        let changes = alternative.changes.map { change in
            let amount = Amounts.money(Money(ore: abs(change.difference.ore)), in: language)
            let isLess = change.difference < .zero
            return amount + (isLess ? say(" mindre", " less") : say(" mere", " more"))
                + Amounts.each(change.recurring, in: language)
        }
        return "\(condition): \(list(changes)), \(say("ekskl. moms", "excl. VAT"))."
    }
}
