import Foundation

/// A time zone of a calendar: as the file itself defines it (RFC 5545 section 3.6.5), else by its name in the tz database.
///
/// The names that Outlook gives (`Romance Standard Time`) are defined in its files. A zone of neither kind is not known,
/// and no offset is made up for it.
struct CalendarZone {
    /// Standard or summer time: from when on, every year or once, and how far from UTC.
    private struct Observance {
        var start: CalendarTime
        var offset: Int
        /// The weekday (0 for Sunday), which one of the month (-1 for the last), and the month in which it begins.
        var yearly: (weekday: Int, ordinal: Int, month: Int)?
    }

    private var observances: [Observance] = []
    private var named: TimeZone?

    /// The zone of a name in a file; `nil` when nothing is known of it.
    init?(_ name: String, in file: CalendarFile) {
        let isDefinition = { (component: CalendarFile.Component) in
            component.name == "VTIMEZONE" && component.first("TZID")?.value == name
        }
        if let zone = file.components.firstIndex(where: isDefinition) {
            let parts = file.components.filter { $0.parent == zone }
            observances = parts.compactMap(Self.observance)
            // Half a definition would be wrong half of the year.
            if !observances.isEmpty, observances.count == parts.count { return }
        }
        // Some programs put a path of their own before the name.
        let words = name.split(separator: "/")
        let known = [name, words.suffix(2).joined(separator: "/"), words.suffix(3).joined(separator: "/")]
        guard
            let zone = known.lazy.filter({ $0.contains("/") || $0 == "UTC" }).compactMap({ TimeZone(identifier: $0) })
                .first
        else { return nil }
        named = zone
    }

    /// Seconds from UTC at a local time.
    func offset(at time: CalendarTime) -> Int {
        if let named {
            // Twice, as the offset is asked for an instant that it itself decides.
            let guess = named.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.local)))
            return named.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.local - guess)))
        }
        let year = Self.year(of: time.days)
        let begun = observances.flatMap { observance in
            [year - 1, year].compactMap {
                Self.onset(of: observance, in: $0).map { (onset: $0, offset: observance.offset) }
            }
        }.filter { $0.onset <= time.local }
        return begun.max { $0.onset < $1.onset }?.offset ?? observances[0].offset
    }

    private static func observance(_ component: CalendarFile.Component) -> Observance? {
        guard component.name == "STANDARD" || component.name == "DAYLIGHT",
            let start = component.first("DTSTART").flatMap({ begin($0.value) }),
            let offset = component.first("TZOFFSETTO").flatMap({ seconds($0.value) })
        else { return nil }
        guard let rule = component.first("RRULE")?.value else {
            return component.first("RDATE") == nil ? Observance(start: start, offset: offset) : nil
        }
        guard let yearly = yearly(rule) else { return nil }
        return Observance(start: start, offset: offset, yearly: yearly)
    }

    /// The start of an observance; Outlook writes the year 1601, which only says that it was always so.
    private static func begin(_ text: String) -> CalendarTime? {
        text.hasPrefix("1601") ? CalendarTime("1970" + text.dropFirst(4)) : CalendarTime(text)
    }

    /// `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`, as all zones in use have it.
    private static func yearly(_ rule: String) -> (weekday: Int, ordinal: Int, month: Int)? {
        var values: [String: String] = [:]
        for part in rule.uppercased().split(separator: ";").prefix(10) {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
        }
        let days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
        guard values["FREQ"] == "YEARLY", values["UNTIL"] == nil, values["COUNT"] == nil, values["BYMONTHDAY"] == nil,
            let month = values["BYMONTH"].flatMap({ Int($0) }), (1...12).contains(month), let day = values["BYDAY"],
            let weekday = days.firstIndex(of: String(day.suffix(2))), let ordinal = Int(day.dropLast(2)),
            ordinal != 0, abs(ordinal) <= 5
        else { return nil }
        return (weekday, ordinal, month)
    }

    /// When it begins in a year, by the local clock.
    private static func onset(of observance: Observance, in year: Int) -> Int? {
        guard let yearly = observance.yearly else { return observance.start.local }
        let isLast = yearly.ordinal < 0
        let next = yearly.month == 12 ? (year: year + 1, month: 1) : (year: year, month: yearly.month + 1)
        guard let first = CivilDay.number(year: year, month: yearly.month, day: 1),
            let end = CivilDay.number(year: next.year, month: next.month, day: 1)
        else { return nil }
        // 1970-01-01 was a Thursday.
        let weekday = { (day: Int) in (day + 4) % 7 }
        let day =
            isLast
            ? end - 1 - (weekday(end - 1) - yearly.weekday + 7) % 7 + 7 * (yearly.ordinal + 1)
            : first + (yearly.weekday - weekday(first) + 7) % 7 + 7 * (yearly.ordinal - 1)
        let onset = day * 86_400 + (observance.start.seconds ?? 0)
        return onset >= observance.start.local ? onset : nil
    }

    private static func year(of days: Int) -> Int {
        var year = 1970 + days / 366
        while let next = CivilDay.number(year: year + 1, month: 1, day: 1), next <= days { year += 1 }
        return year
    }

    /// `+0100`, `-033000`.
    private static func seconds(_ text: String) -> Int? {
        let sign = text.first
        let digits = text.dropFirst()
        guard sign == "+" || sign == "-", digits.utf8.count == 4 || digits.utf8.count == 6, let number = Int(digits)
        else { return nil }
        let whole = digits.utf8.count == 4 ? number * 100 : number
        return (sign == "-" ? -1 : 1) * (whole / 10_000 * 3600 + whole / 100 % 100 * 60 + whole % 100)
    }
}
