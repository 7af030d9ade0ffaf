import FoundationEssentials

/// Reads a date as clients write it into text: `23. november 2026 14:37`, `Monday, November 23, 2026 2:37 PM`,
/// `23/11/2026 kl. 14.37`, `Mon, 23 Nov 2026 14:37:00 +0100`.
enum WrittenDate {
    /// The date in a text, its instant `nil` when the day is open or does not exist.
    ///
    /// A time without a zone is taken to be `zone` seconds from UTC. `language` is the ISO 639-1 code of the labels
    /// around the date, where they tell; it decides what an ambiguous name of a month and an ambiguous order of day and
    /// month mean.
    static func read(_ octets: ArraySlice<UInt8>, zone: Int?, language: String?) -> LetterDate {
        let text = octets.string
        var reader = WrittenDateReader(octets, language: language)
        reader.readAll()
        guard let year = reader.year, let month = reader.month, let day = reader.day,
            let days = days(year, month, day)
        else { return LetterDate(text: text) }
        let offset = reader.offset ?? zone
        let time = reader.time ?? (0, 0, 0)
        let local = Double(days * 86_400 + time.hour * 3600 + time.minute * 60 + time.second)
        let precision: LetterDate.Precision =
            reader.time == nil ? .day : reader.offset == nil ? .local : .instant
        return LetterDate(
            instant: Date(timeIntervalSince1970: local - Double(offset ?? 0)), offset: offset, text: text,
            precision: precision)
    }

    /// Days from 1970-01-01 of a Gregorian date, in years that begin in March; `nil` for a day that does not exist.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1900..<2200).contains(year), (1...12).contains(month),
            (1...lengths[month - 1]).contains(day)
        else {
            return nil
        }
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
