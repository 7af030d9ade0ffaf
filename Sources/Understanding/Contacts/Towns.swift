/// Reads the town behind a postcode.
enum Towns {
    /// `6950 Ringkøbing`, `DK-2100 København Ø`, `Kajvej 12 6950 Ringkøbing`: the digits, and the town of at most four words.
    static func read(_ segment: Substring) -> (postcode: String, town: String)? {
        let words = segment.split { $0 == " " || $0 == "\u{A0}" }
        guard let place = words.lastIndex(where: isPostcode), place + 1 < words.count,
            // `© 2026 Riis Autodele`
            place == 0 || !copyrights.contains(words[place - 1].lowercased()), !segment.hasPrefix("©")
        else { return nil }
        let town = words[(place + 1)...].prefix { !$0.contains { $0.isNumber || $0 == ":" } }
        let name = town.last.map { countries.contains($0.lowercased()) } ?? false ? town.dropLast() : town
        guard (1...4).contains(name.count), name.first?.first?.isUppercase ?? false,
            name.allSatisfy({ $0.allSatisfy { $0.isLetter || $0 == "-" || $0 == "." } })
        else { return nil }
        return (String(words[place].suffix(4)), name.joined(separator: " "))
    }

    private static let copyrights: Set<String> = ["©", "(c)", "copyright"]
    private static let countries: Set<String> = ["danmark", "denmark", "dk"]

    /// Four digits from 0800 (Høje Taastrup) on, alone or behind `DK-`.
    private static func isPostcode(_ word: Substring) -> Bool {
        let digits = word.lowercased().hasPrefix("dk-") ? word.dropFirst(3) : word
        return digits.utf8.count == 4 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && digits >= "0800"
    }
}
