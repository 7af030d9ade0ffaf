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

    /// `address`: the lead's; `own`: the forwarder's, whose house is not meant.
    static func read(_ note: String, address: String?, own: String?) -> String? {
        let words = note.prefix(reach).split { $0.isWhitespace }
        let house = own.flatMap(label)
        let lead = address.flatMap(label)
        for index in words.indices {
            guard
                let name = CompanyNames.formal(words, at: index) ?? lead.flatMap({ bare(words, at: index, label: $0) })
            else { continue }
            if let house, matches(name.split(separator: " ")[0], house) { continue }
            return name
        }
        return nil
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

    /// Whether a piece of a signature names the company of a house: `Fjordtek ApS`, where its mail comes from fjordtek.dk.
    static func isOfHouse(_ segment: Substring, _ house: String) -> Bool {
        guard let name = CompanyNames.read(segment), let first = name.split(separator: " ").first else { return false }
        return matches(first, house)
    }

    static func matches(_ word: Substring, _ label: String) -> Bool {
        let folded = CompanyNames.folded(word)
        return folded.utf8.count >= 3 && (label.hasPrefix(folded) || folded.hasPrefix(label) && label.utf8.count >= 3)
    }

    /// `vestklit` of `mly@vestklit.dk`; `nil` where anybody can have such an address.
    static func label(_ address: String) -> String? {
        guard let at = address.lastIndex(of: "@") else { return nil }
        let domain = address[address.index(after: at)...]
        guard !PublicMailProviders.includes(domain) else { return nil }
        return domain.split(separator: ".").dropLast().last.map { CompanyNames.folded($0) }
    }
}
