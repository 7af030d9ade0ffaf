import FoundationEssentials

/// The Date field (RFC 5322 sections 3.3 and 4.3), and what clients write instead: `24 Nov 2026 08.52 +01:00`,
/// `2026-11-24T08:52:11Z`, `Tue Nov 24 08:52:11 2026`, the names of other languages.
///
/// Without a zone that is known the instant is not known either: it is left open, and the text tells what was written.
enum HeaderDate {
    /// Octets that are looked at.
    private static let reach = 200

    static func read(_ text: String) -> LetterDate {
        let octets = Array(text.utf8.prefix(reach))
        if let date = standard(octets) { return LetterDate(date, text: text) }
        let written = WrittenDate.read(divided(octets)[...], zone: nil, language: nil)
        // A time that does not exist makes no day of the date.
        let hasTime = written.precision == .instant || written.precision == .local
        guard hasTime || written.precision == .day && !octets.contains(UInt8(ascii: ":")) else {
            return LetterDate(text: text)
        }
        let isKnown = written.precision == .instant && abs(written.offset ?? 0) <= 14 * 3600
        return LetterDate(
            instant: isKnown ? written.instant : nil, offset: isKnown ? written.offset : nil, text: text,
            precision: written.instant == nil ? nil : isKnown || written.precision == .day ? written.precision : .local)
    }

    /// The form of the standard, which nearly all dates have; `nil` for all others.
    private static func standard(_ octets: [UInt8]) -> StandardDate? {
        var reader = OctetReader(octets)
        reader.skipSpaces()
        if reader.takeWord() != nil { reader.skip(",") }
        guard let day = reader.takeNumber(digits: 1...2), let month = reader.takeWord().flatMap(month),
            let year = reader.takeNumber(digits: 2...4), let hour = reader.takeNumber(digits: 1...2),
            reader.skip(":"), let minute = reader.takeNumber(digits: 1...2)
        else { return nil }
        let second = reader.skip(":") ? reader.takeNumber(digits: 1...2) : 0
        guard let second, let offset = reader.takeOffset(), hour < 24, minute < 60, second <= 60,
            let days = CivilDay.number(year: Self.year(year), month: month, day: day)
        else { return nil }
        return StandardDate(seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset, offset: offset)
    }

    /// Date, time and zone of `2026-11-24T08:52:11+01:00` (RFC 3339) apart.
    private static func divided(_ octets: [UInt8]) -> [UInt8] {
        let text = octets[...].trimmingSpaces
        guard text.count > 11, text[text.startIndex + 10] | 0x20 == UInt8(ascii: "t"),
            text[text.startIndex + 4] == UInt8(ascii: "-")
        else { return octets }
        let time = text.dropFirst(11)
        let clock = time.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ":") }
        return text.prefix(10) + [0x20] + clock + [0x20]
            + time[clock.endIndex...].drop { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
    }

    private static func month(_ word: ArraySlice<UInt8>) -> Int? {
        word.count == 3 ? MonthNames.month(Folding.lower(word)[...], language: "en") : nil
    }

    /// Years of two and three digits (RFC 5322 section 4.3).
    private static func year(_ year: Int) -> Int {
        switch year {
        case ..<50: year + 2000
        case ..<1000: year + 1900
        default: year
        }
    }
}

private struct StandardDate {
    var seconds: Int
    var offset: Int
}

extension LetterDate {
    fileprivate init(_ date: StandardDate, text: String) {
        self.init(
            instant: Date(timeIntervalSince1970: Double(date.seconds)), offset: date.offset, text: text,
            precision: .instant)
    }
}

/// Reads a short text octet by octet.
private struct OctetReader {
    private var rest: ArraySlice<UInt8>

    init(_ octets: [UInt8]) { rest = octets[...] }

    mutating func skipSpaces() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }

    @discardableResult
    mutating func skip(_ character: StaticString) -> Bool {
        guard rest.first == character.utf8Start.pointee else { return false }
        rest = rest.dropFirst()
        skipSpaces()
        return true
    }

    mutating func takeWord() -> ArraySlice<UInt8>? {
        let word = rest.prefix { (0x61...0x7A).contains($0 | 0x20) }
        guard !word.isEmpty else { return nil }
        rest = rest[word.endIndex...]
        skipSpaces()
        return word
    }

    mutating func takeNumber(digits: ClosedRange<Int>) -> Int? {
        let number = rest.prefix { (0x30...0x39).contains($0) }
        guard digits.contains(number.count) else { return nil }
        rest = rest[number.endIndex...]
        skipSpaces()
        return Int(number.string)
    }

    /// `+0100` in seconds; a comment may stand behind it.
    mutating func takeOffset() -> Int? {
        guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        rest = rest.dropFirst()
        guard let number = takeNumber(digits: 4...4), number % 100 < 60, number <= 1400,
            rest.isEmpty || rest.first == UInt8(ascii: "(")
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -60 : 60) * (number / 100 * 60 + number % 100)
    }
}
