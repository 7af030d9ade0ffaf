/// Words that end a letter, by language; a new one is an entry.
enum Closings {
    enum Kind: Sendable {
        /// Nothing but a signature follows.
        case greeting
        /// It may as well stand above what is said, or be all of it: `Mange tak`, `God dag`, `Best`.
        case courtesy
    }

    private struct Entry: Sendable {
        var phrase: [UInt8]
        var kind: Kind
        /// Whether people write it in haste, and their name in small letters behind it: `mvh bo`.
        var isHasty = false
    }

    private static let courtesies = [
        "på forhånd tak", "på forhånd tak for hjælpen", "på forhånd mange tak", "tak på forhånd", "tak for hjælpen",
        "tak igen", "mange tak", "god weekend", "rigtig god weekend", "fortsat god weekend", "hav en god weekend",
        "ha en god weekend", "ha' en god weekend", "god dag", "fortsat god dag", "rigtig god dag", "hav en god dag",
        "hav en fortsat god dag", "ha en god dag", "ha' en god dag", "god arbejdslyst", "på gensyn",
        "venligst", "many thanks", "many thanks in advance", "thanks", "thanks again", "thanks a lot",
        "thank you", "thank you in advance", "thanks in advance", "thx", "tnx", "cheers", "best", "br", "kr", "kindly",
        "warmly", "respectfully", "yours", "greetings", "talk soon", "speak soon", "tack på förhand",
        "takk for hjelpen",
    ]

    private static let danish = [
        "mvh", "m.v.h.", "m.v.h", "med venlig hilsen", "med venlige hilsner", "med venlige hilsener", "venlig hilsen",
        "venlige hilsner", "vh", "v.h.", "v/h", "de bedste hilsner", "de bedste hilsener", "bedste hilsner",
        "bedste hilsener", "bedste hilsen", "mange hilsner", "mange hilsener", "hilsen", "hilsner", "hilsener", "kh",
        "kærlig hilsen", "dbh", "med hilsen",
    ]

    private static let others = [
        // English
        "best regards", "kind regards", "warm regards", "kindest regards", "with kind regards",
        "with best regards", "regards", "best wishes", "sincerely", "sincerely yours", "yours sincerely",
        "yours faithfully", "yours truly", "rgds", "all the best", "thanks and regards", "thanks & regards",
        // Swedish, Norwegian, German, Dutch, French
        "med vänlig hälsning", "med vänliga hälsningar", "vänlig hälsning", "vänliga hälsningar",
        "hälsningar", "bästa hälsningar", "med vennlig hilsen", "vennlig hilsen", "beste hilsen",
        "mit freundlichen grüßen", "mit freundlichen gruessen", "mit freundlichen grüssen", "mit besten grüßen",
        "freundliche grüße", "viele grüße", "beste grüße", "liebe grüße", "herzliche grüße", "mfg",
        "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "cordialement",
        "bien cordialement", "bien à vous",
        // Spanish, Italian, Portuguese, Polish, Finnish
        "saludos cordiales", "un saludo", "saludos", "atentamente", "cordiali saluti", "distinti saluti", "saluti",
        "cumprimentos", "atenciosamente", "z poważaniem", "pozdrawiam", "ystävällisin terveisin", "terveisin",
    ]

    /// Phrases by their first word, so that a line is compared with few.
    private static let table = Dictionary(
        grouping: danish.map { Entry(phrase: Array($0.utf8), kind: .greeting, isHasty: true) }
            + others.map { Entry(phrase: Array($0.utf8), kind: .greeting) }
            + courtesies.map { Entry(phrase: Array($0.utf8), kind: .courtesy) }
    ) { firstWord(of: $0.phrase[...]) }

    /// Octets of a closing at most, one in several languages too.
    private static let longest = 80

    /// Whether the line is a closing, alone or with a name behind it.
    static func isClosing(_ line: ArraySlice<UInt8>) -> Bool { kind(of: line) != nil }

    /// What kind of closing a line is, if it is one.
    static func kind(of line: ArraySlice<UInt8>) -> Kind? {
        // In bold, or behind a dash.
        let line = line.trimming("*_-")
        guard !line.isEmpty, line.count <= longest, let entries = table[firstWord(of: line)] else { return nil }
        let lower = Folding.lower(line)
        return entries.lazy.compactMap { kind(of: line, lower, by: $0) }.first
    }

    private static func kind(of line: ArraySlice<UInt8>, _ lower: [UInt8], by entry: Entry) -> Kind? {
        guard lower.starts(with: entry.phrase) else { return nil }
        let rest = line.dropFirst(entry.phrase.count).drop { " \t,.!:;()|/-".utf8.contains($0) }
        guard !rest.isEmpty else { return entry.kind }
        guard !isLetter(lower[entry.phrase.count]), !".?".utf8.contains(line.last ?? 0) else { return nil }
        if isNames(rest) || kind(of: rest) == .greeting { return entry.kind }
        // In small letters it may be anything.
        return entry.isHasty && isHastyName(rest) ? .courtesy : nil
    }

    private static func firstWord(of line: ArraySlice<UInt8>) -> [UInt8] {
        Folding.lower(line.prefix { !" \t,!.:".utf8.contains($0) }.prefix(40))
    }

    private static func isLetter(_ octet: UInt8) -> Bool { octet >= 0x80 || (0x61...0x7A).contains(octet) }

    /// At most three words that begin with a capital.
    static func isName(_ text: ArraySlice<UInt8>) -> Bool {
        let words = text.split(separator: 0x20)
        return words.count <= 3 && words.allSatisfy(isCapital)
    }

    private static func isCapital(_ word: ArraySlice<UInt8>) -> Bool {
        Folding.lower(word.prefix(2)) != Array(word.prefix(2))
    }

    /// Words between names, and before them.
    private static let links: Set = ["og", "&", "and", "|", "-", "på", "vegne", "af"]
    private static let origins: Set = ["fra", "from"]

    /// Names of people or a company: `Bo Lund`, `Bo og Eva`, `Bo Lund, Lund El ApS`, `fra Bo`, `på vegne af Lund El`.
    private static func isNames(_ text: ArraySlice<UInt8>) -> Bool {
        let words = text.split(separator: 0x20)
        guard words.count <= 6, let last = words.last, isCapital(last) else { return false }
        return words.enumerated().allSatisfy { index, word in
            isCapital(word) || links.contains(word.string) || index == 0 && origins.contains(word.string)
        }
    }

    /// One or two short words of nothing but letters, the first no preposition.
    private static func isHastyName(_ text: ArraySlice<UInt8>) -> Bool {
        let words = text.split(separator: 0x20)
        guard words.count <= 2, text.count <= 20, let first = words.first else { return false }
        return !["til", "på", "for", "i", "og", "fra", "to"].contains(first.string)
            && text.allSatisfy { $0 == 0x20 || isLetter($0 | 0x20) }
    }
}
