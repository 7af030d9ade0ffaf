/// Tells the language of a text by its commonest words; no model, no download.
package enum Language {
    /// Words that are common in one of the languages and rare or absent in the others; a new language is a row.
    private static let words: [String: String] = [
        "da": """
        jeg ikke og det vi har til af hvad jer jeres også kunne gerne et fra med er på hej kan vil hvor noget mig os \
        bliver der som i for to en at de den skal om have brug vores denne eller men når hos din hvordan kære tak \
        venlig hilsen nogle hvis så efter være blive skulle få går igen uge uger hvornår venligst inden medarbejdere \
        tilbud pris koster brugere levere hører snarest
        """,
        "en": """
        the and we is are you of to would your our with for have please what this that can i hi it be not us in on \
        from at thanks dear regards but need any do like could quote price how much when users call
        """,
        "sv": """
        i om den de en jag inte och det vi har till av vad er också kunna ett från är att hej som för med på kan \
        skulle vill vår någon behöver tack hälsningar hos oss mig ska vecka pris kostar offert användare innan när
        """,
        "no": """
        i for om den de en at skal vil kan med er på som jeg ikke og det vi har til av hva dere også kunne gjerne et \
        fra hei noe meg oss blir noen deres etter hvordan vennlig når takk uke uker ansatte tilbud pris koster brukere
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

    /// Codes of the languages; scores are kept by their place here.
    private static let codes = words.keys.sorted()

    /// Places of the languages that a word is of.
    private static let table: [Word: [Int]] = {
        var table: [Word: [Int]] = [:]
        for (place, code) in codes.enumerated() {
            for text in (words[code] ?? "").split(separator: " ") {
                if let word = Word(text.utf8) { table[word, default: []].append(place) }
            }
        }
        return table
    }()

    /// Letters that only some write, by the octets of UTF-8 behind 0xC3.
    private static let letters: [UInt8: [(code: String, weight: Double)]] = [
        0xA6: [("da", 0.3), ("no", 0.2)], 0xB8: [("da", 0.3), ("no", 0.25)],
        0xA5: [("da", 0.1), ("no", 0.1), ("sv", 0.15)],
        0xA4: [("sv", 0.25), ("de", 0.2), ("fi", 0.25)],
        0xB6: [("sv", 0.25), ("de", 0.2)], 0x9F: [("de", 0.5)], 0xBC: [("de", 0.3)],
    ]

    /// The same by the place of the language.
    private static let weights = letters.mapValues { letters in
        letters.compactMap { letter in codes.firstIndex(of: letter.code).map { ($0, letter.weight) } }
    }

    /// Octets and words that are looked at.
    private static let reach = (octets: 4000, words: 400)

    /// ISO 639-1 code of a text whose lines end with `\n`; `nil` when too little speaks for one.
    package static func detect(_ text: String) -> String? { detect(TextLine.lines(of: Array(text.utf8))) }

    /// ISO 639-1 code, or `nil` when too little speaks for one.
    static func detect(_ lines: some Collection<TextLine>) -> String? {
        var scores = [Double](repeating: 0, count: codes.count)
        var (octets, words) = (0, 0)
        for line in lines where octets < reach.octets {
            octets += line.octets.count
            let lower = Folding.lower(line.octets.prefix(reach.octets))
            for text in lower.split(whereSeparator: { !isLetter($0) }) where words < reach.words {
                words += 1
                // A word of several languages says less.
                guard let word = Word(text), let places = table[word] else { continue }
                for place in places { scores[place] += 1 / Double(places.count) }
            }
            for (lead, trail) in zip(lower, lower.dropFirst()) where lead == 0xC3 {
                for (place, weight) in weights[trail] ?? [] { scores[place] += weight }
            }
        }
        // The first of equals, so that the same text always gives the same.
        guard let best = scores.indices.max(by: { (scores[$0], $1) < (scores[$1], $0) }), scores[best] >= 1
        else { return nil }
        return codes[best]
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        octet >= 0x80 || (0x61...0x7A).contains(octet) || octet == UInt8(ascii: "'")
    }
}

/// A word of at most sixteen octets, compared and looked up as two numbers: the text has one at every few octets.
private struct Word: Hashable {
    private var first: UInt64 = 0
    private var last: UInt64 = 0

    init?(_ octets: some Collection<UInt8>) {
        guard octets.count <= 16 else { return nil }
        for octet in octets {
            last = last << 8 | first >> 56
            first = first << 8 | UInt64(octet)
        }
    }
}
