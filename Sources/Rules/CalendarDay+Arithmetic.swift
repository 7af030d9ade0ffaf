package import FoundationEssentials

extension CalendarDay {
    /// `2026-12-21`.
    package init?(iso text: String) {
        let parts = text.split(separator: "-").map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day in Denmark at an instant.
    package init(danishAt instant: Date) {
        let seconds = Self.seconds(of: instant)
        self = CalendarDay(dayNumber: Self.floor(seconds + Self.danishOffset(at: instant), 86_400))
    }

    /// How far Danish clocks are ahead of UTC, in seconds: an hour, and from the last Sunday of March to that of October
    /// at 1:00 UTC two (Directive 2000/84/EC).
    package static func danishOffset(at instant: Date) -> Int {
        let seconds = Self.seconds(of: instant)
        let plain = CalendarDay(dayNumber: Self.floor(seconds, 86_400))
        let start = plain.lastSunday(ofMonth: 3).dayNumber * 86_400 + 3600
        let end = plain.lastSunday(ofMonth: 10).dayNumber * 86_400 + 3600
        return seconds >= start && seconds < end ? 7200 : 3600
    }

    private static func seconds(of instant: Date) -> Int {
        Int(min(max(instant.timeIntervalSince1970, -6e10), 2.5e11).rounded(.down))
    }

    /// Days since 1970-01-01, counted in years that begin in March so that the leap day is the last.
    package var dayNumber: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = Self.floor(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package init(dayNumber: Int) {
        let shifted = dayNumber + 719_468
        let era = Self.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// 1 is Monday, 7 Sunday (ISO 8601).
    package var weekday: Int { (dayNumber + 3 - 7 * Self.floor(dayNumber + 3, 7)) + 1 }

    package func advanced(byDays days: Int) -> CalendarDay { CalendarDay(dayNumber: dayNumber + days) }

    private func lastSunday(ofMonth month: Int) -> CalendarDay {
        // March and October have 31 days.
        var last = self
        last.month = month
        last.day = 31
        return last.advanced(byDays: -(last.weekday % 7))
    }

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}
