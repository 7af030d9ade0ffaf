import Rules

/// A day as people name it, relative to the day they write: `inden fredag`, `udgangen af februar`, `uge 7`.
struct SpokenDay: Sendable {
    var tokens: Range<Int>
    var day: CalendarDay
    /// Whether a word such as `inden` or `by` makes it a limit.
    var isLimit = false

    private static let limits: Set = [
        "inden", "senest", "seneste", "før", "til", "by", "before", "until", "latest", "than", "within",
    ]

    /// All days named in a text, in its order.
    static func all(in tokens: [Token], from today: CalendarDay) -> [SpokenDay] {
        let reader = DayReader(tokens: tokens, today: today)
        var days: [SpokenDay] = []
        var index = 0
        while index < tokens.count {
            guard var found = reader.day(at: index) else {
                index += 1
                continue
            }
            let start = found.tokens.lowerBound
            found.isLimit = tokens[max(0, start - 3)..<start].contains {
                $0.sentence == tokens[start].sentence && limits.contains($0.word)
            }
            days.append(found)
            index = max(index + 1, found.tokens.upperBound)
        }
        return days
    }
}

/// Reads the day that starts at a token.
struct DayReader {
    let tokens: [Token]
    let today: CalendarDay

    private static let weekdays = [
        "mandag": 1, "tirsdag": 2, "onsdag": 3, "torsdag": 4, "fredag": 5, "lørdag": 6, "søndag": 7, "monday": 1,
        "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    ]
    private static let ends: Set = ["udgangen", "slutningen", "ultimo", "udgang", "end"]
    private static let starts: Set = ["primo", "begyndelsen", "starten", "start", "beginning", "early"]
    private static let middles: Set = ["medio", "midten", "middle", "mid"]
    private static let befores: Set = ["inden", "før", "before"]
    private static let links: Set = ["af", "of", "i", "in", "the", "den", "d"]
    private static let nexts: Set = ["næste", "next", "kommende"]
    private static let spans: [String: Int] = [
        "dag": 1, "dage": 1, "day": 1, "days": 1, "uge": 7, "uger": 7, "week": 7, "weeks": 7, "måned": 30,
        "måneder": 30, "month": 30, "months": 30,
    ]

    func day(at index: Int) -> SpokenDay? {
        digits(at: index) ?? weekday(at: index) ?? dayOfMonth(at: index) ?? month(at: index) ?? week(at: index)
            ?? quarter(at: index) ?? distance(at: index) ?? named(at: index)
    }

    private func word(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].word : "" }

    private func whole(_ index: Int, in range: ClosedRange<Int>) -> Int? {
        guard tokens.indices.contains(index), let number = tokens[index].thousandths, number % 1000 == 0,
            range.contains(number / 1000)
        else { return nil }
        return number / 1000
    }

    // MARK: Days of a date

    /// `24.11.2026`, `1.3.`; a bare `1.3` only behind a word that a day follows.
    private func digits(at index: Int) -> SpokenDay? {
        guard let date = tokens[index].date else { return nil }
        let openers: Set = ["d", "den", "inden", "senest", "før", "by", "before", "fra", "from", "pr", "til", "on"]
        guard date.isCertain || openers.contains(word(index - 1)), let day = date.next(from: today) else { return nil }
        return SpokenDay(tokens: index..<index + 1, day: day)
    }

    /// `fredag`; `fredag den 4. december` is that day.
    private func weekday(at index: Int) -> SpokenDay? {
        guard let weekday = Self.weekdays[word(index)] else { return nil }
        for skipped in 1...3 where skipped == 1 || Self.links.contains(word(index + skipped - 1)) {
            guard index + skipped < tokens.count, tokens[index + skipped].sentence == tokens[index].sentence else {
                break
            }
            if let exact = tokens[index + skipped].date?.next(from: today) {
                return SpokenDay(tokens: index..<index + skipped + 1, day: exact)
            }
            if let exact = dayOfMonth(at: index + skipped) {
                return SpokenDay(tokens: index..<exact.tokens.upperBound, day: exact.day)
            }
        }
        if Self.nexts.contains(word(index - 1)) {
            let monday = today.advanced(byDays: 8 - today.weekday)
            return SpokenDay(tokens: index - 1..<index + 1, day: monday.advanced(byDays: weekday - 1))
        }
        return SpokenDay(tokens: index..<index + 1, day: today.advanced(byDays: (weekday - today.weekday + 6) % 7 + 1))
    }

