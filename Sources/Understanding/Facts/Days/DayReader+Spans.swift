import Rules

/// Weeks, months and quarters, whole or in part.
extension DayReader {
    /// `udgangen af februar`, `primo marts`, `midt i næste uge`, `end of the year`.
    func part(_ part: DayPart, at index: Int) -> SpokenDay? {
        let place = behindLinks(index + 1)
        // `end` and `start` are verbs, too: `we start in March`.
        if ["start", "end", "først", "sidst", "løbet", "midt"].contains(word(index)), place == index + 1 {
            guard word(index) == "end", Months.number(word(place), besideNumber: false) != nil else { return nil }
        }
        if word(index) == "start", word(index + 1) != "of", word(index + 1) != "af" { return nil }
        guard place < tokens.count, tokens[place].sentence == tokens[index].sentence else { return nil }
        // `i løbet af` is near whatever it speaks of.
        var found = whole(of: part, at: place, from: index)
        if word(index) == "løbet" { found?.bound = .near }
        return found
    }

    private func whole(of part: DayPart, at place: Int, from index: Int) -> SpokenDay? {
        let range = index..<place + 1
        switch word(place) {
        case "måneden", "month": return month(monthAhead(0), part, range)
        case "året", "year": return year(today.year, part, range)
        case "ugen": return week(from: today, part, range)
        case "week" where whole(place + 1, in: 1...53) == nil: return week(from: today, part, range)
        case "kvartalet", "quarter": return quarter((today.month + 2) / 3, part, range)
        default: break
        }
        if let month = Months.number(word(place), besideNumber: false) { return self.month(month, part, range) }
        // `primo 2027`
        if let given = self.whole(place, in: 2000...2100) { return year(given, part, range) }
        let inner = DayWord.table[word(place)]
        switch inner {
        case .next, .this: return relative(at: place, nil, part, from: index)
        case .week:
            return numberedWeek(at: place).flatMap { week(from: $0.day, part, index..<$0.tokens.upperBound) }
        case .quarter(let number): return quarter(number, part, range)
        case .ordinal(let number) where isQuarter(place + 1): return quarter(number, part, index..<place + 2)
        default:
            return numberedQuarter(at: place, part).map {
                SpokenDay(tokens: index..<$0.tokens.upperBound, day: $0.day)
            }
        }
    }

    /// `næste uge`, `this month`, `next year`; a weekday with it is of that week alone.
    func relative(at index: Int, _ weekday: Int?, _ part: DayPart = .end, from start: Int? = nil) -> SpokenDay? {
        let ahead = DayWord.nexts.contains(word(index)) ? 1 : 0
        guard ahead == 1 || ["denne", "dette", "this"].contains(word(index)) else { return nil }
        let range = (start ?? index)..<index + 2
        let isWeek = ["uge", "week"].contains(word(index + 1))
        guard weekday == nil || isWeek else { return nil }
        var found: SpokenDay?
        switch word(index + 1) {
        case "uge", "week":
            found = week(from: today.advanced(byDays: 7 * ahead), part, range)
            found?.bound = .near
        case "måned", "month": found = month(monthAhead(ahead), part, range)
        case "år", "year": found = year(today.year + ahead, part, range)
        case "kvartal", "quarter":
            let months = monthAhead(ahead * 3)
            found = quarter((months.month + 2) / 3, part, range)
        default: return nil
        }
        return found
    }

    // MARK: Weeks

    private func week(from day: CalendarDay, _ part: DayPart, _ range: Range<Int>) -> SpokenDay? {
        let monday = day.advanced(byDays: 1 - day.weekday)
        let wanted = monday.advanced(byDays: part == .start ? 0 : part == .middle ? 2 : 4)
        return SpokenDay(tokens: range, day: max(wanted, min(day, today)), bound: .near)
    }

