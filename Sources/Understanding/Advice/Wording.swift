package import Rules

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

    /// `12.500,00 kr.` in Danish, `DKK 12,500.00` in English.
    package static func money(ore: Int, in language: MailLanguage) -> String {
        switch language {
        case .danish: amount(ore: ore, in: language) + " kr."
        case .english: "DKK " + amount(ore: ore, in: language)
        }
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
