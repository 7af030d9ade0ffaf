import Rules

/// A day as people name it in a sentence, relative to the day they write: `inden fredag`, `udgangen af februar`, `uge 7`.
enum SpokenDay {
    private static let weekdays = [
        "mandag": 1, "tirsdag": 2, "onsdag": 3, "torsdag": 4, "fredag": 5, "lørdag": 6, "søndag": 7, "monday": 1,
        "tuesday": 2,
        "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    ]
    private static let months = [
        "januar": 1, "februar": 2, "marts": 3, "april": 4, "maj": 5, "juni": 6, "juli": 7, "august": 8, "september": 9,
        "oktober": 10, "november": 11, "december": 12, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6,
        "july": 7,
        "october": 10,
    ]
    private static let ends = ["udgangen", "slutningen", "ultimo", "end"]

    static func read(_ tokens: ArraySlice<Token>, from today: CalendarDay) -> CalendarDay? {
        for index in tokens.indices {
            let word = tokens[index].word
            if let weekday = weekdays[word] { return next(weekday: weekday, after: today) }
            if word == "uge" || word == "week", index + 1 < tokens.endIndex, let number = whole(tokens[index + 1]) {
                return friday(ofWeek: number, from: today)
            }
            guard let month = months[word] else { continue }
            let before = index > tokens.startIndex ? whole(tokens[index - 1]) : nil
            let after = index + 1 < tokens.endIndex ? whole(tokens[index + 1]) : nil
            let isEnd = tokens[..<index].suffix(3).contains { ends.contains($0.word) }
            return day(month: month, number: isEnd ? nil : before ?? after, from: today)
        }
        return nil
    }

    /// The next one that is not today.
    private static func next(weekday: Int, after today: CalendarDay) -> CalendarDay {
        let distance = (weekday - today.weekday + 6) % 7 + 1
        return today.advanced(byDays: distance)
    }

    /// A day of a month, or its last; this year, or next year when it is over.
    private static func day(month: Int, number: Int?, from today: CalendarDay) -> CalendarDay? {
        for year in [today.year, today.year + 1] {
            let last = CalendarDay.length(ofMonth: month, year: year)
            let day = number.map { (1...last).contains($0) ? $0 : last } ?? last
            if let found = CalendarDay(year: year, month: month, day: day), found >= today { return found }
        }
        return nil
    }

    /// Friday of a week by ISO 8601: the week that holds 4 January is the first.
    private static func friday(ofWeek number: Int, from today: CalendarDay) -> CalendarDay? {
        guard (1...53).contains(number) else { return nil }
        for year in [today.year, today.year + 1] {
            guard let fourth = CalendarDay(year: year, month: 1, day: 4) else { continue }
            let friday = fourth.advanced(byDays: 1 - fourth.weekday + 7 * (number - 1) + 4)
            if friday >= today { return friday }
        }
        return nil
    }

    private static func whole(_ token: Token) -> Int? {
        token.thousandths.flatMap { $0 % 1000 == 0 ? $0 / 1000 : nil }
    }
}
