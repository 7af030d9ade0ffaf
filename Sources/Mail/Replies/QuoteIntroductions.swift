/// Lines that clients put above a quotation, by language; a new one is a row.
enum QuoteIntroductions {
    private struct Row: Sendable {
        var language: String
        /// What the verb begins with, behind a space, or at the start of a line that goes on.
        var verbs: [String]
    }

    private static let rows = [
        Row(language: "da", verbs: ["skrev"]), Row(language: "en", verbs: ["wrote", "writes"]),
        Row(language: "sv", verbs: ["skrev"]), Row(language: "nb", verbs: ["skrev"]),
        Row(language: "de", verbs: ["schrieb"]), Row(language: "nl", verbs: ["schreef", "geschreven"]),
        Row(language: "fr", verbs: ["a écrit"]), Row(language: "es", verbs: ["escribió"]),
        Row(language: "it", verbs: ["ha scritto"]), Row(language: "pt", verbs: ["escreveu"]),
        Row(language: "pl", verbs: ["napisał", "pisze"]), Row(language: "fi", verbs: ["kirjoitti"]),
        Row(language: "et", verbs: ["kirjutas"]), Row(language: "hu", verbs: ["ezt írta", "írta"]),
        Row(language: "ru", verbs: ["написал", "пишет"]),
        Row(language: "uk", verbs: ["пише", "написав"]),
        Row(language: "sk", verbs: ["napísal"]), Row(language: "cs", verbs: ["napsal"]),
        Row(language: "hr", verbs: ["napisa"]), Row(language: "ro", verbs: ["a scris"]),
        Row(language: "tr", verbs: ["şunu yazdı", "yazdı"]),
    ]

    /// How sure it is that a line introduces a quotation.
    enum Certainty: Sendable, Comparable {
        /// Only when a quotation follows.
        case ifQuoted
        case certain
    }

    private static let verbs: [(octets: [UInt8], language: String)] = {
        var seen: Set<String> = []
        return rows.flatMap { row in
            row.verbs.filter { seen.insert($0).inserted }.map { (Array(" \($0)".utf8), row.language) }
        }
    }()

    /// Whether a text, at the most three lines joined by spaces, introduces a quotation.
    ///
    /// `Den 24. november 2026 kl. 10.12 skrev Jonas <jh@x.example>:`, `On Tue, Nov 24, 2026, Jonas wrote:`, and without
    /// a verb `24.11.2026, 10.12, "Jonas" <jh@x.example>:`.
    static func match(_ text: ArraySlice<UInt8>) -> (certainty: Certainty, language: String?)? {
        let framed = text.first == UInt8(ascii: "-") && text.last == UInt8(ascii: "-")
        let text = framed ? text.trimming("-") : text
        guard framed || text.last == UInt8(ascii: ":") else { return nil }
        let traits = Traits(text)
        guard traits.hasDigit || traits.hasAddress else { return nil }
        let lower = Folding.lower(text)
        let verb = verbs.first { lower.contains(octets: $0.octets) }
        if verb != nil {
            return (traits.hasAddress || traits.hasTime ? .certain : .ifQuoted, verb?.language)
        }
        return !framed && traits.hasAddress && traits.hasTime && traits.hasDate ? (.certain, nil) : nil
    }

    /// What in a line tells that it is an introduction.
    private struct Traits {
        var hasDigit = false
        var hasAddress = false
        /// `10:12` or `10.12`.
        var hasTime = false
        /// A year of four digits, or `24.11.26`.
        var hasDate = false

        init(_ text: ArraySlice<UInt8>) {
            var digits = 0
            var groups = 0
            for (index, octet) in zip(text.indices, text) {
                if (0x30...0x39).contains(octet) {
                    hasDigit = true
                    digits += 1
                    if digits == 4 { hasDate = true }
                    continue
                }
                let isJoint =
                    octet == UInt8(ascii: ":") || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "/")
                if digits > 0, digits <= 2, isJoint, index + 1 < text.endIndex,
                    (0x30...0x39).contains(text[index + 1])
                {
                    if octet != UInt8(ascii: "/") { hasTime = true }
                    groups += 1
                    if groups == 2 { hasDate = true }
                }
                if octet == UInt8(ascii: "@") { hasAddress = true }
                if digits == 0 { groups = 0 }
                digits = 0
            }
        }
    }
}

/// An introduction of a quotation, over one to three lines.
struct QuoteIntroduction {
    /// Lines it takes.
    var length: Int
    var text: ArraySlice<UInt8>
    var language: String?

    /// Lines an introduction takes at most, and octets of each.
    private static let longest = 3
    private static let widest = 300

    /// The introduction that starts at a line, or `nil`.
    init?(_ lines: ArraySlice<TextLine>, at index: Int) {
        // Most lines do not end with a colon, and neither do the two below.
        let reach = lines[index...].prefix(Self.longest)
        guard reach.contains(where: { Self.mayEnd($0.octets.trimmingSpacesAtEnd) }) else { return nil }
        var text: [UInt8] = []
        for (count, line) in reach.enumerated() {
            let octets = line.unquoted.octets.trimmingSpaces
            guard !octets.isEmpty, octets.count < Self.widest else { return nil }
            if count == 0, !Self.mayBegin(octets) { return nil }
            if !text.isEmpty, text.last != UInt8(ascii: "<") { text.append(0x20) }
            text.append(contentsOf: octets)
            guard Self.mayEnd(octets) else { continue }
            guard let (certainty, language) = QuoteIntroductions.match(text[...]),
                certainty == .certain || Self.isQuoted(lines, below: index + count)
            else { return nil }
            (self.length, self.text, self.language) = (count + 1, text[...], language)
            return
        }
        return nil
    }

    private static func mayEnd(_ octets: ArraySlice<UInt8>) -> Bool {
        octets.last == UInt8(ascii: ":") || octets.last == UInt8(ascii: "-")
    }

    /// The first line holds the date or the address; when more follow it is no sentence that ends.
    private static func mayBegin(_ octets: ArraySlice<UInt8>) -> Bool {
        let ends =
            octets.last == UInt8(ascii: ".") || octets.last == UInt8(ascii: "!")
            || octets.last == UInt8(ascii: "?")
        return !ends && octets.contains { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "@") }
    }

    private static func isQuoted(_ lines: ArraySlice<TextLine>, below index: Int) -> Bool {
        lines[(index + 1)...].prefix(3).first { !$0.isBlank }?.isQuotation ?? false
    }
}
