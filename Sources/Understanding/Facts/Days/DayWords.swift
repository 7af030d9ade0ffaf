import Rules

/// The words that a day may begin with, looked up once for each word of a text.
enum DayWord: Sendable {
    case weekday(Int)
    case month(Int)
    /// `Dec 4`.
    case shortMonth
    /// `mid-January`.
    case middleOf(Int)
    /// `udgangen af`, `primo`, `midt i`.
    case part(DayPart)
    case week, quarter(Int), halfYear(Int), ordinal(Int)
    case next, this
    /// `om to uger`, `within ten days`.
    case distance
    /// `i dag`.
    case inside
    /// `månedens udgang`.
    case genitive(DayPeriod)
    case named(NamedDay)

    /// `inden fredag`; looked at together with what stands behind.
    static let table: [String: DayWord] = {
        var table: [String: DayWord] = [:]
        for (word, day) in weekdays { table[word] = .weekday(day) }
        for word in Months.abbreviations.keys { table[word] = .shortMonth }
        for (word, month) in Months.all {
            table[word] = .month(month)
            table["mid-" + word] = .middleOf(month)
        }
        for (word, part) in parts { table[word] = .part(part) }
        for word in ["uge", "week"] { table[word] = .week }
        for (word, number) in ["q1": 1, "q2": 2, "q3": 3, "q4": 4] { table[word] = .quarter(number) }
        for (word, number) in ["h1": 1, "h2": 2] { table[word] = .halfYear(number) }
        for (word, number) in ordinals { table[word] = .ordinal(number) }
        for word in nexts { table[word] = .next }
        for word in ["denne", "this"] { table[word] = .this }
        for word in ["om", "for", "within", "in"] { table[word] = .distance }
        table["i"] = .inside
        table["månedens"] = .genitive(.month)
        table["årets"] = .genitive(.year)
        for (word, day) in NamedDay.words { table[word] = .named(day) }
        return table
    }()

    static let weekdays = [
        "mandag": 1, "tirsdag": 2, "onsdag": 3, "torsdag": 4, "fredag": 5, "lørdag": 6, "søndag": 7, "monday": 1,
        "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    ]
    static let nexts: Set = ["næste", "next"]
    /// The first that comes, even in this week.
    static let comings: Set = ["kommende", "førstkommende", "coming", "denne", "this"]
    static let ordinals = [
        "første": 1, "andet": 2, "tredje": 3, "fjerde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
    ]
    private static let parts: [String: DayPart] = [
        "udgangen": .end, "slutningen": .end, "ultimo": .end, "udgang": .end, "end": .end, "sidst": .end, "late": .end,
        "løbet": .end, "primo": .start, "begyndelsen": .start, "starten": .start, "først": .start, "start": .start,
        "beginning": .start, "early": .start, "medio": .middle, "midten": .middle, "midt": .middle, "middle": .middle,
        "mid": .middle,
    ]
}

/// Which day of a month, a week or a quarter is meant.
enum DayPart: Sendable {
    case start, middle, end
}

/// A span of time with an end of its own.
enum DayPeriod: Sendable {
    case month, year
}

/// Days with a name of their own.
enum NamedDay: Sendable {
    case today, tomorrow, inTwoDays, christmas, newYear, easter, summerHoliday, autumnHoliday, winterHoliday
    case weekend, endOfWeek, endOfMonth, endOfYear
    case season(Season)

    static let words: [String: NamedDay] = [
        "today": .today, "idag": .today, "tomorrow": .tomorrow, "imorgen": .tomorrow, "overmorgen": .inTwoDays,
        "jul": .christmas, "julen": .christmas, "juleferien": .christmas, "christmas": .christmas, "xmas": .christmas,
        "nytår": .newYear, "årsskiftet": .newYear, "årsskifte": .newYear, "year-end": .newYear, "påske": .easter,
        "påsken": .easter, "påskeferien": .easter, "easter": .easter, "sommer": .season(.summer),
        "sommeren": .season(.summer),
        "summer": .season(.summer), "foråret": .season(.spring), "forår": .season(.spring), "spring": .season(.spring),
        "efteråret": .season(.autumn), "efterår": .season(.autumn), "autumn": .season(.autumn),
        "vinteren": .season(.winter), "vinter": .season(.winter), "winter": .season(.winter),
        "vintren": .season(.winter),
        "sommerferien": .summerHoliday, "sommerferie": .summerHoliday,
        "efterårsferien": .autumnHoliday, "vinterferien": .winterHoliday, "weekenden": .weekend, "weekend": .weekend,
        "eow": .endOfWeek, "eom": .endOfMonth, "eoy": .endOfYear, "månedsskiftet": .endOfMonth,
        "årsafslutningen": .endOfYear,
    ]
}

/// A season, three months long.
enum Season: Sendable {
    case spring, summer, autumn, winter

    var firstMonth: Int {
        switch self {
        case .spring: 3
        case .summer: 6
        case .autumn: 9
        case .winter: 12
        }
    }
}
