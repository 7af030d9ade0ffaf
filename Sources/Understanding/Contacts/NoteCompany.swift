import Mail

/// Finds the company that our own note names: by its legal form, or behind `fra` where the lead's address has the same name.
///
/// `fra Herning` stands for a place as often, so a bare name needs the address.
enum NoteCompany {
    /// Octets of a note that are looked at.
    private static let reach = 2000
    /// Words of a name at most.
    private static let longest = 6
    private static let openers: Set<String> = ["fra", "hos", "from", "at", "with"]
    /// Words with a capital that begin a sentence and no name.
    private static let beginnings: Set<String> = [
        "fra", "hos", "i", "ved", "til", "det", "from", "at", "this", "kunden", "firmaet", "ring", "call", "vi", "we",
    ]
    private static let joints: Set<String> = ["&", "og", "and", "+"]

    /// `address`: the lead's; `own`: the forwarder's, whose house is not meant.
    static func read(_ note: String, address: String?, own: String?) -> String? {
        let words = note.prefix(reach).split { $0.isWhitespace }
        let house = own.flatMap(label)
        let lead = address.flatMap(label)
        for index in words.indices {
            guard let name = formal(words, at: index) ?? lead.flatMap({ bare(words, at: index, label: $0) }) else {
                continue
            }
            if let house, matches(name.split(separator: " ")[0], house) { continue }
            return name
        }
        return nil
    }

    /// `Thyge Tøj ApS`: back from the legal form while the words have capitals.
    private static func formal(_ words: [Substring], at end: Int) -> String? {
        guard CompanyNames.isForm(words[end]) else { return nil }
        var start = end
        while start > 0, end - start < longest, belongs(words[start - 1]) { start -= 1 }
        while start < end, joints.contains(String(words[start])) || beginnings.contains(words[start].lowercased()) {
            start += 1
        }
        guard start < end else { return nil }
        return words[start...end].map { $0.bare }.joined(separator: " ")
    }

    private static func belongs(_ word: Substring) -> Bool {
        joints.contains(String(word)) || word == "Co." || (word.first?.isUppercase ?? false) && !word.endsPhrase
    }

    /// `fra Vestklit Emballage`, where the lead writes from vestklit.dk.
    private static func bare(_ words: [Substring], at index: Int, label: String) -> String? {
        guard openers.contains(words[index].lowercased()), index + 1 < words.count,
            matches(words[index + 1].bare, label)
        else { return nil }
        var end = index + 1
        while !words[end].endsPhrase, end + 1 < words.count, end - index < longest,
            words[end + 1].first?.isUppercase ?? false
        {
            end += 1
        }
        return words[(index + 1)...end].map { $0.bare }.joined(separator: " ")
    }

    private static func matches(_ word: Substring, _ label: String) -> Bool {
        let folded = folded(word)
        return folded.utf8.count >= 3 && (label.hasPrefix(folded) || folded.hasPrefix(label) && label.utf8.count >= 3)
    }

    /// `vestklit` of `mly@vestklit.dk`; `nil` where anybody can have such an address.
    private static func label(_ address: String) -> String? {
        guard let at = address.lastIndex(of: "@") else { return nil }
        let domain = address[address.index(after: at)...]
        guard !PublicMailProviders.includes(domain) else { return nil }
        return domain.split(separator: ".").dropLast().last.map { folded($0) }
    }

    /// Small letters and digits, the Danish ones as a domain has them.
    private static func folded(_ word: Substring) -> String {
        word.lowercased().replacing("æ", with: "ae").replacing("ø", with: "oe").replacing("å", with: "aa")
            .filter { $0.isLetter || $0.isNumber }
    }
}

extension Substring {
    /// Whether a sign behind the word ends what it belongs to.
    fileprivate var endsPhrase: Bool { last.map { ".,;:!?)".contains($0) } ?? true }

    /// Without such signs.
    fileprivate var bare: Substring {
        var rest = self
        while let last = rest.last, ",;:!?)".contains(last) { rest = rest.dropLast() }
        return rest.last == "." && rest != "Co." ? rest.dropLast() : rest
    }
}
