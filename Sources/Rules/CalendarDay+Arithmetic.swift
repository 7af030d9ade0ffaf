package import FoundationEssentials

extension CalendarDay {
    /// `2026-12-21`.
    package init?(iso text: String) {
        let parts = text.split(separator: "-").map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day in Denmark at an instant: UTC+1, from the last Sunday of March to that of October at 1:00 UTC UTC+2
    /// (Directive 2000/84/EC).
    package init(danishAt instant: Date) {
        let seconds = Int(min(max(instant.timeIntervalSince1970, -6e10), 2.5e11).rounded(.down))
        let plain = CalendarDay(dayNumber: Self.floor(seconds, 86_400))
        let start = plain.lastSunday(ofMonth: 3).dayNumber * 86_400 + 3600
        let end = plain.lastSunday(ofMonth: 10).dayNumber * 86_400 + 3600
        let offset = seconds >= start && seconds < end ? 7200 : 3600
        self = CalendarDay(dayNumber: Self.floor(seconds + offset, 86_400))
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

/// Workdays in Denmark: no week-ends, no public holidays, none of the company's closed days.
package struct WorkCalendar: Sendable {
    private let closed: [ClosedRange<CalendarDay>]

    package init(closed: [ClosedRange<CalendarDay>] = []) { self.closed = closed }

    package func isWorkday(_ day: CalendarDay) -> Bool {
        day.weekday <= 5 && !Self.isHoliday(day) && !closed.contains { $0.contains(day) }
    }

    /// The workday that is `count` workdays behind a day; for 0 the day itself or the next one that is a workday.
    package func workday(_ count: Int, after day: CalendarDay) -> CalendarDay {
        var day = day
        var left = count
        // Closed ranges are bounded by hand; a year of days is the end of the search.
        for _ in 0..<(count * 3 + 400) {
            if left == 0, isWorkday(day) { return day }
            day = day.advanced(byDays: 1)
            if left > 0, isWorkday(day) { left -= 1 }
        }
        return day
    }

    /// The last workday before a day.
    package func lastWorkday(before day: CalendarDay) -> CalendarDay {
        var day = day.advanced(byDays: -1)
        for _ in 0..<400 where !isWorkday(day) {
            day = day.advanced(byDays: -1)
        }
        return day
    }

    /// Whether the day is a public holiday or a day on which nearly everybody is off.
    ///
    /// New Year, Maundy Thursday to Easter Monday, Ascension, Whit Monday, 5 June, 24 to 26 and 31 December. Great Prayer
    /// Day was given up from 2024 (Act 214 of 2023).
    static func isHoliday(_ day: CalendarDay) -> Bool {
        switch (day.month, day.day) {
        case (1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31): return true
        default: break
        }
        let distance = day.dayNumber - easter(day.year).dayNumber
        return [-3, -2, 0, 1, 39, 49, 50].contains(distance)
    }

    /// Easter Sunday (Meeus, Jones and Butcher).
    static func easter(_ year: Int) -> CalendarDay {
        let a = year % 19
        let (b, c) = year.quotientAndRemainder(dividingBy: 100)
        let (d, e) = b.quotientAndRemainder(dividingBy: 4)
        let g = (8 * b + 13) / 25
        let h = (19 * a + b - d - g + 15) % 30
        let (i, k) = c.quotientAndRemainder(dividingBy: 4)
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let total = h + l - 7 * m + 114
        var day = CalendarDay(dayNumber: 0)
        (day.year, day.month, day.day) = (year, total / 31, total % 31 + 1)
        return day
    }
}
