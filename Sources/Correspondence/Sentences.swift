/// A sentence of a letter.
struct Sentence: Hashable, Sendable {
    /// On one line.
    var text: String
    /// Where it stands in the letter's text, in UTF-8 octets.
    var range: Range<Int>

    var isQuestion: Bool { text.hasSuffix("?") }
}

/// Takes text apart into sentences, by its octets and in one pass.
enum Sentences {
    /// Octets that are looked at; what a person writes at greater length is not quoted.
    private static let limit = 32_768

    /// Words whose full stop ends no sentence.
    private static let abbreviations: Set<String> = [
        "kr", "ca", "nr", "tlf", "dvs", "f.eks", "bl.a", "jf", "pr", "mio", "mia", "stk", "inkl", "ekskl", "evt", "kl",
        "md",
        "hhv", "maks", "min", "mht", "ift", "vedr", "e.g", "i.e", "approx", "no", "mr", "ms", "mrs", "dr", "incl",
        "excl", "vs",
    ]

    /// Those that often end a sentence as well, before a capital letter: `… 8.000 kr. Er I forsikret?`.
    private static let units: Set<String> = ["kr", "stk", "md"]

    static func all(in text: String) -> [Sentence] {
        let octets = Array(text.utf8.prefix(limit))
        var sentences: [Sentence] = []
        var start = 0
        for index in octets.indices where ends(at: index, in: octets) {
            append(start..<index + 1, of: octets, to: &sentences)
            start = index + 1
        }
        let isWhole = octets.count == text.utf8.count
        if isWhole { append(start..<octets.count, of: octets, to: &sentences) }
        return sentences
    }

    private static func append(_ range: Range<Int>, of octets: [UInt8], to sentences: inout [Sentence]) {
        let text = String(decoding: octets[range], as: UTF8.self).onOneLine
        if text.utf8.contains(where: { $0 > 0x40 }) { sentences.append(Sentence(text: text, range: range)) }
    }

    private static func ends(at index: Int, in octets: [UInt8]) -> Bool {
        let next = index + 1 < octets.count ? octets[index + 1] : 0x0A
        switch octets[index] {
        case UInt8(ascii: "?"), UInt8(ascii: "!"): return isSpace(next)
        case UInt8(ascii: "."): return isSpace(next) && endsSentence(stopAt: index, in: octets)
        case 0x0A: return breaks(at: index, in: octets)
        default: return false
        }
    }

    /// A stop behind an abbreviation, or behind a number with a small letter or a number after it (`23. november`), goes on.
    private static func endsSentence(stopAt index: Int, in octets: [UInt8]) -> Bool {
        var start = index
        while start > 0, !isSpace(octets[start - 1]), !"(-/".utf8.contains(octets[start - 1]), index - start < 12 {
            start -= 1
        }
        let word = octets[start..<index]
        let lowercased = String(decoding: word, as: UTF8.self).lowercased()
        // `kundenr. 900` too.
        let following = octets[(index + 1)...].prefix(8).first { !isSpace($0) }
        if units.contains(lowercased), let following, (0x41...0x5A).contains(following) { return true }
        if abbreviations.contains(lowercased) || lowercased.hasSuffix("nr") { return false }
        guard !word.isEmpty, word.allSatisfy({ (0x30...0x39).contains($0) }) else { return true }
        guard let next = following else { return true }
        return !((0x61...0x7A).contains(next) || (0x30...0x39).contains(next))
    }

    /// A blank line, an item of a list, or a short line such as a greeting before one that begins with a capital.
    private static func breaks(at index: Int, in octets: [UInt8]) -> Bool {
        guard index + 1 < octets.count else { return true }
        let next = octets[index + 1]
        if [0x0A, 0x0D, UInt8(ascii: "-"), UInt8(ascii: "*"), 0xE2].contains(next) { return true }
        var start = index
        while start > 0, octets[start - 1] != 0x0A, index - start <= 40 { start -= 1 }
        let isCapital =
            (0x41...0x5A).contains(next) || next == 0xC3 && index + 2 < octets.count && octets[index + 2] < 0x9F
        return index - start <= 40 && isCapital
    }

    private static func isSpace(_ octet: UInt8) -> Bool {
        octet == 0x20 || octet == 0x0A || octet == 0x09 || octet == 0x0D
    }
}
