import Foundation
import Mail
import Quoting
import Rules
import Testing
import Understanding

@testable import Correspondence

@Suite("Amounts and days")
struct WordingTests {
    @Test(
        "money is written as its reader expects",
        arguments: [
            (1_250_000, "12.500,00 kr.", "DKK 12,500.00"), (0, "0,00 kr.", "DKK 0.00"), (5, "0,05 kr.", "DKK 0.05"),
            (99_999, "999,99 kr.", "DKK 999.99"),
            (100_000_000_00, "100.000.000,00 kr.", "DKK 100,000,000.00"), (-150_050, "-1.500,50 kr.", "DKK -1,500.50"),
        ])
    func money(_ ore: Int, _ danish: String, _ english: String) {
        #expect(Amounts.money(Money(ore: ore), in: .danish) == danish)
        #expect(Amounts.money(Money(ore: ore), in: .english) == english)
    }

    @Test("a sum says its tax and what they make")
    func withVAT() {
        let (subtotal, vat) = (Money(ore: 10_125_000), Money(ore: 2_531_250))
        #expect(
            Amounts.withVAT(subtotal, vat, subtotal + vat, percent: 25, in: .danish)
                == "101.250,00 + 25 % moms 25.312,50 = 126.562,50 kr.")
        #expect(
            Amounts.withVAT(subtotal, vat, subtotal + vat, percent: 25, in: .english)
                == "101,250.00 + 25 % VAT 25,312.50 = DKK 126,562.50")
    }

    @Test("the short sum keeps one-off, month and year apart, and decimals where there are any")
    func shortSum() {
        let quote = Fixture.quote([
            Fixture.line(1, "a", price: 10_125_000), Fixture.line(2, "b", price: 501_250, recurring: .month),
            Fixture.line(3, "c", price: 99_900, recurring: .year),
        ])
        #expect(Amounts.short(quote, in: .danish) == "101.250 kr. + 5.012,50 kr./md. + 999 kr./år")
        #expect(Amounts.short(quote, in: .english) == "DKK 101,250 + DKK 5,012.50/month + DKK 999/year")
    }

    @Test(
        "days of the letter's year go without it",
        arguments: [
            (2026, "fredag 27.11.", "Friday 27 Nov", "27.11.", "27 Nov"),
            (2027, "fredag 27.11.2026", "Friday 27 Nov 2026", "27.11.2026", "27 Nov 2026"),
        ])
    func days(_ year: Int, _ danish: String, _ english: String, _ danishDate: String, _ englishDate: String) {
        let (day, today) = (Fixture.day(2026, 11, 27), Fixture.day(year, 6, 1))
        #expect(Days(language: .danish, today: today).day(day) == danish)
        #expect(Days(language: .english, today: today).day(day) == english)
        #expect(Days(language: .danish, today: today).date(day) == danishDate)
        #expect(Days(language: .english, today: today).date(day) == englishDate)
    }

    @Test(
        "a moment is told by its writer's clock; without a time only the day",
        arguments: [
            (
                LetterDate(instant: Fixture.instant, offset: 3600, precision: .instant), "24.11. kl. 8.52",
                "24 Nov, 08:52"
            ),
            (
                LetterDate(instant: Fixture.instant, offset: -8 * 3600, precision: .local), "23.11. kl. 23.52",
                "23 Nov, 23:52"
            ),
            (LetterDate(instant: Fixture.instant, offset: 3600, precision: .day), "24.11.", "24 Nov"),
            (LetterDate(instant: Fixture.instant), "24.11.", "24 Nov"),
            (
                LetterDate(instant: Date(timeIntervalSince1970: -1), offset: 0, precision: .instant),
                "31.12.1969 kl. 23.59", "31 Dec 1969, 23:59"
            ),
        ])
    func moments(_ date: LetterDate, _ danish: String, _ english: String) {
        #expect(Days(language: .danish, today: Fixture.day(2026, 6, 1)).moment(date) == danish)
        #expect(Days(language: .english, today: Fixture.day(2026, 6, 1)).moment(date) == english)
    }

    @Test(
        "a day soon is told by its weekday, one further off by its date",
        arguments: [
            (24, 11, "i dag", "today"), (25, 11, "onsdag", "on Wednesday"), (30, 11, "mandag", "on Monday"),
            (1, 12, "tirsdag 1.12.", "on Tuesday 1 Dec"), (23, 11, "mandag 23.11.", "on Monday 23 Nov"),
        ])
    func soon(_ day: Int, _ month: Int, _ danish: String, _ english: String) {
        let (day, today) = (Fixture.day(2026, month, day), Fixture.day(2026, 11, 24))
        #expect(Days(language: .danish, today: today).soon(day) == danish)
        #expect(Days(language: .english, today: today).soon(day) == english)
        #expect(Days(language: .danish, today: nil).soon(day).hasSuffix(".2026"))
    }

    @Test("the hour of what was said is that of Danish clocks, in winter and in summer")
    func danishHour() {
        let days = Days(language: .danish, today: Fixture.day(2026, 11, 24))
        #expect(days.moment(Fixture.instant) == "24.11. kl. 8.52")
        #expect(days.moment(Fixture.instant.addingTimeInterval(-150 * 86_400)) == "27.6. kl. 9.52")
    }

    @Test("a date that nobody could read is not told")
    func unknownMoment() {
        #expect(Days(language: .danish, today: Fixture.day(2026, 6, 1)).moment(LetterDate(text: "i går")) == nil)
    }

    @Test(
        "Danish answers Danish, its neighbours and the unknown; English everybody else",
        arguments: [("da", "da"), ("no", "da"), ("sv", "da"), (nil, "da"), ("en", "en"), ("de", "en"), ("pl", "en")])
    func languages(_ letter: String?, _ mail: String) {
        let summary = Fixture.summary().with { $0.dossier.letter.language = letter }
        #expect(summary.language.rawValue == mail)
        #expect(Fixture.compose(summary).text.hasPrefix(mail == "da" ? "KORT FORTALT" : "IN SHORT"))
    }
}
