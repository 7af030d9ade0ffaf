/// Tells the language of a text by its commonest words; no model, no download.
enum Language {
    /// Words that are common in one of the languages and rare or absent in the others.
    private static let words: [String: [String]] = [
        "da": [
            "jeg", "ikke", "og", "det", "vi", "har", "til", "af", "hvad", "jer", "jeres", "også", "kunne", "gerne",
            "et",
            "fra", "med", "er", "på", "hej", "kan", "vil", "hvor", "noget", "mig", "os", "bliver", "der", "som", "i",
            "for", "to",
            "en", "at", "de", "den", "skal", "om", "have", "brug", "vores", "denne", "eller", "men", "når", "hos",
            "din",
        ],
        "en": [
            "the", "and", "we", "is", "are", "you", "of", "to", "would", "your", "our", "with", "for", "have", "please",
            "what", "this", "that", "can", "i", "hi", "it", "be", "not", "us",
        ],
        "sv": [
            "i", "om", "den", "de", "en", "jag", "inte", "och", "det", "vi", "har", "till", "av", "vad", "er", "också",
            "kunna", "ett", "från", "är", "att", "hej", "som", "för",
        ],
        "no": [
            "i", "for", "om", "den", "de", "en", "at", "skal", "vil", "kan", "med", "er", "på", "som", "jeg", "ikke",
            "og", "det", "vi", "har", "til", "av", "hva", "dere", "også", "kunne", "gjerne", "et", "fra", "hei", "noe",
            "meg", "oss", "blir",
        ],
        "de": [
            "den", "ich", "nicht", "und", "das", "wir", "haben", "zu", "von", "was", "sie", "auch", "ist", "mit", "der",
            "die", "für", "ein", "hallo",
        ],
        "nl": [
            "om", "den", "of", "ik", "niet", "en", "het", "wij", "hebben", "van", "wat", "u", "ook", "is", "met", "de",
            "een", "voor",
        ],
        "fr": [
            "je", "ne", "pas", "et", "le", "la", "nous", "avons", "de", "vous", "aussi", "est", "avec", "les", "pour",
        ],
        "es": ["yo", "no", "y", "el", "la", "nosotros", "de", "que", "usted", "también", "es", "con", "los", "para"],
    ]

    private static let table: [String: [String]] = {
        var table: [String: [String]] = [:]
        for (language, words) in words {
            for word in words { table[word, default: []].append(language) }
        }
        return table
    }()

    /// ISO 639-1 code, or `nil` when too little speaks for one.
    static func detect(_ text: String) -> String? {
        var scores: [String: Double] = [:]
        let head = text.utf8.prefix(4000)
        let words = Substring(head).split { !$0.isLetter }.prefix(400)
        for word in words {
            guard let languages = table[word.lowercased()] else { continue }
            // A word of several languages says less.
            for language in languages { scores[language, default: 0] += 1 / Double(languages.count) }
        }
        // Letters that only some write.
        for scalar in Substring(head).unicodeScalars {
            switch scalar {
            case "æ", "ø", "Æ", "Ø":
                scores["da", default: 0] += 0.3
                scores["no", default: 0] += 0.25
            case "å": for language in ["da", "no", "sv"] { scores[language, default: 0] += 0.1 }
            case "ä", "ö": for language in ["sv", "de"] { scores[language, default: 0] += 0.2 }
            case "ß", "ü": scores["de", default: 0] += 0.3
            default: break
            }
        }
        let best = scores.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best.flatMap { $0.value >= 1 ? $0.key : nil }
    }
}