    /// `1. marts`, `1st of March 2027`, `March 1`.
    private func dayOfMonth(at index: Int) -> SpokenDay? {
        if let number = whole(index, in: 1...31) {
            var place = index + 1
            while ["st", "nd", "rd", "th", "of"].contains(word(place)), place < index + 3 { place += 1 }
            guard let month = Months.number(word(place), besideNumber: true) else { return nil }
            return dated(number, month, index..<place + 1)
        }
        guard let month = Months.number(word(index), besideNumber: true), let number = whole(index + 1, in: 1...31)
        else {
            return nil
        }
        return dated(number, month, index..<index + 2)
    }

    private func dated(_ number: Int, _ month: Int, _ range: Range<Int>) -> SpokenDay? {
        if let year = whole(range.upperBound, in: 2000...2100) {
            return CalendarDay(year: year, month: month, day: number).map {
                SpokenDay(tokens: range.lowerBound..<range.upperBound + 1, day: $0)
            }
        }
        return Months.next(day: number, month: month, from: today).map { SpokenDay(tokens: range, day: $0) }
    }

    /// `februar` is its last day, `inden februar` its first, `udgangen af februar` its last again.
    private func month(at index: Int) -> SpokenDay? {
        guard let month = Months.number(word(index), besideNumber: false) else { return nil }
        let part = (max(0, index - 2)..<index).last {
            Self.ends.contains(word($0)) || Self.starts.contains(word($0)) || Self.middles.contains(word($0))
        }
        let before = word(index - 1)
        // `may` is a verb first.
        if word(index) == "may", part == nil, !["in", "by", "before", "until", "of"].contains(before) { return nil }
        let isStart = part.map { Self.starts.contains(word($0)) } ?? Self.befores.contains(before)
        let isMiddle = part.map { Self.middles.contains(word($0)) } ?? false
        let given = whole(index + 1, in: 2000...2100)
        for year in given.map({ [$0] }) ?? [today.year, today.year + 1] {
            let last = CalendarDay.length(ofMonth: month, year: year)
            guard let day = CalendarDay(year: year, month: month, day: isStart ? 1 : isMiddle ? 15 : last),
                day >= today || given != nil
            else { continue }
            return SpokenDay(tokens: (part ?? index)..<index + (given == nil ? 1 : 2), day: day)
        }
        return nil
    }

    // MARK: Weeks, quarters, distances

    /// Friday of the week; `inden uge 7` is its Monday.
    private func week(at index: Int) -> SpokenDay? {
        if ["uge", "week"].contains(word(index)), let number = whole(index + 1, in: 1...53) {
            let isBefore = Self.befores.contains(word(index - 1))
            for year in [today.year, today.year + 1] {
                // The week that holds 4 January is the first (ISO 8601).
                guard let fourth = CalendarDay(year: year, month: 1, day: 4) else { continue }
                let monday = fourth.advanced(byDays: 1 - fourth.weekday + 7 * (number - 1))
                let day = isBefore ? monday : monday.advanced(byDays: 4)
                if day >= today { return SpokenDay(tokens: index..<index + 2, day: day) }
            }
            return nil
        }
        let friday = today.advanced(byDays: max(0, 5 - today.weekday))
        if ["uge", "week"].contains(word(index + 1)) {
            let range = index..<index + 2
            if Self.nexts.contains(word(index)) {
                return SpokenDay(tokens: range, day: today.advanced(byDays: 12 - today.weekday))
            }
            if ["denne", "this"].contains(word(index)) { return SpokenDay(tokens: range, day: friday) }
        }
        return ["weekenden", "weekend"].contains(word(index)) ? SpokenDay(tokens: index..<index + 1, day: friday) : nil
    }