    /// Friday of the week; `inden uge 7` is its Monday.
    func numberedWeek(at index: Int) -> SpokenDay? {
        guard ["uge", "week"].contains(word(index)), let number = whole(index + 1, in: 1...53) else { return nil }
        let isBefore = Self.befores.contains(word(index - 1))
        let given = whole(index + 2, in: 2000...2100)
        for year in given.map({ [$0] }) ?? [today.year, today.year + 1] {
            // The week that holds 4 January is the first (ISO 8601).
            guard let fourth = CalendarDay(year: year, month: 1, day: 4) else { continue }
            let monday = fourth.advanced(byDays: 1 - fourth.weekday + 7 * (number - 1))
            let day = isBefore ? monday : monday.advanced(byDays: 4)
            guard day >= today || given != nil else { continue }
            return SpokenDay(tokens: index..<index + (given == nil ? 2 : 3), day: day, isYearAssumed: given == nil)
        }
        return nil
    }

    // MARK: Months and years

    /// `februar` is its last day, `inden februar` its first.
    func month(_ month: Int, at index: Int) -> SpokenDay? {
        let before = word(index - 1)
        // `may` is a verb first, `march` and `august` are none as often.
        if word(index) == "may", !["in", "by", "before", "until", "of"].contains(before) { return nil }
        return self.month(month, Self.befores.contains(before) ? .start : .end, index..<index + 1)
    }

    func month(_ month: Int, _ part: DayPart, _ range: Range<Int>) -> SpokenDay? {
        let given = whole(range.upperBound, in: 2000...2100)
        for year in given.map({ [$0] }) ?? [today.year, today.year + 1] {
            guard var found = self.month((year, month), part, range), found.day >= today || given != nil else {
                continue
            }
            if given != nil { found.tokens = range.lowerBound..<range.upperBound + 1 }
            found.isYearAssumed = given == nil
            return found
        }
        return nil
    }

    func month(_ date: (year: Int, month: Int), _ part: DayPart, _ range: Range<Int>) -> SpokenDay? {
        let last = CalendarDay.length(ofMonth: date.month, year: date.year)
        let day = CalendarDay(
            year: date.year, month: date.month, day: part == .start ? 1 : part == .middle ? 15 : last)
        return day.map { SpokenDay(tokens: range, day: $0) }
    }

    private func year(_ year: Int, _ part: DayPart, _ range: Range<Int>) -> SpokenDay? {
        switch part {
        case .start: month((year, 1), .end, range)
        case .middle: month((year, 6), .end, range)
        case .end: month((year, 12), .end, range)
        }
    }

    // MARK: Quarters

    func isQuarter(_ index: Int) -> Bool { ["kvartal", "quarter"].contains(word(index)) }

    /// `1. kvartal`, `1st quarter`.
    func numberedQuarter(at index: Int, _ part: DayPart? = nil) -> SpokenDay? {
        guard let number = whole(index, in: 1...4) else { return nil }
        let place = Self.suffixes.contains(word(index + 1)) ? index + 2 : index + 1
        return isQuarter(place) ? quarter(number, part, index..<place + 1) : nil
    }

    /// Its last day, `inden 2. kvartal` its first.
    func quarter(_ number: Int, _ part: DayPart?, _ range: Range<Int>) -> SpokenDay? {
        let isBefore = part == nil && Self.befores.contains(word(range.lowerBound - 1))
        switch part ?? (isBefore ? .start : .end) {
        case .start: return month(number * 3 - 2, .start, range)
        case .middle: return month(number * 3 - 1, .middle, range)
        case .end: return month(number * 3, .end, range)
        }
    }

    // MARK: Half years

    func isHalf(_ index: Int) -> Bool { ["halvår", "half"].contains(word(index)) }

    /// `1. halvår`, `2nd half`.
    func numberedHalf(at index: Int) -> SpokenDay? {
        guard let number = whole(index, in: 1...2) else { return nil }
        let place = Self.suffixes.contains(word(index + 1)) ? index + 2 : index + 1
        return isHalf(place) ? half(number, index..<place + 1) : nil
    }

    /// Its last day, `inden 2. halvår` its first.
    func half(_ number: Int, _ range: Range<Int>) -> SpokenDay? {
        let isBefore = Self.befores.contains(word(range.lowerBound - 1))
        return isBefore ? month(number * 6 - 5, .start, range) : month(number * 6, .end, range)
    }
}
