import FoundationEssentials

/// INTERNALDATE of a message, such as `17-Jul-1996 02:44:25 -0700` (RFC 3501 section 9, date-time).
enum InternalDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    static func instant(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 3 else { return nil }
        let day = words[0].split(separator: "-")
        let time = words[1].split(separator: ":").map { Int($0) }
        guard day.count == 3, let month = months.firstIndex(of: day[1].lowercased()), let number = Int(day[0]),
            let year = Int(day[2]), (1...31).contains(number), (1...9999).contains(year), time.count == 3,
            let hour = time[0], let minute = time[1], let second = time[2], let zone = zone(words[2])
        else { return nil }
        let parts = DateComponents(
            timeZone: .gmt, year: year, month: month + 1, day: number, hour: hour, minute: minute, second: second)
        return Calendar(identifier: .gregorian).date(from: parts)?.addingTimeInterval(-Double(zone))
    }

    /// Seconds east of Greenwich.
    private static func zone(_ text: Substring) -> Int? {
        guard text.count == 5, let number = Int(text.dropFirst()), let sign = ["+": 1, "-": -1][text.prefix(1)] else {
            return nil
        }
        return sign * (number / 100 * 60 + number % 100) * 60
    }
}
