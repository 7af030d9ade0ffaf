/// A header within the text of a mail: labelled lines, one below the other.
struct HeaderBlock {
    private(set) var values: [HeaderLabel: ArraySlice<UInt8>] = [:]
    /// The language of its labels, for the names of months.
    private(set) var language: String?
    /// The first line below it.
    private(set) var end: Int
    private var isFromFirst = true
    /// Whether its labels are set in bold, as a text made of HTML shows those of Outlook: `*Fra:* Mette`.
    private(set) var isBold = false

    /// Lines that a header takes at most, long lists of recipients included.
    static let longest = 200
    /// Octets of a header in one line at most.
    private static let widest = 20_000
    /// Octets at the end of a value that are looked at for a bracket.
    private static let reach = 300

    /// How many of the four fields that every client writes are there.
    var fieldCount: Int { [HeaderLabel.from, .date, .to, .subject].count { values[$0] != nil } }

    /// Whether the sender is given by an address.
    var hasSenderAddress: Bool { values[.from]?.contains(UInt8(ascii: "@")) ?? false }

    /// Whether a mail has been sent by it, rather than a parcel or a memorandum: it names an address, or all that Outlook
    /// writes of somebody in one's own house, the hour too.
    var isOfMail: Bool {
        guard !hasSenderAddress else { return true }
        let date = values[.date].map { WrittenDate.read($0, zone: nil, language: language) }
        return isFromFirst && fieldCount == 4 && (date?.precision == .local || date?.precision == .instant)
    }

    /// The block that starts at a line, or `nil` when none does.
    init?(_ lines: ArraySlice<TextLine>, at start: Int) {
        guard start < lines.endIndex, let first = HeaderLabels.read(lines[start]), first.label != .other
        else {
            return nil
        }
        end = start
        isFromFirst = first.label == .from
        isBold = lines[start].octets.trimmingSpaces.first == UInt8(ascii: "*")
        var last: HeaderLabel?
        while end < lines.endIndex, end - start < Self.longest {
            let line = lines[end]
            if let (label, value) = HeaderLabels.read(line) {
                guard label == .other || values[label] == nil else { break }
                values[label] = value
                if label == .from { language = HeaderLabels.language(of: line) }
                last = label
            } else if line.isBlank {
                // One blank line may stand between two labels, as HTML becomes text.
                guard fieldCount < 4, isLabel(lines, at: end + 1) else { break }
            } else if let label = last, continues(line, label, before: end + 1, of: lines) {
                values[label]?.append(0x20)
                values[label]?.append(contentsOf: line.octets.trimmingSpaces)
            } else {
                break
            }
            end += 1
        }
        guard values[.from] != nil, fieldCount >= 2 else { return nil }
    }

    private init(values: [HeaderLabel: ArraySlice<UInt8>], language: String, end: Int) {
        self.values = values
        self.language = language
        self.end = end
    }

    private func isLabel(_ lines: ArraySlice<TextLine>, at index: Int) -> Bool {
        index < lines.endIndex && HeaderLabels.read(lines[index]) != nil
    }

    /// A long value goes on in the next line: recipients, an address below its name, a subject before other labels.
    private func continues(
        _ line: TextLine, _ label: HeaderLabel, before next: Int, of lines: ArraySlice<TextLine>
    ) -> Bool {
        let octets = line.octets.trimmingSpaces
        let hasAddress = octets.contains(UInt8(ascii: "@"))
        if hasAddress, values[label].map(Self.isOpen) ?? false { return true }
        switch label {
        case .to, .cc:
            let isList = octets.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ";") }
            return hasAddress && isList || fieldCount < 4 && isLabel(lines, at: next)
        case .from: return octets.first == UInt8(ascii: "<") && hasAddress
        case .subject: return fieldCount < 4 && isLabel(lines, at: next)
        case .date, .other: return false
        }
    }

    /// Whether a value ends within the brackets around an address: `Mette [mailto:`, `Mette <`.
    private static func isOpen(_ value: ArraySlice<UInt8>) -> Bool {
        guard let last = value.suffix(Self.reach).last(where: { "<>[]".utf8.contains($0) }) else { return false }
        return last == UInt8(ascii: "<") || last == UInt8(ascii: "[")
    }
}

