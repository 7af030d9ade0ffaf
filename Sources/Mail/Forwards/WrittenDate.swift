import FoundationEssentials

/// Reads a date as clients write it into text: `23. november 2026 14:37`, `Monday, November 23, 2026 2:37 PM`,
/// `23/11/2026 kl. 14.37`, `Mon, 23 Nov 2026 14:37:00 +0100`.
enum WrittenDate {
    /// First letters of the months, by language; the longest that fits wins.
    private static let months: [(String, Int)] = [
        ("jan", 1), ("ene", 1), ("gen", 1), ("sty", 1), ("feb", 2), ("fév", 2), ("fev", 2), ("lut", 2), ("mar", 3),
        ("mär", 3), ("maa", 3), ("mrt", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("kwi", 4), ("maj", 5), ("may", 5),
        ("mai", 5), ("mei", 5), ("mag", 5), ("jun", 6), ("juin", 6), ("giu", 6), ("cze", 6), ("jul", 7), ("juil", 7),
        ("lug", 7), ("lip", 7), ("aug", 8), ("aoû", 8), ("ago", 8), ("sie", 8), ("sep", 9), ("set", 9), ("wrz", 9),
        ("okt", 10), ("oct", 10), ("ott", 10), ("out", 10), ("paź", 10), ("nov", 11), ("lis", 11), ("dec", 12),
        ("dez", 12), ("déc", 12), ("dic", 12), ("des", 12), ("gru", 12),
    ]

    /// `zone`: offset in seconds to assume where none is written.
    static func read(_ text: Substring, zone: Int?) -> LetterDate {
        var reader = Reader(text)
        reader.readAll()
        let written = String(text)
        guard let year = reader.year, let month = reader.month, let day = reader.day, (1...31).contains(day),
            (1...12).contains(month)
        else { return LetterDate(text: written) }
        let offset = reader.offset ?? zone
        let time = reader.time ?? (0, 0, 0)
        let local = Double(days(year, month, day) * 86_400 + time.hour * 3600 + time.minute * 60 + time.second)
        let precision: LetterDate.Precision =
            reader.time == nil ? .day : reader.offset == nil ? .local : .instant
        return LetterDate(
            instant: Date(timeIntervalSince1970: local - Double(offset ?? 0)), offset: offset, text: written,
            precision: precision)
    }

    static func month(named word: String) -> Int? {
        months.filter { word.hasPrefix($0.0) }.max { $0.0.count < $1.0.count }?.1
    }

    /// Days from 1970-01-01 of a Gregorian date, in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// Takes a written date apart, word by word.
private struct Reader {
    var year: Int?
    var month: Int?
    var day: Int?
    var time: (hour: Int, minute: Int, second: Int)?
    var offset: Int?
    private let words: [Substring]

    init(_ text: Substring) {
        words = text.prefix(200).split { " ,()\u{A0}\u{202F}".contains($0) }
    }

    mutating func readAll() {
        for (index, word) in words.enumerated() {
            let lower = word.lowercased()
            let isTime = index > 0 && ["kl", "kl.", "at", "um", "à", "om"].contains(words[index - 1].lowercased())
            if (!isTime && year == nil && readNumericDate(word)) || readTime(lower, isCertain: isTime)
                || readOffset(word, after: index)
            {
                continue
            }
            if let number = Int(word.trimmed(of: ".").trimmingOrdinal) {
                take(number)
            } else if month == nil, lower.utf8.first.map({ $0 >= UInt8(ascii: "a") }) ?? false {
                month = WrittenDate.month(named: lower)
            }
        }
    }

    private mutating func take(_ number: Int) {
        if number >= 1900, number < 2200, year == nil {
            year = number
        } else if (1...31).contains(number), day == nil {
            day = number
        }
    }

    /// `23.11.2026`, `23/11/2026`, `23-11-26`, `2026-11-23`.
    private mutating func readNumericDate(_ word: Substring) -> Bool {
        let word = word.split(separator: "T").first ?? word
        let parts = word.split { "./-".contains($0) }
        guard parts.count == 3, let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2]) else {
            return false
        }
        if parts[0].count == 4 {
            (year, month, day) = (a, b, c)
        } else {
            year = c < 100 ? 2000 + c : c
            // With slashes the order is open when both may be months; day first unless it cannot be.
            let isMonthFirst = word.contains("/") && b > 12
            (day, month) = isMonthFirst ? (b, a) : (a, b)
            if word.contains("/"), a <= 12, b <= 12, a != b { (day, month) = (nil, nil) }
        }
        return true
    }

    /// `14:37`, `14.37.00`, `2:37pm`; an AM or PM behind it is seen by its own word.
    private mutating func readTime(_ word: String, isCertain: Bool) -> Bool {
        if word == "pm" || word == "p.m." {
            if let known = time, known.hour < 12 { time?.hour += 12 }
            return true
        }
        if word == "am" || word == "a.m." {
            if time?.hour == 12 { time?.hour = 0 }
            return true
        }
        let isAfternoon = word.hasSuffix("pm")
        let digits = isAfternoon || word.hasSuffix("am") ? Substring(word.dropLast(2)) : Substring(word)
        let parts = digits.split { ":.".contains($0) }.compactMap { Int($0) }
        guard time == nil, (2...3).contains(parts.count), isCertain || year != nil || digits.contains(":"),
            (0...24).contains(parts[0]), (0...59).contains(parts[1])
        else { return false }
        time = (parts[0] + (isAfternoon && parts[0] < 12 ? 12 : 0), parts[1], parts.count > 2 ? parts[2] : 0)
        return true
    }

    /// `+0100`, `GMT+1`, `UTC`, `Z`.
    private mutating func readOffset(_ word: Substring, after index: Int) -> Bool {
        let upper = word.uppercased()
        if ["GMT", "UTC", "Z"].contains(upper) {
            offset = 0
            return true
        }
        let sign = upper.hasPrefix("GMT") || upper.hasPrefix("UTC") ? upper.dropFirst(3) : Substring(upper)
        guard time != nil, let first = sign.first, first == "+" || first == "-" else { return false }
        let digits = sign.dropFirst().filter { $0 != ":" }
        guard let number = Int(digits), digits.count <= 4 else { return false }
        let minutes = digits.count <= 2 ? number * 60 : number / 100 * 60 + number % 100
        offset = (first == "-" ? -60 : 60) * minutes
        return true
    }
}

extension Substring {
    /// `23rd` is 23.
    fileprivate var trimmingOrdinal: Substring {
        let lower = lowercased()
        return ["st", "nd", "rd", "th"].contains { lower.hasSuffix($0) } ? dropLast(2) : self
    }
}