    /// Last day of `1. kvartal`, `Q1`, `first quarter`.
    private func quarter(at index: Int) -> SpokenDay? {
        let ordinals = [
            "første": 1, "andet": 2, "tredje": 3, "fjerde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
            "1st": 1,
        ]
        var number: Int?
        var end = index + 1
        if let named = ["q1": 1, "q2": 2, "q3": 3, "q4": 4][word(index)] {
            number = named
        } else if ["kvartal", "quarter"].contains(word(index + 1)) {
            number = ordinals[word(index)] ?? whole(index, in: 1...4)
            end = index + 2
        }
        guard let number else { return nil }
        for year in [today.year, today.year + 1] {
            let last = CalendarDay(
                year: year, month: number * 3, day: CalendarDay.length(ofMonth: number * 3, year: year))
            if let last, last >= today { return SpokenDay(tokens: index..<end, day: last) }
        }
        return nil
    }

    /// `om 14 dage`, `inden for to uger`, `within ten days`.
    private func distance(at index: Int) -> SpokenDay? {
        let openers: Set = ["om", "for", "within", "in"]
        guard openers.contains(word(index)), let unit = Self.spans[word(index + 2)] else { return nil }
        let words = Numbers.words(in: nil, both: false).values
        guard
            let count = whole(index + 1, in: 1...366) ?? words[word(index + 1)]
                ?? Numbers.words(in: "en", both: false).values[word(index + 1)] ?? ["en": 1, "a": 1][word(index + 1)],
            count <= 366
        else { return nil }
        return SpokenDay(tokens: index..<index + 3, day: today.advanced(byDays: count * unit))
    }

    // MARK: Names

    private func named(at index: Int) -> SpokenDay? {
        let single = { (day: CalendarDay?) in day.map { SpokenDay(tokens: index..<index + 1, day: $0) } }
        switch word(index) {
        case "i" where word(index + 1) == "dag": return SpokenDay(tokens: index..<index + 2, day: today)
        case "i" where word(index + 1) == "morgen":
            return SpokenDay(tokens: index..<index + 2, day: today.advanced(byDays: 1))
        case "today", "idag": return single(today)
        case "tomorrow", "imorgen": return single(today.advanced(byDays: 1))
        case "overmorgen": return single(today.advanced(byDays: 2))
        case "jul", "christmas": return single(Months.next(day: 24, month: 12, from: today))
        case "nytår", "årsskiftet", "årsskifte", "year-end": return single(Months.next(day: 31, month: 12, from: today))
        case "påske", "påsken", "easter":
            let easters = [WorkCalendar.easter(today.year), WorkCalendar.easter(today.year + 1)]
            return single(easters.first { $0 >= today })
        case "månedens" where word(index + 1) == "udgang": return end(ofMonth: true, index..<index + 2)
        case "årets" where word(index + 1) == "udgang": return end(ofMonth: false, index..<index + 2)
        case let opener where Self.ends.contains(opener):
            guard let unit = (index + 1..<index + 4).first(where: { !Self.links.contains(word($0)) }) else {
                return nil
            }
            switch word(unit) {
            case "måneden", "month": return end(ofMonth: true, index..<unit + 1)
            case "året", "year": return end(ofMonth: false, index..<unit + 1)
            default: return nil
            }
        default: return nil
        }
    }

    private func end(ofMonth: Bool, _ range: Range<Int>) -> SpokenDay? {
        let month = ofMonth ? today.month : 12
        let last = CalendarDay.length(ofMonth: month, year: today.year)
        return CalendarDay(year: today.year, month: month, day: last).map { SpokenDay(tokens: range, day: $0) }
    }
}