extension HeaderBlock {
    /// The header that one line holds, its labels behind each other without line ends, as Yahoo writes it.
    ///
    /// `… Fra: Mette <m@x.example>Til: b@y.example Sendt: tirsdag den 2. november 2021 09.26.50 CETEmne: Pris`
    init?(folded text: ArraySlice<UInt8>, end: Int) {
        guard text.count < Self.widest else { return nil }
        let lower = Folding.lower(text)
        let octets = Array(text)
        let found = HeaderLabels.rows.map {
            ($0.language, Self.places(of: $0, in: lower, text: octets))
        }
        // Several languages share labels; the text's own knows the most of them.
        guard let (language, places) = found.max(by: { $0.1.count < $1.1.count }), places.count >= 3,
            places.first?.label == .from
        else { return nil }
        var values: [HeaderLabel: ArraySlice<UInt8>] = [:]
        for (index, place) in places.enumerated() {
            let next = index + 1 < places.count ? places[index + 1].start : octets.count
            values[place.label] =
                octets[place.end..<next].trimmingSpaces.drop { $0 == UInt8(ascii: ":") }.trimmingSpaces
        }
        self.init(values: values, language: language, end: end)
    }

    /// Where the labels of a language stand, in order, each once.
    ///
    /// The sender's begins the line. The colon of the others may be missing where a capital stands right behind an
    /// address or the name of a zone.
    private static func places(
        of row: HeaderLabels.Row, in lower: [UInt8], text: [UInt8]
    ) -> [(start: Int, end: Int, label: HeaderLabel)] {
        // Most lines end here: the search below looks at each octet for each label.
        guard row.from.contains(where: { lower.starts(with: $0.utf8) }) else { return [] }
        var places: [(start: Int, end: Int, label: HeaderLabel)] = []
        for (label, words) in row.labels where label != .other {
            // Yahoo writes `Cc` in every language.
            for word in label == .cc ? words + ["cc"] : words {
                let octets = Array(word.utf8)
                guard let start = firstPlace(of: octets, in: lower, text: text, isFirst: label == .from)
                else { continue }
                places.append((start, start + octets.count, label))
                break
            }
        }
        // `Kopi til` holds `til`: of labels that overlap the first counts.
        return places.sorted { $0.start < $1.start }.reduce(into: []) { apart, place in
            if place.start >= apart.last?.end ?? 0 { apart.append(place) }
        }
    }

    private static func firstPlace(of word: [UInt8], in lower: [UInt8], text: [UInt8], isFirst: Bool)
        -> Int?
    {
        if isFirst { return lower.starts(with: word) && isColon(lower, at: word.count) ? 0 : nil }
        guard lower.count > word.count else { return nil }
        for start in 1..<(lower.count - word.count) where lower[start] == word[0] {
            guard lower[start...].starts(with: word) else { continue }
            let next = lower[start + word.count]
            // `Nicholas <n@x.example>Wysłano`, `09:26:50 CETAssunto`
            let isBehindValue =
                text[start - 1] == UInt8(ascii: ">") || (0x41...0x5A).contains(text[start - 1])
            let isCapital = text[start] != lower[start] || text[start + 1] != lower[start + 1]
            let isWord = isCapital || !(0x61...0x7A).contains(lower[start - 1])
            let isLabel = isColon(lower, at: start + word.count)
            if isLabel && isWord || (next == 0x20 && isBehindValue && isCapital) { return start }
        }
        return nil
    }

    /// Whether a colon stands there, behind a space as French has it.
    private static func isColon(_ text: [UInt8], at index: Int) -> Bool {
        text[index...].prefix(2).drop { $0 == 0x20 }.first == UInt8(ascii: ":")
    }
}
