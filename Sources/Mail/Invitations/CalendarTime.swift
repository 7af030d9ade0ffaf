import Foundation

/// A date or date and time of a calendar (RFC 5545 sections 3.3.4, 3.3.5 and 3.3.6), local to wherever it is meant.
struct CalendarTime {
    var days: Int
    /// Seconds of the day; `nil` for the whole day.
    var seconds: Int?
    var isUTC = false

    /// `20261202`, `20261202T100000`, `20261202T090000Z`.
    init?(_ text: String) {
        let octets = Array(text.utf8)[...].trimmingSpaces
        guard octets.count >= 8, let date = Self.number(octets.prefix(8)),
            let days = CivilDay.number(year: date / 10_000, month: date / 100 % 100, day: date % 100)
        else { return nil }
        self.days = days
        guard octets.count > 8 else { return }
        let rest = octets.dropFirst(8)
        guard rest.first == UInt8(ascii: "T"), rest.count >= 7, let time = Self.number(rest.dropFirst().prefix(6)),
            time / 10_000 < 24, time / 100 % 100 < 60, time % 100 <= 60
        else { return nil }
        seconds = time / 10_000 * 3600 + time / 100 % 100 * 60 + time % 100
        switch rest.dropFirst(7).string {
        case "": break
        case "Z": isUTC = true
        default: return nil
        }
    }

    private init(days: Int, seconds: Int?, isUTC: Bool) {
        (self.days, self.seconds, self.isUTC) = (days, seconds, isUTC)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits.string) : nil
    }

    /// Seconds from the start of 1970 by its own clock.
    var local: Int { days * 86_400 + (seconds ?? 0) }

    /// As written in full: `2026-12-02`, `2026-12-02T10:00:00`.
    var text: String {
        let day = Date(timeIntervalSince1970: Double(days * 86_400)).formatted(.iso8601.year().month().day())
        guard let seconds else { return day }
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day)T\(time.joined(separator: ":"))" + (isUTC ? "Z" : "")
    }

    /// The time after a duration such as `PT1H30M`, `P2D`, `P1W`.
    func adding(_ duration: String) -> CalendarTime? {
        var total = 0
        var number = 0
        var isTime = false
        var octets = Array(duration.utf8.prefix(32))[...]
        if octets.first == UInt8(ascii: "+") { octets = octets.dropFirst() }
        guard octets.popFirst() == UInt8(ascii: "P") else { return nil }
        for octet in octets {
            switch octet {
            case 0x30...0x39: number = min(number * 10 + Int(octet - 0x30), 10_000_000)
            case UInt8(ascii: "T"): isTime = true
            default:
                guard let unit = Self.unit(octet, isTime: isTime) else { return nil }
                total += number * unit
                number = 0
            }
        }
        guard let seconds else { return CalendarTime(days: days + total / 86_400, seconds: nil, isUTC: isUTC) }
        let end = days * 86_400 + seconds + total
        return CalendarTime(days: end / 86_400, seconds: end % 86_400, isUTC: isUTC)
    }

    private static func unit(_ octet: UInt8, isTime: Bool) -> Int? {
        switch octet {
        case UInt8(ascii: "W"): 7 * 86_400
        case UInt8(ascii: "D"): 86_400
        case UInt8(ascii: "H") where isTime: 3600
        case UInt8(ascii: "M") where isTime: 60
        case UInt8(ascii: "S") where isTime: 1
        default: nil
        }
    }

    /// The day before.
    var dayBefore: CalendarTime { CalendarTime(days: days - 1, seconds: seconds, isUTC: isUTC) }
}
