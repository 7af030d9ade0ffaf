/// An amount in kroner: `150.000 kr.`, `DKK 80,000`, `150 t.kr.`, `1,5 mio. kr.`, `150.000,-`.
struct Amount: Sendable {
    var ore: Int
    var tokens: Range<Int>

    private static let scales: [String: Int] = [
        "t": 1000, "tkr": 1000, "k": 1000, "mio": 1_000_000, "million": 1_000_000, "millioner": 1_000_000,
    ]
    private static let currencies: Set = ["kr", "kroner", "dkk"]
    private static let foreign: Set = ["eur", "euro", "€", "usd", "$", "gbp", "sek", "nok"]
    /// Behind an amount without a currency: `95.000,00 excl. VAT`.
    private static let taxWords: Set = ["ekskl", "excl", "inkl", "incl", "eksklusive", "excluding", "plus"]
    /// More is no budget of our customers; it also keeps sums from overflowing.
    private static let limit = 100_000_000_000_00

    /// All amounts of a text in order, of a range the upper end; one for a period of time is not among them.
    static func all(in tokens: [Token], _ octets: [UInt8], _ numbers: [NumberPhrase]) -> [Amount] {
        numbers.compactMap { number in
            let amount = read(number, tokens, octets)
            return amount.flatMap { Period.phrase(in: tokens, octets, at: $0.tokens.upperBound) == nil ? $0 : nil }
        }
    }

    private static func read(_ number: NumberPhrase, _ tokens: [Token], _ octets: [UInt8]) -> Amount? {
        let word = { (index: Int) in tokens.indices.contains(index) ? tokens[index].word : "" }
        var end = number.tokens.upperBound
        var scale = 1
        let hasScale = scales[word(end)].map { scale = $0 } != nil
        if hasScale { end += 1 }
        let before = word(number.tokens.lowerBound - 1)
        let isBehind = currencies.contains(word(end)) || hasScale && word(end - 1) == "tkr"
        let isWritten =
            hasDash(tokens[end - 1].end, octets) || hasOre(tokens[end - 1], octets, before: word(end))
            || isBare(number, tokens)
        guard isBehind || currencies.contains(before) || isWritten, !foreign.contains(word(end)),
            !foreign.contains(before)
        else { return nil }
        if currencies.contains(word(end)) { end += 1 }
        let (ore, isTooMuch) = (number.value / 10).multipliedReportingOverflow(by: scale)
        guard !isTooMuch, ore > 0, ore < limit else { return nil }
        let start = currencies.contains(before) ? number.tokens.lowerBound - 1 : number.tokens.lowerBound
        return Amount(ore: ore, tokens: start..<end)
    }

    /// `150.000,-`.
    private static func hasDash(_ end: Int, _ octets: [UInt8]) -> Bool {
        octets[end...].starts(with: ",-".utf8) || octets[end...].starts(with: ".-".utf8)
    }

    private static let setters: Set = [
        "afsat", "aside", "budget", "budgettet", "på", "er", "of", "is", "to", "omkring", "ca", "about", "around",
    ]
    private static let purposes: Set = ["til", "for", "i", "in", "to", "all", "max", "maks"]

    /// `afsat 75.000 til projektet`, `up to 120k`: a round sum with nothing that it counts; beside a word for a budget it can
    /// be nothing else.
    private static func isBare(_ number: NumberPhrase, _ tokens: [Token]) -> Bool {
        let (start, end) = (number.tokens.lowerBound, number.tokens.upperBound)
        guard number.value >= 5_000_000, number.value % 500_000 == 0, start > 0,
            setters.contains(tokens[start - 1].word),
            tokens[start - 1].clause == tokens[start].clause
        else { return false }
        guard end < tokens.count, tokens[end].clause == tokens[start].clause else { return true }
        return purposes.contains(tokens[end].word) || taxWords.contains(tokens[end].word)
    }

    /// `95.000,00` before a word about tax.
    private static func hasOre(_ token: Token, _ octets: [UInt8], before word: String) -> Bool {
        guard taxWords.contains(word), token.end - token.start > 5 else { return false }
        let sign = octets[token.end - 3]
        return sign == UInt8(ascii: ",") || sign == UInt8(ascii: ".")
    }
}
