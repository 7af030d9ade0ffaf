/// Reads streets with their house number.
enum Streets {
    /// Ends of Danish words for streets, which are put together with the name: `Kajvej`.
    private static let endings = [
        "vej", "vejen", "gade", "gaden", "stræde", "allé", "alle", "plads", "pladsen", "torv", "torvet", "vænge",
        "vænget",
        "parken", "park", "toften", "bakken", "haven", "boulevard", "kaj", "kajen", "havn", "havnen", "brygge", "engen",
        "marken", "lunden", "skrænten", "stien", "sti", "svinget", "ringen", "centret", "centeret", "løkken",
        "dæmningen",
    ]
    private static let words: Set<String> = [
        "street", "road", "avenue", "lane", "square", "drive", "court", "place", "way", "park", "quay", "wharf", "st",
        "rd",
        "ave",
    ]

    /// `Kajvej 12`, `Store Kongensgade 40 H, 2. th`, `12 Harbour Street`; without the postcode behind it.
    static func read(_ segment: Substring) -> String? {
        let words = segment.split { $0 == " " || $0 == "\u{A0}" }
        guard (2...9).contains(words.count), segment.utf8.count <= 80, !segment.contains("@"), !segment.contains(":")
        else {
            return nil
        }
        if isNumber(words[0]), words.dropFirst().contains(where: { Self.words.contains(bare($0)) }) {
            return String(segment)
        }
        guard
            let place = words.indices.first(where: { place in
                place + 1 < words.count && isNumber(words[place + 1])
                    && endings.contains { bare(words[place]).hasSuffix($0) }
            }), words[0].first?.isUppercase ?? false || isNumber(words[0])
        else { return nil }
        // Up to the postcode: `Kajvej 12 6950 Ringkøbing`.
        let end = words.indices.dropFirst(place + 2).first { words[$0].count == 4 && words[$0].allSatisfy(\.isNumber) }
        return words[..<(end ?? words.endIndex)].joined(separator: " ")
    }

    private static func bare(_ word: Substring) -> String { word.lowercased().filter(\.isLetter) }

    /// `12`, `12B`, `12-14`.
    private static func isNumber(_ word: Substring) -> Bool {
        (word.first?.isNumber ?? false) && word.count <= 7 && word.prefix { $0.isNumber }.count <= 3
    }
}
