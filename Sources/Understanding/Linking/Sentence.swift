/// The words of the sentence around a range of a text; bounded, so that every number costs the same.
struct Sentence {
    /// Words before and behind the range, in lower case.
    private(set) var before: [String]
    private(set) var behind: [String]
    /// The same as written.
    private let writtenBefore: Substring
    private let writtenBehind: Substring

    /// Octets looked at on each side.
    private static let reach = 240

    /// `isOneLine`: a line stands for itself, as in a signature.
    init(around range: Range<Int>, in content: String, isOneLine: Bool) {
        let octets = content.utf8
        let start = octets.index(octets.startIndex, offsetBy: range.lowerBound)
        let end = octets.index(octets.startIndex, offsetBy: range.upperBound)
        let above = octets[..<start].suffix(Self.reach)
        let below = octets[end...].prefix(Self.reach)
        writtenBefore = Substring(above[Self.sentenceStart(in: above, isOneLine: isOneLine)...])
        writtenBehind = Substring(below[..<Self.sentenceEnd(in: below, isOneLine: isOneLine)])
        before = Self.words(writtenBefore)
        behind = Self.words(writtenBehind)
    }

    /// The company named beside the number: `Hansen A/S, Kajvej 12 (CVR …`, `CVR …, Hansen A/S`.
    var company: String? { CompanyNames.last(in: writtenBefore) ?? CompanyNames.first(in: writtenBehind) }

    /// Whether the number stands on a line of names and numbers, and in no prose.
    var isPlainLine: Bool {
        let line = writtenBefore.split(separator: "\n", omittingEmptySubsequences: false).last.map { [$0] } ?? []
        let rest = writtenBehind.split(separator: "\n", omittingEmptySubsequences: false).first.map { [$0] } ?? []
        return !(line + rest).joined(separator: " ").split { !$0.isLetter }
            .contains { $0.count > 1 && $0.first?.isLowercase ?? false && !Self.smallWords.contains(String($0)) }
    }

    /// Words that names and labels have in small letters.
    private static let smallWords: Set<String> = [
        "og", "and", "nr", "no", "af", "c/o", "co", "v/", "cvr", "dk", "moms", "vat", "aps", "a/s", "i/s", "tlf", "tel",
    ]

    /// Whether a phrase stands in the sentence.
    func has(_ phrases: [[String]]) -> Bool {
        phrases.contains { phrase in Self.holds(before, phrase) || Self.holds(behind, phrase) }
    }

    /// Where the last of the phrases before the number begins; one of the words right behind it takes it back.
    func last(_ phrases: [[String]], notWith words: Set<String> = []) -> Int? {
        phrases.lazy.compactMap { phrase in
            before.indices.last { place in
                before[place...].starts(with: phrase)
                    && !before[(place + phrase.count)...].prefix(2).contains(where: words.contains)
            }
        }.max()
    }

    /// Whether the number is given to somebody by one of the words: before it, unless the writer is that somebody
    /// (`Vi er leverandør af …`), or behind it with an article (`CVR 24256790 er vores leverandør`).
    func names(_ words: Set<String>) -> Bool {
        if let place = before.firstIndex(where: words.contains), !isSelf(before[..<place]) { return true }
        return behind.indices.dropFirst().contains {
            words.contains(behind[$0]) && OwnerWords.articles.contains(behind[$0 - 1])
        }
    }

    private func isSelf(_ words: ArraySlice<String>) -> Bool {
        zip(words, words.dropFirst()).contains { pair in
            OwnerWords.selves.contains(pair.0) && OwnerWords.being.contains(pair.1)
                || OwnerWords.selves.contains(pair.1) && OwnerWords.being.contains(pair.0)
        }
    }

    private static func holds(_ words: [String], _ phrase: [String]) -> Bool {
        guard let first = phrase.first else { return false }
        return words.indices.contains { words[$0] == first && words[$0...].starts(with: phrase) }
    }

    private static func words(_ text: Substring) -> [String] {
        text.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
    }

    private static func sentenceStart(in octets: Substring.UTF8View, isOneLine: Bool) -> String.Index {
        var index = octets.endIndex
        while index > octets.startIndex {
            let here = octets.index(before: index)
            if endsSentence(octets, at: here, isOneLine: isOneLine) { return index }
            index = here
        }
        // Never in the middle of a character.
        while index < octets.endIndex, octets[index] & 0xC0 == 0x80 { index = octets.index(after: index) }
        return index
    }

    private static func sentenceEnd(in octets: Substring.UTF8View, isOneLine: Bool) -> String.Index {
        var end = octets.indices.first { endsSentence(octets, at: $0, isOneLine: isOneLine) } ?? octets.endIndex
        while end > octets.startIndex, end < octets.endIndex, octets[end] & 0xC0 == 0x80 {
            end = octets.index(before: end)
        }
        return end
    }

    /// Words that hardly stand with a capital but at the beginning of a sentence: `… att. Bo. Vores revisor …`.
    private static let openers: Set<String> = [
        "vi", "vores", "jeg", "min", "mit", "mine", "det", "den", "dette", "denne", "der", "men", "og", "kan", "har",
        "skal", "we", "our", "my", "it", "this", "that", "the", "and", "but", "please", "can", "could",
    ]

    private static func opensSentence(_ rest: Substring.UTF8View) -> Bool {
        let word = rest.prefix { ($0 | 0x20).isLowercaseLetter }
        return word.count < 10 && openers.contains(Substring(word).lowercased())
    }

    /// Ends are `!`, `?`, blank lines, and a full stop before a capital behind a word too long to be an abbreviation.
    private static func endsSentence(_ octets: Substring.UTF8View, at index: String.Index, isOneLine: Bool) -> Bool {
        let next = octets.index(after: index)
        switch octets[index] {
        case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"), UInt8(ascii: "|"): return true
        case UInt8(ascii: "\n"): return isOneLine || (next < octets.endIndex && octets[next] == UInt8(ascii: "\n"))
        case UInt8(ascii: "."):
            let word = octets[..<index].reversed().prefix { $0 >= 0x80 || ($0 | 0x20).isLowercaseLetter }
            let rest = octets[next...].drop { $0 == 0x20 || $0 == 0x0A }
            let isSpaced = next == octets.endIndex || octets[next] == 0x20 || octets[next] == 0x0A
            // What is behind the number begins with its full stop.
            let isDigitBefore =
                index == octets.startIndex || (0x30...0x39).contains(octets[octets.index(before: index)])
            let isCapital =
                rest.first.map { $0 >= 0x80 || !($0.isLowercaseLetter || (0x30...0x39).contains($0)) } ?? true
            return isSpaced && isCapital && (word.count > 3 || isDigitBefore || opensSentence(rest))
        default: return false
        }
    }
}

extension UInt8 {
    fileprivate var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
