import FoundationEssentials
import Mail
import Rules
import Understanding

/// Days as the reader of a mail expects them.
struct Days {
    /// What is as near as this is told by the day of the week alone.
    private static let week = 1..<7

    let language: MailLanguage
    /// Days of this day's year are written without it.
    let today: CalendarDay?

    /// `fredag 27.11.` in Danish, `Friday 27 Nov` in English; with the year when it is another.
    func day(_ day: CalendarDay) -> String { shortened(Wording.day(day, in: language), day) }

    /// `23.11.`, `23 Nov`.
    func date(_ day: CalendarDay) -> String {
        self.day(day).split(separator: " ").dropFirst().joined(separator: " ")
    }

    /// `i dag`, `onsdag` within the week, else `onsdag 9.12.`; `today`, `on Wednesday`, `on Wednesday 9 Dec`.
    func soon(_ day: CalendarDay) -> String {
        let preposition = language == .danish ? "" : "on "
        guard let today else { return preposition + self.day(day) }
        let distance = day.dayNumber - today.dayNumber
        if distance == 0 { return language == .danish ? "i dag" : "today" }
        let name = self.day(day)
        return preposition + (Self.week.contains(distance) ? String(name.prefix { $0 != " " }) : name)
    }

    /// When something was said, by the Danish clock.
    func moment(_ instant: Date) -> String? {
        moment(
            LetterDate(instant: instant, offset: CalendarDay.danishOffset(at: instant), precision: .instant))
    }

    /// When a mail was written, as its writer's clock showed it: `23.11. kl. 14.37`, `23 Nov, 14:37`.
    func moment(_ date: LetterDate) -> String? {
        guard let instant = date.instant else { return nil }
        guard let offset = date.offset, date.precision != .day else { return self.date(CalendarDay(danishAt: instant)) }
        let limit = 4e11
        let seconds = Int(min(max(instant.timeIntervalSince1970, -limit), limit)) + offset
        let (days, time) = (Self.floor(seconds, 86_400), seconds - Self.floor(seconds, 86_400) * 86_400)
        let day = self.date(CalendarDay(dayNumber: days))
        let two = { (number: Int) in String(100 + number).dropFirst() }
        let (hour, minute) = (time / 3600, two(time / 60 % 60))
        return language == .danish ? "\(day) kl. \(hour).\(minute)" : "\(day), \(two(hour)):\(minute)"
    }

    private func shortened(_ text: String, _ day: CalendarDay) -> String {
        guard day.year == today?.year else { return text }
        let length = String(day.year).utf8.count + (language == .danish ? 0 : 1)
        return String(text.dropLast(length))
    }

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}
