/// Prefixes that clients put before the subject; a new one is an entry.
enum SubjectPrefixes {
    enum Meaning: Sendable { case forward, reply }

    /// In lower case, without the colon.
    ///
    /// Danish `VS` is `videresend`; that it answers in Finnish matters less here.
    private static let words: [String: Meaning] = [
        "re": .reply, "sv": .reply, "aw": .reply, "antw": .reply, "svar": .reply, "rép": .reply,
        "ynt": .reply,
        "odp": .reply, "r": .reply, "res": .reply, "ref": .reply, "ang": .reply, "antwort": .reply,
        "vá": .reply,
        "vs": .forward, "fw": .forward, "fwd": .forward, "videresend": .forward,
        "videresendt": .forward,
        "vb": .forward, "wg": .forward, "weitergeleitet": .forward, "vl": .forward, "tr": .forward,
        "doorst": .forward, "rv": .forward, "enc": .forward, "i": .forward, "pd": .forward,
        "fs": .forward,
        "továbbítás": .forward, "ilt": .forward, "fyi": .forward,
    ]

    /// What the subject says of the mail by its first prefix, tags such as `[EXTERN]` before it not counted.
    static func meaning(of subject: String) -> Meaning? { split(subject)?.meaning }

    /// The subject without the prefixes of forwards, of which a few are taken off.
    static func withoutForwards(_ subject: String) -> String {
        var subject = subject
        for _ in 0..<8 {
            guard let (meaning, rest) = split(subject), meaning == .forward else { break }
            subject = rest
        }
        return subject
    }

    /// The subject without prefixes of any kind and tags such as `[EXTERN]`, of which a few are taken off.
    static func bare(_ subject: String) -> String {
        var subject = subject
        for _ in 0..<8 {
            guard let (_, rest) = split(subject) else { break }
            subject = rest
        }
        return withoutTags(Array(subject.utf8)[...].trimmingSpaces).string
    }

    private static func withoutTags(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var octets = octets
        while octets.first == UInt8(ascii: "["), let close = octets.firstIndex(of: UInt8(ascii: "]")) {
            octets = octets[(close + 1)...].trimmingSpaces
        }
        return octets
    }

    private static func split(_ subject: String) -> (meaning: Meaning, rest: String)? {
        let octets = Array(subject.utf8)[...].trimmingSpaces
        // `[Fwd: Pris]`, as Mozilla and Evolution write it.
        if octets.first == UInt8(ascii: "["), octets.last == UInt8(ascii: "]"),
            let inner = word(octets.dropFirst().dropLast())
        {
            return inner
        }
        return word(withoutTags(octets))
    }

    /// The word before the first colon, and what stands behind it.
    private static func word(_ octets: ArraySlice<UInt8>) -> (meaning: Meaning, rest: String)? {
        guard let colon = octets.prefix(20).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        // `Re[2]:` and `Re (3):` count.
        let word = octets[..<colon].prefix { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "(") }
        guard let meaning = words[Folding.text(word.trimmingSpaces)] else { return nil }
        return (meaning, octets[(colon + 1)...].trimmingSpaces.string)
    }
}
