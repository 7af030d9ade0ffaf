import Foundation
import Testing

@testable import Rules

@Suite("The calendar")
struct CalendarTests {
    @Test(
        "Danish public holidays",
        arguments: ["2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-12-24"])
    func holidays(_ text: String) throws {
        #expect(try !WorkCalendar().isWorkday(#require(CalendarDay(iso: text))))
    }

    @Test("Great Prayer Day is a workday since 2024, and a Saturday is none")
    func workdays() throws {
        #expect(try WorkCalendar().isWorkday(#require(CalendarDay(iso: "2026-05-01"))))
        #expect(try !WorkCalendar().isWorkday(#require(CalendarDay(iso: "2026-11-28"))))
    }

    @Test("workdays are counted over week-ends and closed days")
    func counting() throws {
        let friday = try #require(CalendarDay(iso: "2026-11-27"))
        #expect(WorkCalendar().workday(1, after: friday).description == "2026-11-30")
        #expect(WorkCalendar().workday(0, after: friday) == friday)
        let closed = try #require(CalendarDay(iso: "2026-11-30"))...#require(CalendarDay(iso: "2026-12-01"))
        #expect(WorkCalendar(closed: [closed]).workday(1, after: friday).description == "2026-12-02")
        #expect(WorkCalendar().lastWorkday(before: closed.lowerBound) == friday)
    }

    @Test("day numbers go there and back over 400 years")
    func dayNumbers() {
        for number in stride(from: -80_000, through: 80_000, by: 13) {
            let day = CalendarDay(dayNumber: number)
            #expect(day.dayNumber == number)
            #expect(CalendarDay(iso: day.description) == day)
        }
    }

    @Test(
        "the day in Denmark follows summer time",
        arguments: [
            ("2026-06-30T22:30:00Z", "2026-07-01"), ("2026-12-31T22:30:00Z", "2026-12-31"),
            ("2026-12-31T23:30:00Z", "2027-01-01"),
        ])
    func danishDay(_ instant: String, _ day: String) throws {
        #expect(CalendarDay(danishAt: try Date(instant, strategy: .iso8601)).description == day)
    }
}
