import Mail
import Rules
import Testing

@testable import Understanding

/// Every day in every form that people write it in, read on Tuesday 24 November 2026.
@Suite("Every day in every form")
struct DayFormTests {
    private static let today = CalendarDay(year: 2026, month: 11, day: 24)
    private static let danish = [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
        "december",
    ]
    private static let english = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
    private static let englishWeekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    private func read(_ text: String) throws -> CalendarDay? {
        SpokenDay.all(in: Tokenizer.tokens(of: Array(text.utf8)), from: try #require(Self.today)).first?.day
    }

    private func suffix(_ day: Int) -> String {
        if (11...13).contains(day) { return "th" }
        return [1: "st", 2: "nd", 3: "rd"][day % 10] ?? "th"
    }

    @Test("with its year", arguments: [2026, 2027, 2028])
    func dated(year: Int) throws {
        for month in 1...12 {
            for day in 1...CalendarDay.length(ofMonth: month, year: year) {
                let wanted = CalendarDay(year: year, month: month, day: day)
                let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
                let (da, en) = (Self.danish[month - 1], Self.english[month - 1])
                for text in [
                    "\(day).\(month).\(year)", "\(two(day)).\(two(month)).\(year)",
                    "\(two(day)).\(two(month)).\(year % 100)",
                    "\(day)/\(month)-\(year)", "\(day)/\(month) \(year)", "\(two(day))/\(two(month))/\(year)",
                    "\(wanted?.description ?? "")",
                    "\(day). \(da) \(year)", "d. \(day). \(da.prefix(3)). \(year)", "\(day) \(en) \(year)",
                    "\(day)\(suffix(day)) of \(en) \(year)", "\(en) \(day), \(year)",
                    "\(en) \(day)\(suffix(day)), \(year)",
                    month == 7 ? "July \(day) \(year)" : "\(en.prefix(3)) \(day) \(year)",
                ] {
                    let read = try read("senest \(text)")
                    if read != wanted { Issue.record("\(text): \(read?.description ?? "nothing")") }
                }
            }
        }
    }

    @Test("without a year it is the next one, alone or behind its weekday")
    func undated() throws {
        let today = try #require(Self.today)
        for distance in 0..<365 {
            let wanted = today.advanced(byDays: distance)
            let (da, en) = (Self.danish[wanted.month - 1], Self.english[wanted.month - 1])
            let (weekday, englishWeekday) = (
                Self.weekdays[wanted.weekday - 1], Self.englishWeekdays[wanted.weekday - 1]
            )
            for text in [
                "senest den \(wanted.day). \(da)", "inden d. \(wanted.day)/\(wanted.month)",
                "senest \(weekday) den \(wanted.day). \(da)", "senest \(weekday) d. \(wanted.day)/\(wanted.month)",
                "by \(en) \(wanted.day)", "by the \(wanted.day)\(suffix(wanted.day)) of \(en)",
                "by \(englishWeekday), \(en) \(wanted.day)", "by \(englishWeekday) \(wanted.day) \(en)",
            ] {
                let read = try read(text)
                if read != wanted { Issue.record("\(text): \(read?.description ?? "nothing"), not \(wanted)") }
            }
        }
    }

    @Test("weeks, with and without a year")
    func weeks() throws {
        for week in 1...52 {
            for (year, text) in [(2027, "uge \(week) 2027"), (2027, "week \(week), 2027")] {
                let day = try #require(try read(text))
                let fourth = try #require(CalendarDay(year: year, month: 1, day: 4))
                #expect(
                    day.weekday == 5 && day == fourth.advanced(byDays: 5 - fourth.weekday + 7 * (week - 1)), "\(text)")
            }
        }
    }

    @Test(
        "spans and distances",
        arguments: [
            ("i uge 42", "2027-10-22"), ("in week 42", "2027-10-22"), ("i Q3", "2027-09-30"), ("Q1 2028", "2028-03-31"),
            ("medio maj", "2027-05-15"), ("primo maj", "2027-05-01"), ("ultimo maj", "2027-05-31"),
            ("primo 2028", "2028-01-31"), ("medio 2027", "2027-06-30"), ("inden udgangen af marts", "2027-03-31"),
            ("by end of March", "2027-03-31"), ("by the end of March 2028", "2028-03-31"),
            ("within two weeks", "2026-12-08"),
            ("within a fortnight", "2026-12-08"), ("om 2-3 uger", "2026-12-15"), ("om et halvt år", "2027-05-24"),
            ("in half a year", "2027-05-24"), ("om et år", "2027-11-24"), ("next Friday", "2026-12-04"),
            ("fredag i næste uge", "2026-12-04"), ("på fredag", "2026-11-27"), ("kommende mandag", "2026-11-30"),
            ("i foråret", "2027-05-31"), ("til foråret", "2027-05-31"), ("inden foråret", "2027-02-28"),
            ("i løbet af efteråret", "2026-11-30"), ("this spring", "2027-05-31"), ("before the winter", "2026-11-30"),
            ("before winter", "2026-11-30"), ("before summer", "2027-05-31"), ("i 1. halvår", "2027-06-30"),
            ("første halvår 2028", "2028-06-30"), ("H2 2027", "2027-12-31"),
            ("in the first half of 2027", "2027-06-30"),
            ("i 2. kvartal", "2027-06-30"), ("sidst på ugen", "2026-11-27"), ("midt i december", "2026-12-15"),
            ("i slutningen af næste måned", "2026-12-31"), ("inden for ti dage", "2026-12-04"), ("Forårsmesse", nil),
        ] as [(String, String?)])
    func spans(_ text: String, _ day: String?) throws {
        #expect(try read(text)?.description == day)
    }
}
