/// Divides text into what is said and the signature below it.
struct SignatureText {
    var body: String
    var signature: String

    /// Lines that a signature takes at most.
    private static let longest = 20

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = Self.start(in: lines) else {
            body = text.trimmedLines
            signature = ""
            return
        }
        body = lines[..<start].joined(separator: "\n").trimmedLines
        signature = lines[start...].joined(separator: "\n").trimmedLines
    }

    private static func start(in lines: [Substring]) -> Int? {
        // The separator of RFC 3676 section 4.3.
        if let separator = lines.lastIndex(where: { $0 == "-- " || $0 == "--" }),
            lines[separator...].count(where: { !$0.isBlank }) <= longest
        {
            return closing(above: separator, in: lines) ?? separator
        }
        let filled = lines.indices.filter { !lines[$0].isBlank }
        let window = filled.suffix(longest)
        // The first closing of the last lines: below it comes nothing but the signature.
        if let closing = window.first(where: { Closings.isClosing(lines[$0]) && !isFollowedByProse(lines, from: $0) }) {
            return closing
        }
        return window.suffix(3).first { Closings.isDeviceLine(lines[$0]) }
    }

    private static func closing(above separator: Int, in lines: [Substring]) -> Int? {
        lines[..<separator].suffix(6).indices.first { Closings.isClosing(lines[$0]) }
    }

    /// A long sentence below a closing means that the letter goes on.
    private static func isFollowedByProse(_ lines: [Substring], from closing: Int) -> Bool {
        lines[(closing + 1)...].prefix(4).contains { line in
            line.utf8.count > 100 && line.utf8.last == UInt8(ascii: ".") && !line.utf8.contains(UInt8(ascii: "|"))
        }
    }
}

/// Words that end a letter, by language; a new one is an entry.
enum Closings {
    private static let phrases = [
        // Danish
        "mvh", "m.v.h.", "med venlig hilsen", "med venlige hilsner", "venlig hilsen", "venlige hilsner", "vh", "v.h.",
        "de bedste hilsner", "bedste hilsner", "bedste hilsen", "mange hilsner", "hilsen", "hilsner", "kh",
        "på forhånd tak",
        "kærlig hilsen", "god weekend", "god dag", "dbh",
        // English
        "best regards", "kind regards", "warm regards", "regards", "best wishes", "many thanks", "thanks", "thank you",
        "sincerely", "yours sincerely", "yours faithfully", "cheers", "best", "br", "kr",
        // Swedish, Norwegian, German
        "med vänlig hälsning", "vänliga hälsningar", "hälsningar", "med vennlig hilsen", "vennlig hilsen",
        "mit freundlichen grüßen", "freundliche grüße", "viele grüße",
    ]

    /// Phrases by their first word, so that a line is compared with few.
    private static let table = Dictionary(grouping: phrases) { $0.split(separator: " ").first.map(String.init) ?? $0 }

    /// Whether the line is a closing, alone or with a name behind it.
    static func isClosing(_ line: Substring) -> Bool {
        let line = line.trimmed
        guard line.utf8.count <= 60, let word = line.split(whereSeparator: { " ,!".contains($0) }).first,
            let phrases = table[word.lowercased().trimmingSuffix(".")] ?? table[word.lowercased()]
        else { return false }
        let lower = line.lowercased()
        return phrases.contains { phrase in
            guard lower.hasPrefix(phrase) else { return false }
            let rest = lower.dropFirst(phrase.count).drop { " ,.!:".contains($0) }
            return rest.isEmpty || (line.utf8.last != UInt8(ascii: ".") && isName(line.suffix(rest.count)))
        }
    }

    /// What a telephone or an app writes below a mail.
    static func isDeviceLine(_ line: Substring) -> Bool {
        let lower = line.trimmed.lowercased()
        return lower.utf8.count < 80
            && [
                "sendt fra min", "sendt fra outlook", "sent from my", "sent from outlook", "hent outlook til",
                "get outlook for", "skickat från min", "sendt via", "sent via", "von meinem",
            ].contains { lower.hasPrefix($0) }
    }

    /// At most three words that begin with a capital.
    private static func isName(_ text: Substring) -> Bool {
        let words = text.split(separator: " ")
        return words.count <= 3 && words.allSatisfy { $0.first?.isUppercase ?? false }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
