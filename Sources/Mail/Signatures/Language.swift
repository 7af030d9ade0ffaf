/// Tells the language of a text by its commonest words and by how its longer words begin and end; no model, no download.
package enum Language {
    /// Codes of the languages; scores are kept by their place here.
    private static let codes = LanguageTables.words.keys.sorted()

    /// Places of the languages that a word is of.
    private static let table: [Word: [Int]] = {
        var table: [Word: [Int]] = [:]
        for (place, code) in codes.enumerated() {
            for text in (LanguageTables.words[code] ?? "").split(separator: " ") {
                if let word = Word(text.utf8) { table[word, default: []].append(place) }
            }
        }
        return table
    }()

    /// A beginning or an end of words, and what it says of the languages at their places.
    private struct Mark {
        var octets: [UInt8]
        var scores: [(place: Int, weight: Double)]

        init(_ text: String, _ codes: String, _ weight: Double) {
            octets = Array(text.utf8)
            scores = codes.split(separator: " ").compactMap { code in
                Language.codes.firstIndex(of: String(code)).map { ($0, weight) }
            }
        }
    }

    /// By the last octet, and by the first.
    private static let endings = Dictionary(
        grouping: LanguageTables.endings.map { Mark($0.end, $0.codes, $0.weight) }
    ) { $0.octets.last ?? 0 }
    private static let beginnings = Dictionary(
        grouping: LanguageTables.beginnings.map { Mark($0.beginning, $0.codes, $0.weight) }
    ) { $0.octets.first ?? 0 }

    /// Letters by the place of the language.
    private static let weights = LanguageTables.letters.mapValues { letters in
        letters.compactMap { letter in codes.firstIndex(of: letter.code).map { ($0, letter.weight) } }
    }

    /// Octets and words that are looked at.
    private static let reach = (octets: 4000, words: 400)
    /// What the first must have, and by how much it must lead the second.
    private static let least = (score: 1.0, lead: 0.2)

    /// ISO 639-1 code of a text whose lines end with `\n`; `nil` when too little speaks for one.
    package static func detect(_ text: String) -> String? { detect(TextLine.lines(of: Array(text.utf8))) }

    /// ISO 639-1 code, or `nil` when too little speaks for one, or as much for another.
    static func detect(_ lines: some Collection<TextLine>) -> String? {
        var scores = [Double](repeating: 0, count: codes.count)
        var (octets, words) = (0, 0)
        for line in lines where octets < reach.octets {
            octets += line.octets.count
            let lower = Folding.lower(line.octets.prefix(reach.octets))
            for run in Pieces(of: lower[...], where: { $0 != 0x20 }) where !isAddress(run) {
                for text in Pieces(of: run, where: isLetter) where words < reach.words {
                    words += 1
                    score(text, &scores)
                }
            }
            for (lead, trail) in zip(lower, lower.dropFirst()) where lead == 0xC3 {
                for (place, weight) in weights[trail] ?? [] { scores[place] += weight }
            }
        }
        // The first of equals, so that the same text always gives the same.
        guard let best = scores.indices.max(by: { (scores[$0], $1) < (scores[$1], $0) }), scores[best] >= least.score,
            scores.indices.allSatisfy({ $0 == best || scores[best] - scores[$0] >= least.lead })
        else { return nil }
        return codes[best]
    }

    private static func score(_ text: ArraySlice<UInt8>, _ scores: inout [Double]) {
        if let word = Word(text), let places = table[word] {
            // A word of several languages says less.
            for place in places { scores[place] += 1 / Double(places.count) }
            return
        }
        guard let first = text.first, let last = text.last else { return }
        for mark in endings[last] ?? [] where text.count > mark.octets.count + 1 && text.ends(with: mark.octets) {
            for (place, weight) in mark.scores { scores[place] += weight }
        }
        for mark in beginnings[first] ?? [] where text.count > mark.octets.count + 1 && text.starts(with: mark.octets) {
            for (place, weight) in mark.scores { scores[place] += weight }
        }
    }

    /// Names of hosts and people are words of no language.
    private static func isAddress(_ run: ArraySlice<UInt8>) -> Bool {
        run.contains(UInt8(ascii: "@")) || run.starts(with: "http".utf8) || run.starts(with: "www.".utf8)
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        octet >= 0x80 || (0x61...0x7A).contains(octet) || octet == UInt8(ascii: "'")
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with octets: [UInt8]) -> Bool { suffix(octets.count).elementsEqual(octets) }
}

/// A word of at most sixteen octets, compared and looked up as two numbers: the text has one at every few octets.
private struct Word: Hashable {
    private var first: UInt64 = 0
    private var last: UInt64 = 0

    init?(_ octets: some Collection<UInt8>) {
        guard octets.count <= 16 else { return nil }
        for octet in octets {
            last = last << 8 | first >> 56
            first = first << 8 | UInt64(octet)
        }
    }
}
