import CVR
import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    /// At most three lines, none longer than the screen: what they want, how urgent it is, what comes next.
    var inShort: [String] {
        let lines = [need, urgency ?? measures(besides: need), nextSteps]
        return lines.compactMap { $0 }.map { Layout.clip($0, to: Layout.width) }
    }

    private static func fits(_ line: String) -> Bool { Columns.count(line.utf8) <= Layout.width }

    // MARK: Need

    /// The services asked for and what they are measured by, as much as there is room for.
    private var need: String {
        let news = isAnswer ? "\(answered). " : ""
        let wishes = wishes
        guard !wishes.isEmpty else {
            if letter.text.isEmpty, holdsUnread {
                return news + say("Kundens tekst kan ikke læses her.", "The customer's text cannot be read here.")
            }
            return news + say("Mailen nævner ingen af vores ydelser.", "The mail names none of our services.")
        }
        let want = say("de ønsker ", "they want ")
        let lines = (1...wishes.count).reversed().flatMap { kept -> [String] in
            let rest = wishes.count - kept
            let more = rest == 0 ? [] : [say(rest == 1 ? "1 ydelse til" : "\(rest) ydelser til", "\(rest) more")]
            let names = list(wishes.prefix(kept) + more)
            let measured = kept == 1 && rest > 0 ? [] : measures
            return (rest == 0 ? measured.map { "\($0); \(want)\(names)" } : [])
                + measured.map { "\($0): \(names)" } + [want + names]
        }.map { news + $0.capitalizedFirst.withFinalStop }
        return lines.first(where: Self.fits) ?? lines[lines.count - 1]
    }

    private var holdsUnread: Bool {
        letter.isEncrypted || letter.holdsUnopened || letter.holdsUnreadContainer || letter.holdsUnreadMessage
    }

    /// The services asked for, as they are called in a sentence.
    private var wishes: [String] {
        let writer = PhraseWriter(dossier, situation, rules: rules)
        var names: [String] = []
        for service in rules.services where situation.asksFor(service.code) != nil {
            let name =
                service.short.map { writer.text($0) }
                ?? String(writer.text(service.name).prefix { $0 != "," }).lowercasedFirst
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// What the rules count among the first things to know, from all of it to the first of it.
    private var measures: [String] {
        let writer = PhraseWriter(dossier, situation, rules: rules)
        let headlines = rules.facts.compactMap { rule in
            rule.kind == .day || situation.fact(rule.name) == nil ? nil : rule.headline.map { writer.text($0) }
        }
        return headlines.indices.reversed().map { headlines[...$0].joined(separator: ", ") }
    }

    /// The measures on a line of their own, where the need has no room for them.
    private func measures(besides need: String) -> String? {
        measures.first { Self.fits($0) }.flatMap { need.contains($0) ? nil : $0.capitalizedFirst.withFinalStop }
    }

    // MARK: Urgency

    /// Limits that the customer named; one on a day off is held by the workday before it.
    private var urgency: String? {
        let urgent = situation.fact(Known.urgent)
        let isUrgent = urgent != nil || situation.fact(Known.priceBy) != nil
        let limits = limits
        guard limits.isEmpty else {
            let label = isUrgent ? say("Haster: ", "Urgent: ") : say("Frist: ", "Deadline: ")
            return label + limits.joined(separator: ", ").withFinalStop
        }
        return urgent.map {
            let words = Layout.clip(PersonalNumbers.hidden(in: $0.evidence.text.onOneLine), to: 55)
            return say("Haster: ", "Urgent: ") + "\"\(words)\"."
        }
    }

    /// `pris inden fredag 27.11.`, as the rules say it of each day.
    private var limits: [String] {
        let calendar = WorkCalendar(closed: rules.company.closed)
        return rules.facts.compactMap { rule in
            guard let headline = rule.headline, case .day(let named) = situation.fact(rule.name)?.value else {
                return nil
            }
            let day = calendar.lastWorkday(through: named)
            var dossier = dossier
            dossier.facts = dossier.facts.map { fact in
                var fact = fact
                if fact.name == rule.name { fact.value = .day(day) }
                return fact
            }
            return PhraseWriter(dossier, Situation(dossier), rules: rules).text(headline)
                .replacing(Wording.day(day, in: language), with: days.day(day))
        }
    }

    // MARK: Next step

    /// The first two steps with their days, or as many as there is room for.
    private var nextSteps: String? {
        let label = say("Næste skridt: ", "Next step: ")
        let lines = (1...2).reversed().compactMap { count in
            let days = briefs(of: Array(steps.prefix(count)))
            return days.isEmpty ? nil : label + days.joined(separator: ", ").withFinalStop
        }
        return lines.first(where: Self.fits) ?? lines.last
    }
}
