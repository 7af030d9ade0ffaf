/// An amount in kroner: `150.000 kr.`, `DKK 80,000`, `150 t.kr.`, `1,5 mio. kr.`.
struct Amount: Sendable {
    var ore: Int
    var tokens: Range<Int>

    private static let scales: [String: Int] = [
        "t": 1000, "tkr": 1000, "k": 1000, "mio": 1_000_000, "million": 1_000_000, "millioner": 1_000_000,
    ]
    private static let currencies: Set = ["kr", "kroner", "dkk"]
    private static let foreign: Set = ["eur", "euro", "€", "usd", "$", "gbp", "sek", "nok"]
    /// More is no budget of our customers; it also keeps sums from overflowing.
    private static let limit = 100_000_000_000_00

    /// All amounts of a text in order; of a range the upper end.
    static func all(in tokens: [Token], _ numbers: [NumberPhrase]) -> [Amount] {
        numbers.compactMap { read($0, tokens) }
    }

    private static func read(_ number: NumberPhrase, _ tokens: [Token]) -> Amount? {
        let word = { (index: Int) in tokens.indices.contains(index) ? tokens[index].word : "" }
        var end = number.tokens.upperBound
        var scale = 1
        let hasScale = scales[word(end)].map { scale = $0 } != nil
        if hasScale { end += 1 }
        let before = word(number.tokens.lowerBound - 1)
        let isBehind = currencies.contains(word(end)) || hasScale && word(end - 1) == "tkr"
        guard isBehind || currencies.contains(before), !foreign.contains(word(end)) else { return nil }
        if currencies.contains(word(end)) { end += 1 }
        let (ore, isTooMuch) = (number.value / 10).multipliedReportingOverflow(by: scale)
        guard !isTooMuch, ore > 0, ore < limit else { return nil }
        let start = currencies.contains(before) ? number.tokens.lowerBound - 1 : number.tokens.lowerBound
        return Amount(ore: ore, tokens: start..<end)
    }
}
