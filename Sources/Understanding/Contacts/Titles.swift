/// Tells job titles in Danish and English.
enum Titles {
    /// Ends of Danish words, which are put together: `økonomichef`, `indkøbsansvarlig`.
    private static let endings = [
        "direktør", "chef", "leder", "konsulent", "koordinator", "sekretær", "assistent", "bogholder", "controller",
        "indkøber", "ansvarlig", "rådgiver", "specialist", "ingeniør", "udvikler", "formand", "sælger", "mester",
        "planlægger", "medarbejder", "revisor", "arkitekt", "supporter", "administrator", "disponent", "fører",
        "inspektør", "redaktør", "montør", "tekniker", "tømrer", "murer", "elektriker",
        "kontorist",
        "fuldmægtig", "repræsentant", "økonom", "vognmand", "gartner", "mægler", "læge", "forvalter",
        "stifter", "ejer",
    ]

    private static let danish: Set<String> = [
        "indehaver", "medindehaver", "ejer", "medejer", "stifter", "iværksætter", "jurist", "advokat", "elev",
    ]

    /// Whole words.
    private static let words: Set<String> = danish.union([
        "partner", "ceo", "cfo", "cto", "coo", "cio", "cmo", "cco", "vp", "md", "manager", "director", "head", "owner",
        "founder", "co-founder", "officer", "president", "lead", "consultant", "accountant", "assistant", "engineer",
        "analyst", "bookkeeper", "controller", "buyer", "developer", "supervisor", "coordinator", "specialist",
        "secretary", "clerk", "planner", "architect", "advisor", "adviser", "buying", "proprietor", "chairman",
        "chairwoman", "executive", "representative", "technician", "designer", "receptionist", "treasurer", "principal",
        "associate", "administrator", "trainee", "auditor", "lawyer", "salesperson",
    ])

    /// Words that a Danish title may be as well.
    private static let international: Set<String> = [
        "ceo", "cfo", "cto", "coo", "cio", "cmo", "cco", "vp", "md", "partner", "controller", "specialist", "jurist",
    ]

    /// Whether a title is written in the language of a mail, Danish for all but English.
    static func suits(_ title: String, _ language: String?) -> Bool {
        let known = title.split(separator: " ").map(bare).filter { isKnown($0) }
        return known.contains { word in
            let isDanish = danish.contains(word) || endings.contains { word.hasSuffix($0) }
            return international.contains(word) || isDanish != (language == "en")
        }
    }

    private static let offices: Set<String> = ["head office", "head quarters"]

    /// Words that tell where somebody is: the title stands before them.
    private static let places: Set<String> = ["hos", "i", "at", "ved"]

    /// A title, or the title beside a name: `CFO Mette Lyngholm`.
    static func read(_ segment: Substring, besides name: String?) -> String? {
        guard segment.utf8.count <= 80, !segment.contains(where: { $0.isNumber || $0 == "@" || $0 == ":" }) else {
            return nil
        }
        var rest = segment
        if let name, let place = segment.range(of: name) {
            let before = segment[..<place.lowerBound].trimmedSpaces
            rest = before.isEmpty ? segment[place.upperBound...].trimmedSpaces : before
        }
        let words = rest.split(separator: " ")
        guard (1...8).contains(words.count), words.contains(where: isTitle), !offices.contains(rest.lowercased()) else {
            return nil
        }
        return String(rest)
    }

    /// `Økonomichef hos Vestklit A/S`.
    static func beforePlace(_ segment: Substring) -> String? {
        let words = segment.split(separator: " ")
        guard let place = words.firstIndex(where: { places.contains($0.lowercased()) }), (1...4).contains(place),
            words[..<place].contains(where: isTitle)
        else { return nil }
        return words[..<place].joined(separator: " ")
    }

    private static func isTitle(_ word: Substring) -> Bool { isKnown(bare(word)) }

    private static func bare(_ word: Substring) -> String { word.lowercased().filter { $0.isLetter || $0 == "-" } }

    private static func isKnown(_ word: String) -> Bool {
        words.contains(word) || endings.contains { word.hasSuffix($0) }
    }
}

extension Substring {
    /// The first place of some words, octet by octet.
    fileprivate func range(of text: String) -> Range<Index>? {
        guard !text.isEmpty else { return nil }
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<(index(start, offsetBy: text.count, limitedBy: endIndex) ?? endIndex)
            }
            start = index(after: start)
        }
        return nil
    }
}
