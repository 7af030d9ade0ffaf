import Mail
import Testing

@testable import Understanding

/// Numbers as people write them in words.
enum WrittenNumber {
    private static let danishOnes = [
        "nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tretten",
        "fjorten",
        "femten", "seksten", "sytten", "atten", "nitten",
    ]
    private static let danishTens = ["tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"]
    private static let englishOnes = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let englishTens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

    /// `to tusind tre hundrede og femogfyrre`; in one word without `space`.
    static func danish(_ number: Int, space: String) -> String {
        guard number >= 100 else { return small(number) }
        var parts: [String] = []
        let (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100)
        if thousands > 0 { parts += [thousands == 1 ? "et" : danishOnes[thousands], "tusind"] }
        if hundreds > 0 { parts += [hundreds == 1 ? "et" : danishOnes[hundreds], "hundrede"] }
        if rest > 0 { parts += ["og", small(rest)] }
        return parts.joined(separator: space)
    }

    private static func small(_ number: Int) -> String {
        if number < 20 { return danishOnes[number] }
        let ten = danishTens[number / 10 - 2]
        return number % 10 == 0 ? ten : danishOnes[number % 10] + "og" + ten
    }

    /// `two thousand three hundred and forty-five`.
    static func english(_ number: Int, joint: String = "-", and: String = " and ") -> String {
        guard number >= 100 else {
            if number < 20 { return englishOnes[number] }
            let ten = englishTens[number / 10 - 2]
            return number % 10 == 0 ? ten : ten + joint + englishOnes[number % 10]
        }
        var parts: [String] = []
        if number >= 1000 { parts.append(englishOnes[number / 1000] + " thousand") }
        if number / 100 % 10 > 0 { parts.append(englishOnes[number / 100 % 10] + " hundred") }
        let rest = number % 100
        let head = parts.joined(separator: " ")
        return rest == 0 ? head : head + and + english(rest, joint: joint)
    }
}

@Suite("Numbers in words")
struct NumberWordTests {
    private func read(_ text: String, _ language: String) -> [Int] {
        let octets = Array(text.utf8)
        let tokens = Tokenizer.tokens(of: octets)
        return NumberPhrase.all(in: tokens, octets, language: language).map(\.value)
    }

    @Test("every number from 0 to 9999 is read back in Danish, in several words and in one")
    func danish() {
        for number in 0...9999 where number != 1 {
            for space in [" ", ""] {
                let words = WrittenNumber.danish(number, space: space)
                let read = read("vi har \(words) fakturaer", "da")
                if read != [number * 1000] { Issue.record("\(words): \(read)") }
            }
        }
    }

    @Test("every number from 0 to 9999 is read back in English, with and without its hyphen and its and")
    func english() {
        for number in 0...9999 {
            for (joint, and) in [("-", " and "), (" ", " and "), ("-", " ")] {
                let words = WrittenNumber.english(number, joint: joint, and: and)
                let read = read("we have \(words) invoices", "en")
                if read != [number * 1000] { Issue.record("\(words): \(read)") }
            }
        }
    }

    @Test("every number from 0 to 9999 is read back in digits, grouped as either language does")
    func digits() {
        for number in 0...9999 {
            let grouped = { (sign: String) in
                number < 1000 ? "\(number)" : "\(number / 1000)\(sign)\(String(1000 + number % 1000).dropFirst())"
            }
            for words in ["\(number)", grouped("."), grouped(","), grouped(" "), grouped("\u{A0}"), "\(number),00"] {
                let read = read("vi har \(words) fakturaer", "da")
                if read != [number * 1000] { Issue.record("\(words): \(read)") }
            }
        }
    }

    @Test(
        "other ways to say a number",
        arguments: [
            ("femten hundrede", 1500.0), ("halvtredsindstyve", 50), ("toogtresindstyve", 62), ("tredve", 30),
            ("fem og tyve", 25), ("et par og tyve", 22), ("halvanden", 1.5), ("halvandet hundrede", 150),
            ("en halv snes", 10),
            ("to snes", 40), ("et par hundrede", 200), ("halvanden million", 1_500_000), ("ettusindetohundrede", 1200),
            ("tohundredetusinde", 200_000), ("tre en halv", 3.5), ("to et halvt tusind", 2500), ("hundrede og en", 101),
            ("twenty-three hundred", 2300), ("a hundred and one", 101), ("two and a half thousand", 2500),
            ("half a million", 500_000), ("two hundred thousand", 200_000), ("a couple of hundred", 200),
            ("1,5 mio", 1_500_000),
            ("2,5k", 2500),
        ] as [(String, Double)])
    func others(_ words: String, _ number: Double) {
        let language = words.contains("og") || words.contains("hal") || words.contains("to ") ? "da" : "en"
        #expect(read("\(words) invoices", language).first == Int(number * 1000))
    }
}
