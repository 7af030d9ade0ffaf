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

    /// The day itself, or the last workday before it.
    package func lastWorkday(through day: CalendarDay) -> CalendarDay {
        isWorkday(day) ? day : lastWorkday(before: day)
    }

    /// Whether the day is a public holiday or a day on which nearly everybody is off.
    ///
    /// New Year, Maundy Thursday to Easter Monday, Ascension, Whit Monday, 5 June, 24 to 26 and 31 December. Great Prayer
    /// Day was given up from 2024 (Act 214 of 2023).
    package static func isHoliday(_ day: CalendarDay) -> Bool {
        switch (day.month, day.day) {
        case (1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31): return true
        default: break
        }
        // Easter Sunday is never before 22 March, nor Whit Monday behind 14 June.
        guard (3...6).contains(day.month) else { return false }
        let distance = day.dayNumber - easter(day.year).dayNumber
        return [-3, -2, 0, 1, 39, 49, 50].contains(distance)
    }

    /// Easter Sunday (Meeus, Jones and Butcher).
    package static func easter(_ year: Int) -> CalendarDay {
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
