/// Numbers written as words in both languages, in thousandths.
enum NumberWords {
    /// Words that are a number in one language and something else in the other: `to`, `fire`, `eleven`.
    static let onlyDanish: Set = ["to", "fire"]
    static let onlyEnglish: Set = ["eleven"]

    /// What multiplies the number before it.
    static let scales: [String: Int] = [
        "hundrede": 100, "hundred": 100, "tusind": 1000, "tusinde": 1000, "thousand": 1000, "mio": 1_000_000,
        "million": 1_000_000, "millioner": 1_000_000, "dusin": 12, "dozen": 12, "snes": 20,
    ]
    /// Only right behind digits: `1k`, `12t`.
    static let attachedScales: [String: Int] = ["k": 1000, "t": 1000]
    /// `halvandet hundrede`; `halv` and its like count only before a scale.
    static let halves: [String: Int] = [
        "halv": 500, "halvt": 500, "halve": 500, "half": 500, "halvanden": 1500, "halvandet": 1500,
    ]
    /// `to et halvt tusind`, `two and a half`: what adds a half to the number before it.
    static let addedHalves = [
        ["en", "halv"], ["et", "halvt"], ["og", "en", "halv"], ["og", "et", "halvt"], ["and", "a", "half"],
    ]
    /// What stands for one before a scale, and behind one: `to tusind et hundrede og en`.
    static let articles: Set = ["en", "et", "a"]

    /// Every word of its own that a number may begin with, articles among them.
    private static let beginnings = Set(values.keys).union(halves.keys).union(articles)

    static func beginsNumber(_ word: String) -> Bool { beginnings.contains(word) || compound(word) != nil }

    /// What a word alone is worth.
    static func value(_ word: String) -> Int? { values[word] ?? compound(word) }

    /// The scale that ends what a word says, such as 100 of `trehundrede`; what is added behind is less.
    static func scaleAtEnd(of word: String) -> Int? {
        if let scale = scales[word] { return scale }
        guard compound(word) != nil else { return nil }
        return word.hasSuffix("hundrede") ? 100 : word.hasSuffix("tusind") || word.hasSuffix("tusinde") ? 1000 : nil
    }

    // MARK: Danish numbers in one word

    /// Octets of the longest one: `nitusindnihundredeogsyvoghalvfjerdsindstyve` and its like.
    private static let longest = 60

    /// `trehundredeogfemogfyrre`, `totusindtrehundrede`.
    private static func compound(_ word: String) -> Int? {
        guard (8...longest).contains(word.utf8.count) else { return nil }
        for scale in ["tusind", "tusinde"] {
            guard let (thousands, rest) = split(word[...], at: scale),
                let more = rest.isEmpty ? 0 : hundreds(rest) ?? small(rest),
                let count = thousands.isEmpty ? 1000 : hundreds(thousands) ?? small(thousands)
            else { continue }
            return count * 1000 + more
        }
        return hundreds(word[...])
    }

    private static func hundreds(_ word: Substring) -> Int? {
        guard let (count, rest) = split(word, at: "hundrede"), let more = rest.isEmpty ? 0 : small(rest) else {
            return nil
        }
        return (count.isEmpty ? 1000 : small(count)).map { $0 * 100 + more }
    }

    /// Below a hundred.
    private static func small(_ word: Substring) -> Int? {
        if word == "et" || word == "en" { return 1000 }
        return values[String(word)].flatMap { (1000..<100_000).contains($0) ? $0 : nil }
    }

    /// What stands before and behind the word, a joining `og` left out.
    private static func split(_ word: Substring, at scale: String) -> (before: Substring, behind: Substring)? {
        guard let range = word.utf8.firstRange(of: scale.utf8) else { return nil }
        let behind = word[range.upperBound...]
        return (word[..<range.lowerBound], behind.hasPrefix("og") ? behind.dropFirst(2) : behind)
    }

    // MARK: Tables

    private static let values: [String: Int] = danish.merging(english) { first, _ in first }.mapValues { $0 * 1000 }

    private static let danish: [String: Int] = {
        let ones = ["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
        let tens = [
            "tyve": 20, "tredive": 30, "tredve": 30, "fyrre": 40, "fyrretyve": 40, "halvtreds": 50,
            "halvtredsindstyve": 50,
            "tres": 60, "tresindstyve": 60, "halvfjerds": 70, "halvfjerdsindstyve": 70, "firs": 80, "firsindstyve": 80,
            "halvfems": 90, "halvfemsindstyve": 90,
        ]
        var values = [
            "nul": 0, "ét": 1, "én": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9,
            "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17,
            "atten": 18, "nitten": 19, "dusin": 12, "snes": 20, "par": 2, "hundrede": 100, "tusind": 1000,
            "tusinde": 1000,
        ]
        for (ten, value) in tens {
            values[ten] = value
            for (index, one) in ones.enumerated() { values["\(one)og\(ten)"] = value + index + 1 }
        }
        return values
    }()

    private static let english: [String: Int] = {
        let ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        let teens = [
            "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
            "nineteen",
        ]
        var values = ["zero": 0, "hundred": 100, "thousand": 1000, "dozen": 12, "couple": 2]
        for (index, one) in ones.enumerated() { values[one] = index + 1 }
        for (index, teen) in teens.enumerated() { values[teen] = index + 10 }
        for (index, ten) in tens.enumerated() {
            values[ten] = (index + 2) * 10
            for (unit, one) in ones.enumerated() { values["\(ten)-\(one)"] = (index + 2) * 10 + unit + 1 }
        }
        return values
    }()
}
