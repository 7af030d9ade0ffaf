/// Lines that clients put above a quotation, by language; a new one is a row.
enum QuoteIntroductions {
    private struct Row: Sendable {
        var language: String
        /// What the verb begins with, behind a space, or at the start of a line that goes on.
        var verbs: [String]
        /// What a line without a verb begins with, the sender's address behind it (Horde).
        var openings: [String] = []
    }

    private static let rows = [
        Row(language: "da", verbs: ["skrev"], openings: ["citat af ", "citat fra ", "citerer "]),
        Row(language: "en", verbs: ["wrote", "writes"], openings: ["quoting "]),
        Row(language: "sv", verbs: ["skrev"], openings: ["citerar "]),
        Row(language: "nb", verbs: ["skrev"], openings: ["sitat av ", "siterer "]),
        Row(language: "de", verbs: ["schrieb"], openings: ["zitat von "]),
        Row(language: "nl", verbs: ["schreef", "geschreven"]),
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

    private static let openings = rows.flatMap { row in row.openings.map { (octets: Array($0.utf8), row.language) } }

    /// The words that a text without a verb begins with, and their language.
    private static func opening(of text: ArraySlice<UInt8>) -> (octets: [UInt8], language: String)? {
        let lower = Folding.lower(text.prefix(20))
        return openings.first { lower.starts(with: $0.octets) }
    }

    /// The text from the name on.
    static func withoutOpening(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.dropFirst(opening(of: text)?.octets.count ?? 0)
    }

    /// Whether a text, at the most three lines joined by spaces, introduces a quotation.
    ///
    /// `Den 24. november 2026 kl. 10.12 skrev Jonas <jh@x.example>:`, `On Tue, Nov 24, 2026, Jonas wrote:`, and without
    /// a verb `24.11.2026, 10.12, "Jonas" <jh@x.example>:`.
    static func match(_ text: ArraySlice<UInt8>) -> (certainty: Certainty, language: String?)? {
        let framed = text.first == UInt8(ascii: "-") && text.last == UInt8(ascii: "-")
        let text = framed ? text.trimming("-") : text
        guard framed || text.last == UInt8(ascii: ":") else { return matchOpen(text) }
        let traits = Traits(text)
        guard traits.hasDigit || traits.hasAddress else { return framed ? matchName(text) : nil }
        let lower = Folding.lower(text)
        let verb = verbs.first { lower.contains(octets: $0.octets) }
        if verb != nil {
            return (traits.hasAddress || traits.hasTime ? .certain : .ifQuoted, verb?.language)
        }
        if !framed, traits.hasAddress, traits.hasTime, traits.hasDate { return (.certain, nil) }
        return traits.hasAddress ? opening(of: text).map { (.ifQuoted, $0.language) } : nil
    }

    /// Without a colon: `On Tue, 24 Nov 2026 10:12:00 +0100 Jonas <jh@x.example> wrote` (Zoho, Mailbird), and above a
    /// quotation `2026/11/24 Jonas <jh@x.example>` (Gmail of old).
    private static func matchOpen(_ text: ArraySlice<UInt8>) -> (certainty: Certainty, language: String?)? {
        let traits = Traits(text)
        guard traits.hasAddress, traits.hasDate else { return nil }
        if traits.hasTime, let verb = verb(ending: text) { return (.certain, verb) }
        let beginsWithDate = text.first.map { (0x30...0x39).contains($0) } ?? false
        return beginsWithDate && text.last == UInt8(ascii: ">") ? (.ifQuoted, nil) : nil
    }

    /// Nothing but a name between dashes, as telephones write it: `---- Jonas Holm skrev ----`.
    private static func matchName(_ text: ArraySlice<UInt8>) -> (certainty: Certainty, language: String?)? {
        verb(ending: text).map { (.ifQuoted, $0) }
    }

    /// The language of the verb that a text ends with.
    private static func verb(ending text: ArraySlice<UInt8>) -> String? {
        let lower = Folding.lower(text.suffix(40))
        return verbs.first { lower.suffix($0.octets.count).elementsEqual($0.octets) }?.language
    }

    /// Verbs that may end an introduction without a colon.
    private static let lastWords = ["wrote", "skrev", "schrieb"].map { Array($0.utf8) }

    /// Whether a line may be the last of an introduction, and whether others may follow all the same.
    static func end(of line: ArraySlice<UInt8>) -> (mayEnd: Bool, isOpen: Bool) {
        switch line.last {
        case UInt8(ascii: ":"), UInt8(ascii: "-"): (true, false)
        case UInt8(ascii: ">"): (true, true)
        case UInt8(ascii: "e"), UInt8(ascii: "v"), UInt8(ascii: "b"):
            (lastWords.contains { line.suffix($0.count).elementsEqual($0) }, true)
        default: (false, true)
        }
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
