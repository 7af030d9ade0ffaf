/// Tells companies' names by the legal form at their end.
enum CompanyNames {
    /// Forms that nothing else is written like, in lower case.
    private static let forms: Set<String> = [
        "a/s", "aps", "i/s", "k/s", "p/s", "ivs", "a.m.b.a.", "a.m.b.a", "amba", "s.m.b.a.", "smba", "f.m.b.a.", "fmba",
        "s/i", "g/s", "ltd", "limited", "gmbh", "inc", "llc", "b.v.", "plc", "sarl", "kommune", "kg", "oyj", "asa",
    ]
    /// Forms that are words as well and count only in capitals or as their country writes them.
    private static let shortForms: Set<String> = ["AS", "AB", "AG", "BV", "NV", "SA", "Oy", "OY", "SE"]

    /// Words before a name that are none of it: `Økonomichef hos Vestklit A/S`.
    private static let places: Set<String> = ["hos", "i", "at", "ved", "for", "of"]

    /// The name up to its legal form: `Vestklit Emballage A/S`.
    static func read(_ segment: Substring) -> String? {
        guard segment.utf8.count <= 160, !segment.contains("@") else { return nil }
        let words = segment.split { $0 == " " || $0 == "\u{A0}" }
        guard let end = words.indices.first(where: { $0 > 0 && isForm(words[$0]) }) else { return nil }
        var start = (words[..<end].lastIndex { places.contains($0.lowercased()) || $0.hasSuffix(":") } ?? -1) + 1
        // A name that begins with the place (`I Særklasse ApS`) is taken whole.
        if start == end { start = 0 }
        let name = words[start...end]
        guard (2...8).contains(name.count), let first = name.first?.first, first.isUppercase || first.isNumber else {
            return nil
        }
        return String(Substring(name.joined(separator: " ")).droppingLast(of: ",):"))
    }

    /// The name behind a word that announces it: `Firma: Vestklit Emballage`.
    static func labelled(_ segment: Substring) -> String? {
        guard let colon = segment.firstIndex(of: ":"), labels.contains(segment[..<colon].lowercased()) else {
            return nil
        }
        let name = segment[segment.index(after: colon)...].trimmedSpaces
        return (2...100).contains(name.count) && name.contains(where: \.isLetter) && !name.contains("@")
            ? String(name) : nil
    }

    private static let labels: Set<String> = ["firma", "virksomhed", "company"]

    static func isForm(_ word: Substring) -> Bool {
        let bare = word.drop { $0 == "(" }.droppingLast(of: ",):")
        let lower = bare.lowercased()
        return forms.contains(lower) || forms.contains(String(Substring(lower).droppingLast(of: ".")))
            || shortForms.contains(String(bare))
    }
}

extension Substring {
    /// Without these characters at the end.
    fileprivate func droppingLast(of characters: String) -> Substring {
        var rest = self
        while let last = rest.last, characters.contains(last) { rest = rest.dropLast() }
        return rest
    }
}
