/// Tells companies' names by the legal form at their end.
enum CompanyNames {
    /// Forms that nothing else is written like, in lower case.
    private static let forms: Set<String> = [
        "a/s", "aps", "i/s", "k/s", "p/s", "ivs", "a.m.b.a.", "a.m.b.a", "amba", "s.m.b.a.", "smba", "f.m.b.a.", "fmba",
        "s/i", "g/s", "ltd", "limited", "gmbh", "inc", "llc", "b.v.", "plc", "sarl", "kommune", "kg", "oyj", "asa",
    ]
    /// Forms that are words as well and count only in capitals or as their country writes them.
    private static let shortForms: Set<String> = ["AS", "AB", "AG", "BV", "NV", "SA", "Oy", "OY", "SE"]

    /// Octets of a form at most.
    private static let longestForm = forms.map(\.utf8.count).max() ?? 0

    /// Words before a name that are none of it: `Økonomichef hos Vestklit A/S`.
    private static let places: Set<String> = ["hos", "i", "at", "ved", "for", "of"]

    /// The name up to its legal form: `Vestklit Emballage A/S`; of a sole trader's with the owner: `Vestklit v/ Mette Lyngholm`.
    static func read(_ segment: Substring) -> String? {
        guard segment.utf8.count <= 160, !segment.contains("@") else { return nil }
        let words = segment.split { $0 == " " || $0 == "\u{A0}" }
        if let name = soleTrader(words) { return name }
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

    /// `Majas Blomster v/Maja Frost`: behind `v/` the owner's name.
    private static func soleTrader(_ words: [Substring]) -> String? {
        guard let place = words.firstIndex(where: { $0.hasPrefix("v/") }), (1...5).contains(place),
            words[0].first?.isUppercase ?? false
        else { return nil }
        let owner = ([words[place].dropFirst(2)] + words[(place + 1)...]).filter { !$0.isEmpty }.joined(separator: " ")
        guard PersonNames.isName(owner[...]) else { return nil }
        return words[..<place].joined(separator: " ") + " v/" + owner
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

    /// Words of a name in running text at most, and words looked at for one.
    private static let longest = 6
    private static let reach = 16
    /// Words with a capital that begin a sentence and no name.
    private static let beginnings: Set<String> = [
        "fra", "hos", "i", "ved", "til", "det", "from", "at", "this", "kunden", "firmaet", "ring", "call", "vi", "we",
        "jeg", "vores", "our", "mit", "my", "hej", "kære", "hi", "dear", "firma", "company", "virksomhed", "the", "de",
        "danmark", "denmark",
    ]
    private static let joints: Set<String> = ["&", "og", "and", "+", "v/"]
    /// What may stand between a name and its number.
    private static let fillers: Set<String> = ["med", "har", "with", "has", "dk", "-", "–", "|", "(", "·"]

    /// The name that ends at a legal form in running text, back while the words have capitals: `Thyge Tøj ApS`.
    static func formal(_ words: [Substring], at end: Int) -> String? {
        guard isForm(words[end]) else { return nil }
        return name(words, endingAt: end)
    }

    private static func name(_ words: [Substring], endingAt end: Int) -> String? {
        var start = end
        while start > 0, end - start < longest, belongs(words[start - 1]) { start -= 1 }
        while start < end, joints.contains(String(words[start])) || beginnings.contains(words[start].lowercased()) {
            start += 1
        }
        guard start < end || !isForm(words[end]) && !beginnings.contains(words[end].bare.lowercased()) else {
            return nil
        }
        return words[start...end].map { String($0.bare) }.joined(separator: " ")
    }

    private static func belongs(_ word: Substring) -> Bool {
        joints.contains(String(word)) || word == "Co." || (word.first?.isUppercase ?? false) && !word.endsPhrase
    }

    /// The last company that a text names: by its legal form, else words with capitals at the very end.
    static func last(in text: Substring) -> String? {
        let words = text.split { $0.isWhitespace || $0 == "(" }.suffix(reach).map { $0 }
        if let end = words.indices.last(where: { isForm(words[$0]) }), let name = formal(words, at: end) { return name }
        guard let end = words.indices.last(where: { !fillers.contains(words[$0].lowercased()) }),
            let first = words[end].first, first.isUppercase, words[end].contains(where: \.isLowercase),
            // A word alone begins a sentence, `6950 Ringkøbing` is a place, and `Faktura:` announces.
            end > 0, !(words[end - 1].first?.isNumber ?? false), !words[end].hasSuffix(":")
        else { return nil }
        return name(words, endingAt: end)
    }

    /// The company that a text begins with, with its legal form: `, Hansen A/S …`.
    static func first(in text: Substring) -> String? {
        let words = text.split { $0.isWhitespace || "(,–-".contains($0) }.prefix(longest).map { $0 }
        guard let end = words.indices.first(where: { isForm(words[$0]) }), end > 0,
            words[..<end].allSatisfy({ joints.contains(String($0)) || $0.first?.isUppercase ?? false })
        else { return nil }
        return formal(words, at: end)
    }

    /// Small letters and digits, the Danish ones as a domain has them.
    static func folded(_ word: some StringProtocol) -> String {
        word.lowercased().reduce(into: "") { folded, character in
            switch character {
            case "æ": folded += "ae"
            case "ø": folded += "oe"
            case "å": folded += "aa"
            default: if character.isLetter || character.isNumber { folded.append(character) }
            }
        }
    }

    static func isForm(_ word: Substring) -> Bool {
        // Every word of a text is asked, and nearly all are longer.
        guard word.utf8.count <= longestForm + 4 else { return false }
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

    /// Whether a sign behind the word ends what it belongs to.
    var endsPhrase: Bool { last.map { ".,;:!?)".contains($0) } ?? true }

    /// Without such signs.
    var bare: Substring {
        var rest = self
        while let last = rest.last, ",;:!?)".contains(last) { rest = rest.dropLast() }
        return rest.last == "." && rest != "Co." ? rest.dropLast() : rest
    }
}
