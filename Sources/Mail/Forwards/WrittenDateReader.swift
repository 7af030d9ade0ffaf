/// Takes a written date apart, word by word.
struct WrittenDateReader {
    private(set) var year: Int?
    private(set) var month: Int?
    private(set) var day: Int?
    private(set) var time: (hour: Int, minute: Int, second: Int)?
    private(set) var offset: Int?
    private let language: String?
    /// Words in lower case.
    private let words: [ArraySlice<UInt8>]

    /// Octets that are looked at.
    private static let reach = 200

    init(_ text: ArraySlice<UInt8>, language: String?) {
        self.language = language
        var lower = Folding.lower(text.prefix(Self.reach))
        // No-break spaces, the narrow one of Apple too, divide words.
        for index in lower.indices where lower[index] == 0xA0 && index > 0 && lower[index - 1] == 0xC2 {
            (lower[index - 1], lower[index]) = (0x20, 0x20)
        }
        for index in lower.indices.dropLast(2) where lower[index...].starts(with: "\u{202F}".utf8) {
            lower.replaceSubrange(index...(index + 2), with: [0x20, 0x20, 0x20])
        }
        words = lower.split { " ,()\t\"<>".utf8.contains($0) }
    }

    /// Words that clients put before the time.
    private static let timeWords = Set(
        ["kl", "kl.", "at", "um", "à", "om", "klo", "kell", "ore", "las", "o", "u", "la"].map {
            Array($0.utf8)
        })

    /// Zones by name, in minutes from UTC (RFC 5322 section 4.3 and what Apple and Yahoo write).
    private static let zones: [String: Int] = [
        "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "ist": 60, "cet": 60,
        "mez": 60,
        "seč": 60, "cest": 120, "mesz": 120, "selč": 120, "eet": 120, "eest": 180, "msk": 180,
        "trt": 180,
        "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
        "pdt": -420,
    ]

    mutating func readAll() {
        for (index, word) in words.enumerated() {
            let isTime = index > 0 && Self.timeWords.contains(Array(words[index - 1]))
            if isDigit(word.first ?? 0) {
                if !isTime && year == nil && readNumericDate(word) || readTime(word, isCertain: isTime) {
                    continue
                }
                if let number = Int(word.trimming(".").withoutOrdinal.string) {
                    take(number, isOrdinal: word.last == UInt8(ascii: "."))
                }
            } else if !readHalfOfDay(word), !readOffset(word),
                let named = MonthNames.month(word, language: language),
                month == nil || time == nil && day != nil
            {
                // A weekday may begin like a month (mardi, mar.); the month stands behind it.
                month = named
            }
        }
    }

    private func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    private mutating func take(_ number: Int, isOrdinal: Bool) {
        if number >= 1900, number < 2200, year == nil {
            year = number
        } else if (1...31).contains(number), day == nil {
            day = number
        } else if isOrdinal, (1...12).contains(number), month == nil, year == nil {
            // `23. 11. 2026`
            month = number
        }
    }

    /// `23.11.2026`, `23/11/2026`, `23-11-26`, `2026-11-23`.
    private mutating func readNumericDate(_ word: ArraySlice<UInt8>) -> Bool {
        let parts = word.prefix { $0 != UInt8(ascii: "t") }.split { "./-".utf8.contains($0) }
        let numbers = parts.compactMap { Int($0.string) }
        guard parts.count == 3, numbers.count == 3 else { return false }
        if parts[0].count == 4 {
            (year, month, day) = (numbers[0], numbers[1], numbers[2])
            return true
        }
        year = numbers[2] < 100 ? 2000 + numbers[2] : numbers[2]
        let (first, second) = (numbers[0], numbers[1])
        // With slashes the order is open in English when both may be months; elsewhere the day comes first.
        let isOpen = word.contains(UInt8(ascii: "/")) && (language == nil || language == "en")
        (day, month) = isOpen && second > 12 ? (second, first) : (first, second)
        if isOpen, first <= 12, second <= 12, first != second { (day, month) = (nil, nil) }
        return true
    }

    /// `14:37`, `14.37.00`, `2:37pm`.
    private mutating func readTime(_ word: ArraySlice<UInt8>, isCertain: Bool) -> Bool {
        let half = word.suffix(2)
        let hasHalf = half.elementsEqual("pm".utf8) || half.elementsEqual("am".utf8)
        let digits = hasHalf ? word.dropLast(2) : word.trimming(".")
        let pieces = digits.split { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        let parts = pieces.compactMap { Int($0.string) }
        guard time == nil, (2...3).contains(parts.count), parts.count == pieces.count,
            isCertain || year != nil || digits.contains(UInt8(ascii: ":")), (0...23).contains(parts[0]),
            (0...59).contains(parts[1]), parts.count == 2 || (0...60).contains(parts[2])
        else { return false }
        time = (parts[0], parts[1], parts.count > 2 ? parts[2] : 0)
        return !hasHalf || readHalfOfDay(half)
    }

    /// An AM or PM behind the time.
    private mutating func readHalfOfDay(_ word: ArraySlice<UInt8>) -> Bool {
        switch word.string {
        case "pm", "p.m.":
            if let known = time, known.hour < 12 { time?.hour += 12 }
        case "am", "a.m.":
            if time?.hour == 12 { time?.hour = 0 }
        default: return false
        }
        return true
    }

    /// `+0100`, `GMT+1`, `UTC`, `CEST`.
    private mutating func readOffset(_ word: ArraySlice<UInt8>) -> Bool {
        if let minutes = Self.zones[word.string] {
            // A zone in words behind an offset only repeats it: `-0400 (EDT)`.
            if offset == nil { offset = minutes * 60 }
            return true
        }
        let isNamed = word.starts(with: "gmt".utf8) || word.starts(with: "utc".utf8)
        let sign = isNamed ? word.dropFirst(3) : word
        guard time != nil || isNamed, let first = sign.first,
            first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
        else { return false }
        let digits = sign.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard digits.allSatisfy(isDigit), let number = Int(String(decoding: digits, as: UTF8.self)),
            digits.count <= 4
        else { return false }
        let minutes = digits.count <= 2 ? number * 60 : number / 100 * 60 + number % 100
        offset = (first == UInt8(ascii: "-") ? -60 : 60) * minutes
        return true
    }
}

extension ArraySlice<UInt8> {
    /// `23rd` is 23.
    fileprivate var withoutOrdinal: ArraySlice<UInt8> {
        ["st", "nd", "rd", "th"].contains { suffix(2).elementsEqual($0.utf8) } ? dropLast(2) : self
    }
}
