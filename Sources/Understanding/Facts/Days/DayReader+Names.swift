import Rules

/// Distances from today, and days with a name.
extension DayReader {
    private enum Unit { case days, workdays, weeks, fortnights, months, years, hours }

    private static let units: [String: Unit] = [
        "dag": .days, "dage": .days, "day": .days, "days": .days, "hverdage": .workdays, "arbejdsdage": .workdays,
        "workdays": .workdays, "uge": .weeks, "uger": .weeks, "uges": .weeks, "week": .weeks, "weeks": .weeks,
        "måned": .months, "måneder": .months, "måneds": .months, "month": .months, "months": .months, "timer": .hours,
        "hours": .hours, "fortnight": .fortnights, "fortnights": .fortnights, "år": .years, "års": .years,
        "year": .years, "years": .years,
    ]

    /// `om 14 dage`, `inden for to uger`, `within ten days`, `in a couple of weeks`; `for to uger siden` is past.
    func distance(at index: Int) -> SpokenDay? {
        // Alone, `for` tells how long.
        guard word(index) != "for" || word(index - 1) == "inden" else { return nil }
        let bound: SpokenDay.Bound = word(index) == "within" ? .limit : .open
        if let end = halfYearEnd(at: index + 1) {
            return SpokenDay(tokens: index..<end, day: day(6, .months), bound: bound)
        }
        guard let (count, place) = count(at: index + 1) else { return nil }
        let isWorking = ["working", "business"].contains(word(place))
        let unitPlace = isWorking ? place + 1 : place
        guard var unit = Self.units[word(unitPlace)] else { return nil }
        if isWorking, unit == .days { unit = .workdays }
        return SpokenDay(tokens: index..<unitPlace + 1, day: day(count, unit), bound: bound)
    }

    /// `et halvt år`, `half a year`.
    private func halfYearEnd(at index: Int) -> Int? {
        let words = (index..<index + 3).map(word)
        return [["et", "halvt", "år"], ["half", "a", "year"]].contains(words) ? index + 3 : nil
    }

    private func day(_ count: Int, _ unit: Unit) -> CalendarDay {
        switch unit {
        case .days: return today.advanced(byDays: count)
        case .workdays: return WorkCalendar().workday(count, after: today)
        case .weeks: return today.advanced(byDays: 7 * count)
        case .fortnights: return today.advanced(byDays: 14 * count)
        case .hours: return today.advanced(byDays: (count + 23) / 24)
        case .months, .years:
            let (year, month) = monthAhead(unit == .years ? 12 * count : count)
            let last = CalendarDay.length(ofMonth: month, year: year)
            return CalendarDay(year: year, month: month, day: min(today.day, last)) ?? today
        }
    }

    /// How many, and the place behind; a few hundred days at most.
    private func count(at index: Int) -> (count: Int, end: Int)? {
        if let number = whole(index, in: 1...366) {
            // `om 2-3 uger`: the upper end.
            if let upper = whole(index + 1, in: number...366) { return (upper, index + 2) }
            return (number, index + 1)
        }
        switch word(index) {
        case "et" where word(index + 1) == "par": return (2, index + 2)
        case "a" where word(index + 1) == "couple" && word(index + 2) == "of": return (2, index + 3)
        case "a" where word(index + 1) == "few": return (3, index + 2)
        case "en", "et", "a", "one": return (1, index + 1)
        default: break
        }
        guard let value = NumberWords.value(word(index)), (1000...100_000).contains(value) else { return nil }
        return (value / 1000, index + 1)
    }

    // MARK: Names

    /// `i dag`, `i morgen`: the word behind `i` tells nothing alone.
    func behindIn(at index: Int) -> SpokenDay? {
        if case .named(.season(let season)) = DayWord.table[word(index + 1)] {
            return self.season(season, at: index + 1)
        }
        switch word(index + 1) {
        case "dag": return SpokenDay(tokens: index..<index + 2, day: today, bound: .near)
        case "morgen": return SpokenDay(tokens: index..<index + 2, day: today.advanced(byDays: 1), bound: .near)
        default: return nil
        }
    }

    /// `månedens udgang`, `årets udgang`.
    func end(ofTheir unit: DayPeriod, at index: Int) -> SpokenDay? {
        guard word(index + 1) == "udgang" || word(index + 1) == "slutning" else { return nil }
        return month(unit == .month ? monthAhead(0) : (today.year, 12), .end, index..<index + 2)
    }

    func named(_ name: NamedDay, at index: Int) -> SpokenDay? {
        let range = index..<index + 1
        let isBefore = Self.befores.contains(word(index - 1))
        let found = { (day: CalendarDay?, bound: SpokenDay.Bound) in
            day.map { SpokenDay(tokens: range, day: $0, bound: bound) }
        }
        let next = { (month: Int, day: Int) in Months.next(day: day, month: month, from: today) }
        switch name {
        case .today: return found(today, .near)
        case .tomorrow: return found(today.advanced(byDays: 1), .near)
        case .inTwoDays: return found(today.advanced(byDays: 2), .near)
        case .christmas: return found(next(12, 24), .open)
        case .newYear, .endOfYear: return found(next(12, 31), .open)
        case .easter:
            let easters = [WorkCalendar.easter(today.year), WorkCalendar.easter(today.year + 1)]
            return found(easters.first { $0 >= today }, .open)
        case .season(let season): return self.season(season, at: index)
        case .summerHoliday: return isBefore ? found(next(6, 30), .open) : nil
        case .autumnHoliday: return isBefore ? fridayBefore(week: 42, range) : nil
        case .winterHoliday: return isBefore ? fridayBefore(week: 7, range) : nil
        case .weekend, .endOfWeek: return found(today.advanced(byDays: max(0, 5 - today.weekday)), .open)
        case .endOfMonth:
            let last = CalendarDay.length(ofMonth: today.month, year: today.year)
            return found(CalendarDay(year: today.year, month: today.month, day: last), .open)
        }
    }

    private static let seasonOpeners: Set = [
        "til", "i", "in", "this", "the", "next", "løbet", "af", "during", "dette", "næste",
    ]

    /// `i foråret` is its last day, `inden sommeren` the day before its first; alone it is a name of something.
    ///
    /// `i sommer` is as often past, so that it counts only where something must be.
    private func season(_ season: Season, at index: Int) -> SpokenDay? {
        let range = index..<index + 1
        let first = season.firstMonth
        let before = word(index - (["the", "den"].contains(word(index - 1)) ? 2 : 1))
        if Self.befores.contains(before) || before == "by" {
            return month(first == 1 ? 12 : first - 1, .end, range)
        }
        guard Self.seasonOpeners.contains(word(index - 1)) else { return nil }
        var found = month((first + 1) % 12 + 1, .end, range)
        found?.bound = .start
        return found
    }

    /// School holidays fill a week of the calendar.
    private func fridayBefore(week: Int, _ range: Range<Int>) -> SpokenDay? {
        for year in [today.year, today.year + 1] {
            guard let fourth = CalendarDay(year: year, month: 1, day: 4) else { continue }
            let friday = fourth.advanced(byDays: 1 - fourth.weekday + 7 * (week - 1) - 3)
            if friday >= today { return SpokenDay(tokens: range, day: friday) }
        }
        return nil
    }
}
