/// Tells the language of a text by its commonest words; no model, no download.
enum Language {
    /// Words that are common in one of the languages and rare or absent in the others; a new language is a row.
    private static let words: [String: String] = [
        "da": """
        jeg ikke og det vi har til af hvad jer jeres også kunne gerne et fra med er på hej kan vil hvor noget mig os \
        bliver der som i for to en at de den skal om have brug vores denne eller men når hos din hvordan kære tak \
        venlig hilsen nogle hvis så efter være blive skulle få går igen
        """,
        "en": """
        the and we is are you of to would your our with for have please what this that can i hi it be not us in on \
        from at thanks dear regards but need any do like
        """,
        "sv": """
        i om den de en jag inte och det vi har till av vad er också kunna ett från är att hej som för med på kan \
        skulle vill vår någon behöver tack hälsningar hos oss mig ska
        """,
        "no": """
        i for om den de en at skal vil kan med er på som jeg ikke og det vi har til av hva dere også kunne gjerne et \
        fra hei noe meg oss blir noen deres etter hvordan vennlig når takk
        """,
        "de": """
        den ich nicht und das wir haben zu von was sie auch ist mit der die für ein hallo eine einen bitte uns unser \
        können auf im am sind wird danke grüße sehr geehrte
        """,
        "nl":
            "om den of ik niet en het wij hebben van wat u ook is met de een voor aan dat kunnen graag onze bij",
        "fr":
            "je ne pas et le la nous avons de vous aussi est avec les pour un une des votre notre bonjour merci que",
        "es":
            "yo no y el la nosotros de que usted también es con los para un una por hola gracias su nuestro",
        "it":
            "non e il la noi abbiamo di che anche è con per un una le grazie vostro nostro buongiorno",
        "pl": "nie i w z na to jest się do że dla mamy proszę dziękuję oraz jak czy",
        "fi": "ja on ei että me olemme sekä kanssa hei kiitos voi tämä mutta tai ole",
    ]

    private static let table: [[UInt8]: [String]] = {
        var table: [[UInt8]: [String]] = [:]
        for (language, words) in words.sorted(by: { $0.key < $1.key }) {
            for word in words.split(separator: " ") {
                table[Array(word.utf8), default: []].append(language)
            }
        }
        return table
    }()

    /// Letters that only some write, by the octets of UTF-8 behind 0xC3.
    private static let letters: [UInt8: [(String, Double)]] = [
        0xA6: [("da", 0.3), ("no", 0.2)], 0xB8: [("da", 0.3), ("no", 0.25)],
        0xA5: [("da", 0.1), ("no", 0.1), ("sv", 0.15)],
        0xA4: [("sv", 0.25), ("de", 0.2), ("fi", 0.25)],
        0xB6: [("sv", 0.25), ("de", 0.2)], 0x9F: [("de", 0.5)], 0xBC: [("de", 0.3)],
    ]

    /// Octets and words that are looked at.
    private static let reach = (octets: 4000, words: 400)

    /// ISO 639-1 code, or `nil` when too little speaks for one.
    static func detect(_ lines: some Collection<TextLine>) -> String? {
        var scores: [String: Double] = [:]
        var (octets, words) = (0, 0)
        for line in lines where octets < reach.octets {
            octets += line.octets.count
            let lower = Folding.lower(line.octets.prefix(reach.octets))
            for word in lower.split(whereSeparator: { !isLetter($0) }) where words < reach.words {
                words += 1
                // A word of several languages says less.
                let languages = table[Array(word)] ?? []
                for language in languages { scores[language, default: 0] += 1 / Double(languages.count) }
            }
            for (lead, trail) in zip(lower, lower.dropFirst()) where lead == 0xC3 {
                for (language, weight) in letters[trail] ?? [] { scores[language, default: 0] += weight }
            }
        }
        let best = scores.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best.flatMap { $0.value >= 1 ? $0.key : nil }
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        octet >= 0x80 || (0x61...0x7A).contains(octet) || octet == UInt8(ascii: "'")
    }
}
