import Rules

/// A day written in digits: `24.11.2026`, `15/1-2027`, `1.3.`, `2027-03-01`; day before month, as in Denmark and Britain.
struct WrittenDate: Hashable, Sendable {
    var day: Int
    var month: Int
    var year: Int?
    /// Whether it can be nothing else: `1.3` may be a number.
    var isCertain: Bool

    /// The date that starts at a place, and where it ends.
    static func read(_ octets: [UInt8], at start: Int) -> (date: WrittenDate, end: Int)? {
        guard let (first, next) = digits(octets, start), next < octets.count else { return nil }
        let sign = octets[next]
        if sign == UInt8(ascii: "-"), next - start == 4 { return iso(octets, year: first, at: next + 1) }
        guard next - start <= 2, [UInt8(ascii: "."), UInt8(ascii: "/")].contains(sign),
            let (month, end) = digits(octets, next + 1), end - next <= 3
        else { return nil }
        var date = WrittenDate(day: first, month: month, year: nil, isCertain: sign == UInt8(ascii: "/"))
        guard (1...31).contains(first), (1...12).contains(month) else { return nil }
        guard end < octets.count else { return (date, end) }
        let separators: [UInt8] = [sign, UInt8(ascii: "-"), UInt8(ascii: ".")]
        if separators.contains(octets[end]), let (year, last) = digits(octets, end + 1) {
            guard last - end == 3 || last - end == 5 else { return nil }
            date.year = year < 100 ? 2000 + year : year
            date.isCertain = true
            return (date, last)
        }
        if octets[end] == UInt8(ascii: ".") { date.isCertain = true }
        return (date, end)
    }

    private static func iso(_ octets: [UInt8], year: Int, at start: Int) -> (date: WrittenDate, end: Int)? {
        guard let (month, next) = digits(octets, start), next < octets.count, octets[next] == UInt8(ascii: "-"),
            let (day, end) = digits(octets, next + 1), CalendarDay(year: year, month: month, day: day) != nil
        else { return nil }
        return (WrittenDate(day: day, month: month, year: year, isCertain: true), end)
    }

    /// One to four digits.
    private static func digits(_ octets: [UInt8], _ start: Int) -> (value: Int, end: Int)? {
        guard start < octets.count else { return nil }
        let digits = octets[start...].prefix(5).prefix { Tokenizer.isDigit($0) }
        guard (1...4).contains(digits.count) else { return nil }
        return (digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }, digits.endIndex)
    }

    /// That day, or without a year the next one from `today` on.
    func next(from today: CalendarDay) -> CalendarDay? {
        if let year { return CalendarDay(year: year, month: month, day: day) }
        return Months.next(day: day, month: month, from: today)
    }
}

/// Names of months in both languages.
enum Months {
    static let all: [String: Int] = [
        "januar": 1, "februar": 2, "marts": 3, "april": 4, "maj": 5, "juni": 6, "juli": 7, "august": 8, "september": 9,
        "oktober": 10, "november": 11, "december": 12, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6,
        "july": 7, "october": 10,
    ]
    /// Only beside a number: `jan`, `3 sept`.
    static let abbreviations: [String: Int] = [
        "jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10,
        "oct": 10,
        "nov": 11,
        "dec": 12,
    ]

    static func number(_ word: String, besideNumber: Bool) -> Int? {
        all[word] ?? (besideNumber ? abbreviations[word] : nil)
    }

    /// Whether the first word is the name of a month.
    static func begin(_ octets: ArraySlice<UInt8>) -> Bool {
        let word = octets.prefix(10).prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
        return number(Folding.fold(word), besideNumber: true) != nil
    }

    /// The next such day from `today` on, this year or next.
    static func next(day: Int, month: Int, from today: CalendarDay) -> CalendarDay? {
        [today.year, today.year + 1].lazy.compactMap { CalendarDay(year: $0, month: month, day: day) }
            .first { $0 >= today }
    }
}
