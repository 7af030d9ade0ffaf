/// Absence notes that carry no header saying so: subject and text together give them away; a new phrase is an entry.
enum Absences {
    /// Nobody writes these otherwise: anywhere in a subject.
    private static let certain = octets([
        "autosvar", "auto-svar", "automatisk svar", "automatisk besvarelse", "automatic reply", "automatic response",
        "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "out of office", "out-of-office",
        "is out of the office", "fraværsbesked", "fraværsmeddelelse", "automatiskt svar", "frånvaromeddelande",
        "automatische antwort", "abwesenheitsnotiz", "réponse automatique",
    ])

    /// What a customer may write about as well: only where the subject begins with them.
    private static let likely = octets([
        "ferie", "sommerferie", "vinterferie", "påskeferie", "efterårsferie", "juleferie", "ferielukket", "på ferie",
        "er på ferie", "jeg er på ferie", "holder ferie", "jeg holder ferie", "fravær", "fraværende", "barsel",
        "på barsel", "barselsorlov", "orlov", "ikke på kontoret", "er ikke på kontoret", "ude af kontoret", "vacation",
        "on vacation", "on holiday", "annual leave", "on leave", "absence", "absent", "out of the office", "frånvaro",
        "frånvarande", "abwesenheit", "abwesend",
    ])

    /// The word behind them, where one follows: `Ferie til 5. august`, but `Absence management` and `Ferie og fravær` are a
    /// matter of business.
    private static let continuations: Set = [
        "til", "fra", "frem", "indtil", "i", "den", "uge", "uger", "denne", "resten", "hele", "mellem", "besked", "to",
        "until", "till", "from", "through", "week", "this", "in", "on", "between", "reply", "note", "notice", "message",
        "bis", "vom", "von", "ab", "im",
    ]

    private static let texts = octets([
        "jeg er på ferie", "jeg holder ferie", "er på ferie", "ferie frem til", "er ikke på kontoret",
        "ude af kontoret", "ude af huset", "tilbage på kontoret", "tilbage igen", "er retur",
        "er tilbage",
        "begrænset adgang til", "ikke adgang til min mail", "på barsel", "på orlov",
        "out of the office",
        "out of office", "on vacation", "on holiday", "on leave", "annual leave", "limited access to",
        "will be back",
        "will return", "i am away", "i'm away", "läser inte", "åter på kontoret", "inte på kontoret",
        "nicht im büro",
        "nicht im hause", "nicht erreichbar",
    ])

    /// Octets of the text that are looked at.
    private static let reach = 2000

    static func isNote(subject: String, text: String) -> Bool {
        // Whoever sends something on is a person.
        guard SubjectPrefixes.meaning(of: subject) != .forward else { return false }
        let text = Folding.lower(text.utf8.prefix(reach))
        guard texts.contains(where: { text.contains(octets: $0) }) else { return false }
        let whole = Folding.lower(subject.utf8.prefix(500))
        // A program asks nothing.
        return certain.contains { holds(whole, $0) } || isLikely(subject) && !asks(text)
    }

    /// Whether the subject begins with a word of absence, behind `Re:` and the like.
    private static func isLikely(_ subject: String) -> Bool {
        let subject = Folding.lower(SubjectPrefixes.bare(subject).utf8.prefix(500))
        return likely.contains { phrase in
            guard begins(subject[...], phrase) else { return false }
            let rest = subject[phrase.count...].trimmingSpaces
            guard let first = rest.first, !"/&+".utf8.contains(first) else { return rest.isEmpty }
            // A dash sets apart as well.
            return !isLetter(first) || first == 0xE2 || continuations.contains(rest.prefix { isLetter($0) }.string)
        }
    }

    /// Whether a question stands in the text, rather than a question mark in an address.
    private static func asks(_ text: [UInt8]) -> Bool {
        text.indices.contains { index in
            text[index] == UInt8(ascii: "?") && (index + 1 == text.count || text[index + 1] <= 0x20)
        }
    }

    /// Whether the phrase stands in the text as whole words.
    private static func holds(_ text: [UInt8], _ phrase: [UInt8]) -> Bool {
        text.indices.contains { index in
            (index == 0 || !isLetter(text[index - 1])) && begins(text[index...], phrase)
        }
    }

    private static func begins(_ text: ArraySlice<UInt8>, _ phrase: [UInt8]) -> Bool {
        guard text.starts(with: phrase) else { return false }
        return text.dropFirst(phrase.count).first.map { !isLetter($0) && $0 != UInt8(ascii: "-") } ?? true
    }

    private static func isLetter(_ octet: UInt8) -> Bool { octet >= 0x80 || (0x61...0x7A).contains(octet) }

    private static func octets(_ phrases: [String]) -> [[UInt8]] { phrases.map { Array($0.utf8) } }
}
