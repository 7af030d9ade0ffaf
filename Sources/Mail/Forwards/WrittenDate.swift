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
            let days = CivilDay.number(year: year, month: month, day: day)
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
}
