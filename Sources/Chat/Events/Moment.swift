package import FoundationEssentials

/// A time as a sender writes it (ISO 8601, RFC 3339): the instant, and the offset that it was written with.
package struct Moment: Hashable, Sendable {
    package let instant: Date
    /// Seconds from UTC.
    package let offset: Int
    package let text: String

    static let expectation = "a time with its offset such as 2026-11-24T08:52:11+01:00"

    /// `2026-11-24T08:52:11+01:00`, also with `Z`, `+0100` or a fraction of the second; `nil` for anything else.
    package init?(_ text: String) {
        guard text.utf8.count <= 40 else { return nil }
        var rest = Array(text.utf8)[...]
        guard let year = Self.number(4, from: &rest), Self.sign("-", from: &rest),
            let month = Self.number(2, from: &rest), Self.sign("-", from: &rest), let day = Self.number(2, from: &rest),
            Self.sign("Tt ", from: &rest),
            let hour = Self.number(2, from: &rest), Self.sign(":", from: &rest),
            let minute = Self.number(2, from: &rest), Self.sign(":", from: &rest),
            let second = Self.number(2, from: &rest), let fraction = Self.fraction(from: &rest),
            let offset = Self.offset(from: &rest), rest.isEmpty
        else { return nil }
        guard year >= 1970, (1...12).contains(month), (1...Self.days(of: month, in: year)).contains(day), hour < 24,
            minute < 60, second <= 60
        else { return nil }
        let days = Self.dayNumber(year, month, day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + min(second, 59) - offset
        instant = Date(timeIntervalSince1970: Double(seconds) + fraction)
        self.offset = offset
        self.text = text
    }

    private static func number(_ digits: Int, from rest: inout ArraySlice<UInt8>) -> Int? {
        let part = rest.prefix(digits)
        guard part.count == digits, part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(digits)
        return part.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    private static func sign(_ signs: String, from rest: inout ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first, signs.utf8.contains(first) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// `.25`, or nothing.
    private static func fraction(from rest: inout ArraySlice<UInt8>) -> Double? {
        guard sign(".,", from: &rest) else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return Double("0." + String(decoding: digits, as: UTF8.self))
    }

    private static func offset(from rest: inout ArraySlice<UInt8>) -> Int? {
        if sign("Zz", from: &rest) { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard sign("+-", from: &rest), let hours = number(2, from: &rest), hours <= 15 else { return nil }
        _ = sign(":", from: &rest)
        guard let minutes = number(2, from: &rest), minutes < 60 else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }

    private static func days(of month: Int, in year: Int) -> Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Days since 1970, counted in years that begin in March so that the leap day is the last.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
