/// Numbers as Danes and English people write them.
enum Numbers {
    /// Beyond it a number is no quantity of ours.
    static let limit = 1_000_000_000

    /// `900`, `3.500`, `3,500`, `3 500`, `2,5`, `1.234.567,50` in thousandths.
    ///
    /// A separator followed by three digits groups.
    static func read(_ octets: ArraySlice<UInt8>) -> Int? {
        guard octets.count <= 24 else { return nil }
        var groups = octets.split(omittingEmptySubsequences: true) { !Tokenizer.isDigit($0) }
        guard let first = groups.first else { return nil }
        var fraction = 0
        if groups.count > 1, let last = groups.last, last.count != 3 {
            guard last.count < 3 else { return nil }
            groups.removeLast()
            fraction = last.reduce(0) { $0 * 10 + Int($1) - 0x30 } * (last.count == 1 ? 100 : 10)
        }
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.count == 1 || first.count <= 3 else {
            return nil
        }
        var whole = 0
        for digit in groups.joined() {
            whole = whole * 10 + Int(digit) - 0x30
            guard whole < limit else { return nil }
        }
        return whole * 1000 + fraction
    }
}

/// Numbers written as words in both languages, in thousandths.
enum NumberWords {
    /// Words that are a number in one language and something else in the other: `to`, `fire`, `eleven`.
    static let onlyDanish: Set = ["to", "fire"]
    static let onlyEnglish: Set = ["eleven"]

    /// What multiplies the number before it.
    static let scales: [String: Int] = [
        "hundrede": 100, "hundred": 100, "tusind": 1000, "tusinde": 1000, "thousand": 1000, "mio": 1_000_000,
        "million": 1_000_000, "millioner": 1_000_000, "dusin": 12, "dozen": 12,
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

    /// Every word that a number may begin with, articles among them.
    static let beginnings = Set(values.keys).union(halves.keys).union(["en", "et", "a"])

    static let values: [String: Int] = danish.merging(english) { first, _ in first }.mapValues { $0 * 1000 }

    private static let danish: [String: Int] = {
        let ones = ["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
        let tens = [
            "tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "halvfjerds": 70, "firs": 80,
            "halvfems": 90,
        ]
        var values = [
            "ét": 1, "én": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10,
            "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17,
            "atten": 18, "nitten": 19, "dusin": 12, "snes": 20, "par": 2, "hundrede": 100, "ethundrede": 100,
            "tusind": 1000,
            "tusinde": 1000,
        ]
        for (ten, value) in tens {
            values[ten] = value
            for (index, one) in ones.enumerated() { values["\(one)og\(ten)"] = value + index + 1 }
        }
        for (index, one) in ones.dropFirst().enumerated() { values["\(one)hundrede"] = (index + 2) * 100 }
        return values
    }()

    private static let english: [String: Int] = {
        let ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        let teens = [
            "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
            "nineteen",
        ]
        var values = ["hundred": 100, "thousand": 1000, "dozen": 12, "couple": 2]
        for (index, one) in ones.enumerated() { values[one] = index + 1 }
        for (index, teen) in teens.enumerated() { values[teen] = index + 10 }
        for (index, ten) in tens.enumerated() {
            values[ten] = (index + 2) * 10
            for (unit, one) in ones.enumerated() { values["\(ten)-\(one)"] = (index + 2) * 10 + unit + 1 }
        }
        return values
    }()
}
