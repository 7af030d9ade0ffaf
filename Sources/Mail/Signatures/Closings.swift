/// Words that end a letter, by language; a new one is an entry.
enum Closings {
    private static let phrases = [
        // Danish
        "mvh", "m.v.h.", "m.v.h", "med venlig hilsen", "med venlige hilsner",
        "med venlig hilsen/best regards",
        "med venlig hilsen / best regards", "med venlig hilsen / kind regards", "venlig hilsen",
        "venlige hilsner",
        "vh", "v.h.", "v/h", "de bedste hilsner", "bedste hilsner", "bedste hilsen", "mange hilsner",
        "hilsen",
        "hilsner", "kh", "på forhånd tak", "på forhånd mange tak", "kærlig hilsen", "god weekend",
        "god dag",
        "fortsat god dag", "rigtig god dag", "dbh", "med hilsen", "de bedste hilsener", "mange tak",
        "på gensyn",
        // English
        "best regards", "kind regards", "warm regards", "kindest regards", "with kind regards",
        "with best regards",
        "regards", "best wishes", "many thanks", "thanks", "thank you", "thanks in advance",
        "sincerely",
        "sincerely yours", "yours sincerely", "yours faithfully", "yours truly", "cheers", "best", "br",
        "kr", "rgds",
        "all the best", "thanks and regards", "thanks & regards",
        // Swedish, Norwegian, German, Dutch, French
        "med vänlig hälsning", "med vänliga hälsningar", "vänlig hälsning", "vänliga hälsningar",
        "hälsningar",
        "bästa hälsningar", "med vennlig hilsen", "vennlig hilsen", "beste hilsen",
        "mit freundlichen grüßen",
        "mit freundlichen gruessen", "freundliche grüße", "viele grüße", "beste grüße", "liebe grüße",
        "mfg",
        "met vriendelijke groet", "vriendelijke groet", "cordialement", "bien cordialement",
    ]

    /// Phrases by their first word, so that a line is compared with few.
    private static let table = Dictionary(grouping: phrases.map { Array($0.utf8) }) {
        firstWord(of: $0[...])
    }

    /// Whether the line is a closing, alone or with a name behind it.
    static func isClosing(_ line: ArraySlice<UInt8>) -> Bool {
        let line = line.trimmingSpaces
        guard !line.isEmpty, line.count <= 60, let phrases = table[firstWord(of: line)] else {
            return false
        }
        let lower = Folding.lower(line)
        return phrases.contains { phrase in
            guard lower.starts(with: phrase) else { return false }
            let rest = line.dropFirst(phrase.count).drop { " ,.!:-/".utf8.contains($0) }
            guard !rest.isEmpty else { return true }
            let isApart = " ,.!:-/".utf8.contains(lower[phrase.count])
            return isApart && line.last != UInt8(ascii: ".") && line.last != UInt8(ascii: "?")
                && isName(rest)
        }
    }

    private static func firstWord(of line: ArraySlice<UInt8>) -> [UInt8] {
        Folding.lower(line.prefix { !" ,!".utf8.contains($0) }.prefix(40))
    }

    /// At most three words that begin with a capital.
    private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
        let words = text.split(separator: 0x20)
        return words.count <= 3
            && words.allSatisfy { Folding.lower($0.prefix(2)) != Array($0.prefix(2)) }
    }
}
