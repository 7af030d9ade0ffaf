import FoundationEssentials
import Mail
import Quoting
import Rules
import Understanding

extension SummaryWords {
    /// Who – next step – sum, and the lead's reference.
    var subject: String {
        let sender = letter.original.from
        let who = dossier.company.name ?? dossier.contact.name ?? sender?.name ?? sender?.address
        var parts = [Layout.clip((who ?? say("Ukendt kunde", "Unknown customer")).onOneLine, to: 60)]
        if let nextStep { parts.append(Self.brief(nextStep.action).lowercasedFirst) }
        if let quote = summary.pricing.quote { parts.append(Amounts.short(quote, in: language)) }
        return parts.joined(separator: " – ") + (summary.leadReference.map { " [\($0)]" } ?? "")
    }

    /// At most three lines, none longer than the screen: what they want, how urgent it is, what comes next.
    var inShort: [String] {
        [need, urgency, step].compactMap { $0 }.map { Layout.clip($0, to: Layout.width) }
    }

    private var nextStep: Recommendation? { summary.recommendations.first { $0.kind == .step } }

    /// What is to be done, without the side clauses when it is long.
    private static func brief(_ action: String) -> String {
        guard Columns.count(action.utf8) > 48 else { return action.withoutFinalStop }
        return Layout.clip(String(action.prefix { !",;:.".contains($0) }), to: 60)
    }

    /// As many of the services asked for as fit the line, and how many documents where there is room.
    private var need: String {
        let names = wishes
        guard !names.isEmpty else {
            return say("Mailen nævner ingen af vores ydelser.", "The mail names none of our services.")
        }
        let lines = (1...names.count).reversed().map { kept in
            let rest = names.count - kept
            let more = rest == 0 ? [] : [say(rest == 1 ? "1 ydelse til" : "\(rest) ydelser til", "\(rest) more")]
            return say("De ønsker ", "They want ") + list(names.prefix(kept) + more)
        }
        let candidates = documents.map { [lines[0] + "; " + $0] } ?? []
        let line = (candidates + lines).first { Columns.count($0.utf8) < Layout.width } ?? lines[lines.count - 1]
        return line.withFinalStop
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

    /// `900 dokumenter om måneden`.
    private var documents: String? {
        guard case .number(let count) = situation.fact(Known.documents)?.value else { return nil }
        let number = Wording.number(thousandths: count, in: language)
        return number + say(" dokumenter om måneden", " documents a month")
    }

    /// Limits that the customer named; one on a day off is held by the workday before it.
    private var urgency: String? {
        let limits = [
            (Known.priceBy, say("pris inden ", "price by ")), (Known.deadline, say("i drift senest ", "live by ")),
        ]
        let calendar = WorkCalendar(closed: rules.company.closed)
        let dates = limits.compactMap { name, words in
            if case .day(let day) = situation.fact(name)?.value {
                words + days.day(calendar.lastWorkday(through: day))
            } else {
                nil
            }
        }
        let urgent = situation.fact(Known.urgent)
        let isUrgent = urgent != nil || situation.fact(Known.priceBy) != nil
        guard dates.isEmpty else {
            let label = isUrgent ? say("Haster: ", "Urgent: ") : say("Frist: ", "Deadline: ")
            return label + dates.joined(separator: ", ").withFinalStop
        }
        return urgent.map {
            let words = Layout.clip($0.evidence.text.onOneLine.withoutPersonalNumbers, to: 55)
            return say("Haster: ", "Urgent: ") + "\"\(words)\"."
        }
    }

    private var step: String? {
        guard let nextStep else { return nil }
        let words = say("Næste skridt: ", "Next step: ")
        let due = nextStep.dueOn.map { say(", senest ", ", by ") + days.day($0) } ?? ""
        let action = nextStep.action.withoutFinalStop.lowercasedFirst
        let mainClause = String(action.prefix { !",;:".contains($0) })
        let lines = [action + due, mainClause + due, action, mainClause].map { (words + $0).withFinalStop }
        return lines.first { Columns.count($0.utf8) <= Layout.width } ?? lines[3]
    }
}
