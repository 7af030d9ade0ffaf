import Foundation
import Testing

@testable import Mail

@Suite("Written dates")
struct WrittenDateTests {
    private func read(_ text: String, _ language: String? = nil) -> LetterDate {
        WrittenDate.read(text.octets, zone: 3600, language: language)
    }

    @Test(
        "as clients write them",
        arguments: [
            ("23. november 2026 kl. 10.05.12 CET", 1_795_424_712.0),
            ("Monday, November 23, 2026 2:37 PM", 1_795_441_020),
            ("man. 23. nov. 2026 kl. 08.44", 1_795_419_840), ("Mon, Nov 23, 2026 at 4:12 PM", 1_795_446_720),
            ("23.11.2026 14:37", 1_795_441_020), ("Mon, 23 Nov 2026 11:30:00 +0100", 1_795_429_800),
            ("23 November 2026 at 15.22.10 CET", 1_795_443_730), ("2026-11-23 14:37", 1_795_441_020),
            ("mandag den 23. november 2026 14:37", 1_795_441_020), ("23-11-2026 14:37:00", 1_795_441_020),
            ("November 23rd, 2026 2:37pm", 1_795_441_020), ("23 Nov 2026 13:37 UTC", 1_795_441_020),
            ("Monday, 23 November 2026 at 12:15 AM", 1_795_389_300), ("23. nov. 2026 12.15 PM", 1_795_432_500),
            ("Mon, 23 Nov 2026 08:37:00 -0500 (EST)", 1_795_441_020), ("23 Nov 2026 15:37 GMT+2", 1_795_441_020),
            ("23 Nov 2026 at 2:37\u{202F}PM", 1_795_441_020), ("po 23. 11. 2026 v 14:37", 1_795_441_020),
        ])
    func instants(_ text: String, _ instant: Double) {
        #expect(read(text).instant == Date(timeIntervalSince1970: instant))
    }

    @Test(
        "in the languages of the table",
        arguments: [
            ("de", "Montag, 23. November 2026 14:37"), ("sv", "den 23 november 2026 14:37"),
            ("nb", "mandag 23. november 2026 kl. 14.37"),
            ("nl", "maandag 23 november 2026 14:37"), ("fr", "lundi 23 novembre 2026 14:37"),
            ("es", "lunes, 23 de noviembre de 2026 14:37"),
            ("it", "lunedì 23 novembre 2026 14:37"), ("pt", "segunda-feira, 23 de novembro de 2026 14:37"),
            ("pl", "poniedziałek, 23 listopada 2026 14:37"), ("fi", "maanantai 23. marraskuuta 2026 klo 14.37"),
            ("cs", "pondělí 23. listopadu 2026 14:37"), ("ru", "23 ноября 2026 г., 14:37"),
            ("tr", "23 Kasım 2026 14:37"),
        ])
    func languages(_ language: String, _ text: String) {
        #expect(read(text, language).instant == Date(timeIntervalSince1970: 1_795_441_020))
    }

    @Test(
        "say how sure they are",
        arguments: [
            ("23.11.2026", LetterDate.Precision.day), ("23.11.2026 14:37", .local), ("23.11.2026 14:37 CET", .instant),
        ])
    func precision(_ text: String, _ precision: LetterDate.Precision) {
        #expect(read(text).precision == precision)
    }

    @Test(
        "give no instant when the day is open or does not exist",
        arguments: [
            "11/10/2026", "31.02.2026", "29. februar 2026", "0.0.0", "i går", "", "23. november", "32.13.2026",
            "23.11.1234",
            "99999999999999999999.1.2026",
        ])
    func open(_ text: String) {
        let date = read(text)
        #expect(date.instant == nil && date.text == text && date.precision == nil)
    }

    @Test("with slashes the day comes first outside English, and where only one order is possible")
    func order() {
        #expect(read("10/11/2026", "da").instant == read("10.11.2026").instant)
        #expect(read("11/23/2026", "en").instant == read("23.11.2026").instant)
        #expect(read("23/11/2026", "en").instant == read("23.11.2026").instant)
    }

    @Test("what stands beyond its reach is not looked at")
    func bounded() {
        let far = String(repeating: "x ", count: 200) + "23.11.2026"
        #expect(read(far).instant == nil)
        #expect(read("23.11.2026 " + String(repeating: "9 ", count: 500_000)).precision == .day)
    }
}

@Suite("Names of months")
struct MonthNameTests {
    @Test(
        "in full and short, in one's own language first",
        arguments: [
            ("da", "januar maj oktober december", [1, 5, 10, 12]), ("en", "may mar october dec", [5, 3, 10, 12]),
            ("fi", "maaliskuuta maa", [3, 3]), ("it", "giugno luglio", [6, 7]), ("fr", "juin juillet août", [6, 7, 8]),
            ("hr", "lipnja srpnja listopada", [6, 7, 10]), ("cs", "června července listopadu", [6, 7, 11]),
            ("pl", "lipca listopada", [7, 11]), ("de", "märz jänner dezember", [3, 1, 12]),
        ])
    func months(_ language: String, _ words: String, _ months: [Int]) {
        #expect(words.split(separator: " ").map { MonthNames.month(String($0).octets, language: language) } == months)
    }

    @Test("other words are none, and an unknown language asks them all")
    func others() {
        #expect(
            MonthNames.month("kl".octets, language: "da") == nil && MonthNames.month("".octets, language: nil) == nil)
        #expect(MonthNames.month("grudnia".octets, language: nil) == 12)
    }
}
