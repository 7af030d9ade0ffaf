/// Words that end a letter, by language; a new one is an entry.
enum Closings {
    enum Kind: Sendable {
        /// Nothing but a signature follows.
        case greeting
        /// It may as well stand above what is said, or be all of it: `Mange tak`, `God dag`, `Best`.
        case courtesy
    }

    private static let courtesies = [
        "på forhånd tak", "på forhånd mange tak", "mange tak", "god weekend", "god dag", "fortsat god dag",
        "rigtig god dag", "på gensyn", "many thanks", "thanks", "thank you", "thanks in advance", "cheers", "best",
        "br",
        "kr",
    ]

    private static let greetings = [
        // Danish
        "mvh", "m.v.h.", "m.v.h", "med venlig hilsen", "med venlige hilsner",
        "med venlig hilsen/best regards",
        "med venlig hilsen / best regards", "med venlig hilsen / kind regards", "venlig hilsen",
        "venlige hilsner",
        "vh", "v.h.", "v/h", "de bedste hilsner", "bedste hilsner", "bedste hilsen", "mange hilsner",
        "hilsen",
        "hilsner", "kh", "kærlig hilsen", "dbh", "med hilsen", "de bedste hilsener",
        // English
        "best regards", "kind regards", "warm regards", "kindest regards", "with kind regards",
        "with best regards",
        "regards", "best wishes", "sincerely", "sincerely yours", "yours sincerely", "yours faithfully",
        "yours truly", "rgds", "all the best", "thanks and regards", "thanks & regards",
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
    private static let table = Dictionary(
        grouping: greetings.map { (phrase: Array($0.utf8), kind: Kind.greeting) }
            + courtesies.map { (phrase: Array($0.utf8), kind: Kind.courtesy) }
    ) { firstWord(of: $0.phrase[...]) }

    /// Whether the line is a closing, alone or with a name behind it.
    static func isClosing(_ line: ArraySlice<UInt8>) -> Bool { kind(of: line) != nil }

    /// What kind of closing a line is, if it is one.
    static func kind(of line: ArraySlice<UInt8>) -> Kind? {
        let line = line.trimmingSpaces
        guard !line.isEmpty, line.count <= 60, let phrases = table[firstWord(of: line)] else { return nil }
        let lower = Folding.lower(line)
        return phrases.first { phrase, _ in
            guard lower.starts(with: phrase) else { return false }
            let rest = line.dropFirst(phrase.count).drop { " ,.!:-/".utf8.contains($0) }
            guard !rest.isEmpty else { return true }
            let isApart = " ,.!:-/".utf8.contains(lower[phrase.count])
            return isApart && line.last != UInt8(ascii: ".") && line.last != UInt8(ascii: "?")
                && isName(rest)
        }?.kind
    }

    private static func firstWord(of line: ArraySlice<UInt8>) -> [UInt8] {
        Folding.lower(line.prefix { !" ,!.".utf8.contains($0) }.prefix(40))
    }

    /// At most three words that begin with a capital.
    static func isName(_ text: ArraySlice<UInt8>) -> Bool {
        let words = text.split(separator: 0x20)
        return words.count <= 3
            && words.allSatisfy { Folding.lower($0.prefix(2)) != Array($0.prefix(2)) }
    }
}
