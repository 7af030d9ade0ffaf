package import FoundationEssentials
import Mail
package import Rules

extension Recommendation {
    /// What the rules advise on a dossier, most urgent first; pure.
    ///
    /// `instant`: what counts as now; days are those of Denmark.
    /// `isPriced`: whether there is a quote.
    /// `hasQuestions`: whether something is to be asked before it is firm.
    package static func all(
        for dossier: Dossier, rules: RuleSet, at instant: Date, isPriced: Bool, hasQuestions: Bool
    ) -> [Recommendation] {
        let situation = Situation(dossier, isPriced: isPriced, hasQuestions: hasQuestions)
        let language = MailLanguage(letter: dossier.letter.language)
        let calendar = WorkCalendar(closed: rules.company.closed)
        let today = CalendarDay(danishAt: instant)
        let owner = dossier.letter.forwarder.map { $0.name ?? $0.address }
        let advice = rules.recommendations.compactMap { rule -> Recommendation? in
            guard let evidence = situation.evidence(for: rule.when) else { return nil }
            let fill = { (phrase: Phrase) in
                Placeholders.fill(phrase.text(in: language), dossier: dossier, situation: situation, language: language)
            }
            return Recommendation(
                kind: rule.kind == .process ? .process : .step, action: fill(rule.action),
                owner: rule.kind == .step ? owner : nil,
                dueOn: rule.kind == .step ? due(rule, situation, today, calendar) : nil, priority: rule.priority,
                rule: rule.id, reason: fill(rule.reason), evidence: evidence)
        }
        return advice.enumerated().sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
            .map(\.element)
    }

    private static func due(
        _ rule: RecommendationRule, _ situation: Situation, _ today: CalendarDay, _ calendar: WorkCalendar
    ) -> CalendarDay? {
        if let name = rule.dueBefore, case .day(let day) = situation.fact(name)?.value {
            return max(calendar.lastWorkday(before: day), calendar.workday(0, after: today))
        }
        return rule.dueInWorkdays.map { calendar.workday($0, after: today) }
    }
}

/// Fills `{customer}` and `{fact}` in the texts of rules.
package enum Placeholders {
    package static func fill(
        _ text: String, dossier: Dossier, situation: Situation, language: MailLanguage
    ) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            filled += value(String(rest[rest.index(after: open)..<close]), dossier, situation, language)
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    private static func value(
        _ name: String, _ dossier: Dossier, _ situation: Situation, _ language: MailLanguage
    ) -> String {
        if name == "customer" {
            let name = dossier.contact.name?.split(separator: " ").first.map(String.init)
            return name ?? (language == .danish ? "kunden" : "the customer")
        }
        return situation.fact(name).map { Wording.value($0.value, in: language) } ?? "?"
    }
}

/// Values as people read them.
package enum Wording {
    /// `3.500`, `2,5` in Danish; `3,500`, `2.5` in English.
    package static func number(thousandths: Int, in language: MailLanguage) -> String {
        let rest = abs(thousandths % 1000)
        var text = grouped(thousandths / 1000, in: language)
        if rest != 0 {
            var decimals = String(1000 + rest).dropFirst()
            while decimals.last == "0" { decimals = decimals.dropLast() }
            text += (language == .danish ? "," : ".") + decimals
        }
        return text
    }

    /// `12.500,00` in Danish, `12,500.00` in English.
    package static func amount(ore: Int, in language: MailLanguage) -> String {
        let sign = ore < 0 ? "-" : ""
        let fraction = String(100 + abs(ore % 100)).dropFirst()
        return sign + grouped(abs(ore / 100), in: language) + (language == .danish ? "," : ".") + fraction
    }

    /// `fredag 27.11.2026` in Danish, `Friday 27 Nov 2026` in English.
    package static func day(_ day: CalendarDay, in language: MailLanguage) -> String {
        switch language {
        case .danish: "\(danishWeekdays[day.weekday - 1]) \(day.day).\(day.month).\(day.year)"
        case .english: "\(englishWeekdays[day.weekday - 1]) \(day.day) \(englishMonths[day.month - 1]) \(day.year)"
        }
    }

    static func value(_ value: FactValue, in language: MailLanguage) -> String {
        switch value {
        case .number(let thousandths): number(thousandths: thousandths, in: language)
        case .money(let ore): amount(ore: ore, in: language)
        case .day(let day): self.day(day, in: language)
        case .flag(let isTrue): isTrue ? (language == .danish ? "ja" : "yes") : (language == .danish ? "nej" : "no")
        case .text(let text): text
        }
    }

    private static func grouped(_ number: Int, in language: MailLanguage) -> String {
        let digits = String(abs(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += language == .danish ? "." : "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    private static let danishWeekdays = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
    private static let englishWeekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let englishMonths = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
