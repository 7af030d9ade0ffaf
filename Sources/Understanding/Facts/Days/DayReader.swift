import Rules

/// Reads the day that starts at a token.
struct DayReader {
    let tokens: [Token]
    let today: CalendarDay

    static let befores: Set = ["inden", "før", "before"]
    /// `4th`.
    static let suffixes: Set = ["st", "nd", "rd", "th"]
    private static let links: Set = ["af", "of", "i", "in", "the", "den", "d", "på", "on"]
    private static let dateOpeners: Set = [
        "d", "den", "inden", "senest", "før", "by", "before", "fra", "from", "pr", "til", "on",
    ]

    func day(at index: Int) -> SpokenDay? {
        if tokens[index].thousandths != nil || tokens[index].date != nil {
            return digits(at: index) ?? dayOfMonth(at: index) ?? numberedQuarter(at: index)
                ?? numberedHalf(at: index) ?? dayOfThis(at: index)
        }
        guard let word = DayWord.table[tokens[index].word] else { return nil }
        switch word {
        case .weekday(let weekday): return self.weekday(weekday, at: index)
        case .month(let month): return dayOfMonth(at: index) ?? self.month(month, at: index)
        case .shortMonth: return dayOfMonth(at: index)
        case .middleOf(let month): return self.month(month, .middle, index..<index + 1)
        case .part(let part): return self.part(part, at: index)
        case .week: return numberedWeek(at: index)
        case .quarter(let number): return quarter(number, nil, index..<index + 1)
        case .halfYear(let number): return half(number, index..<index + 1)
        case .ordinal(let number):
            if isHalf(index + 1) { return half(number, index..<index + 2) }
            return isQuarter(index + 1) ? quarter(number, nil, index..<index + 2) : nil
        case .next, .this: return relative(at: index, nil)
        case .distance: return distance(at: index)
        case .inside: return behindIn(at: index)
        case .genitive(let unit): return end(ofTheir: unit, at: index)
        case .named(let day): return named(day, at: index)
        }
    }

    func word(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].word : "" }

    func whole(_ index: Int, in range: ClosedRange<Int>) -> Int? {
        guard tokens.indices.contains(index), let number = tokens[index].thousandths, number % 1000 == 0,
            range.contains(number / 1000)
        else { return nil }
        return number / 1000
    }

    /// Behind the words that only link a part with its whole: `i`, `af`, `of the`.
    func behindLinks(_ index: Int) -> Int {
        var place = index
        while place < index + 3, Self.links.contains(word(place)) { place += 1 }
        return place
    }

    // MARK: Days of a date

    /// `24.11.2026`, `1.3.`; a bare `1.3` only behind a word that a day follows.
    private func digits(at index: Int) -> SpokenDay? {
        guard let date = tokens[index].date else { return nil }
        guard date.isCertain || Self.dateOpeners.contains(word(index - 1)) else { return nil }
        // `1/3 2027`
        let given = date.year == nil ? whole(index + 1, in: 2000...2100) : nil
        let day = given.map { CalendarDay(year: $0, month: date.month, day: date.day) } ?? date.next(from: today)
        return day.map {
            SpokenDay(
                tokens: index..<index + (given == nil ? 1 : 2), day: $0, isYearAssumed: date.year == nil && given == nil
            )
        }
    }

    /// `1. marts`, `1st of March 2027`, `March 1`.
    private func dayOfMonth(at index: Int) -> SpokenDay? {
        if let number = whole(index, in: 1...31) {
            var place = index + 1
            while Self.suffixes.contains(word(place)) || word(place) == "of", place < index + 3 { place += 1 }
            guard let month = Months.number(word(place), besideNumber: true) else { return nil }
            return dated(number, month, index..<place + 1)
        }
        // `i december` may end a sentence, and a number begin the next.
        guard let month = Months.number(word(index), besideNumber: true), let number = whole(index + 1, in: 1...31),
            tokens[index + 1].sentence == tokens[index].sentence
        else { return nil }
        let hasSuffix = Self.suffixes.contains(word(index + 2))
        return dated(number, month, index..<index + (hasSuffix ? 3 : 2))
    }

    private func dated(_ number: Int, _ month: Int, _ range: Range<Int>) -> SpokenDay? {
        if let year = whole(range.upperBound, in: 2000...2100) {
            return CalendarDay(year: year, month: month, day: number).map {
                SpokenDay(tokens: range.lowerBound..<range.upperBound + 1, day: $0)
            }
        }
        return Months.next(day: number, month: month, from: today).map {
            SpokenDay(tokens: range, day: $0, isYearAssumed: true)
        }
    }

    /// `senest den 15.`, `by the 15th`: of this month, or of the next.
    private func dayOfThis(at index: Int) -> SpokenDay? {
        let isDanish = ["den", "d"].contains(word(index - 1))
        guard isDanish || word(index - 1) == "the" && Self.suffixes.contains(word(index + 1)),
            ["senest", "inden", "før", "by", "before", "than"].contains(word(index - 2)),
            let number = whole(index, in: 1...31)
        else { return nil }
        let end = isDanish ? index + 1 : index + 2
        for ahead in 0...2 {
            let (year, month) = monthAhead(ahead)
            if let day = CalendarDay(year: year, month: month, day: number), day >= today {
                return SpokenDay(tokens: index..<end, day: day)
            }
        }
        return nil
    }

    /// The month so many months from now.
    func monthAhead(_ count: Int) -> (year: Int, month: Int) {
        let months = today.year * 12 + today.month - 1 + count
        return (months / 12, months % 12 + 1)
    }

    // MARK: Weekdays

    /// `fredag`; `fredag den 4. december` is that day, `fredag i næste uge` the one of that week.
    private func weekday(_ weekday: Int, at index: Int) -> SpokenDay? {
        let before = word(index - 1)
        if ["sidste", "last", "forrige"].contains(before) { return nil }
        let behind = behindLinks(index + 1)
        if behind < tokens.count, tokens[behind].sentence == tokens[index].sentence {
            if let exact = tokens[behind].date?.next(from: today) {
                return SpokenDay(tokens: index..<behind + 1, day: exact)
            }
            if let exact = dayOfMonth(at: behind) {
                return SpokenDay(tokens: index..<exact.tokens.upperBound, day: exact.day)
            }
            if let friday = relative(at: behind, weekday) ?? numberedWeek(at: behind) {
                let monday = friday.day.advanced(byDays: 1 - friday.day.weekday)
                return SpokenDay(
                    tokens: index..<friday.tokens.upperBound, day: monday.advanced(byDays: weekday - 1), bound: .near)
            }
        }
        if DayWord.nexts.contains(before) {
            let monday = today.advanced(byDays: 8 - today.weekday)
            return SpokenDay(tokens: index - 1..<index + 1, day: monday.advanced(byDays: weekday - 1), bound: .near)
        }
        let day = today.advanced(byDays: (weekday - today.weekday + 6) % 7 + 1)
        let isNear = ["på", "on"].contains(before) || DayWord.comings.contains(before)
        return SpokenDay(tokens: index..<index + 1, day: day, bound: isNear ? .near : .open)
    }
}
