/// A number in a text: digits, words, or both ends of a range.
struct NumberPhrase: Sendable {
    var tokens: Range<Int>
    /// In thousandths; of a range the upper end.
    var value: Int
    /// Lower end of a range.
    var least: Int?

    private static let rangeWords: Set = ["til", "to", "eller", "or"]
    private static let betweenWords: Set = ["mellem", "between"]
    /// `en dags undervisning`, `a day of training`: an article counts before what is measured.
    private static let articles: Set = ["en", "et"]
    private static let measured: Set = ["dags", "enkelt"]
    /// `flere hundrede` is no number.
    private static let vague: Set = ["flere", "mange", "adskillige", "nogle", "several", "many", "some", "few"]

    /// All numbers of a text in order.
    static func all(in tokens: [Token], _ octets: [UInt8], words: Numbers.Words) -> [NumberPhrase] {
        let reader = Reader(tokens: tokens, octets: octets, words: words)
        var phrases: [NumberPhrase] = []
        var index = 0
        while index < tokens.count {
            guard let phrase = reader.range(at: index) else {
                index += 1
                continue
            }
            phrases.append(phrase)
            index = phrase.tokens.upperBound
        }
        return phrases
    }

    private struct Reader {
        let tokens: [Token]
        let octets: [UInt8]
        let words: Numbers.Words

        func range(at index: Int) -> NumberPhrase? {
            guard let (first, end) = number(at: index) else { return nil }
            let single = NumberPhrase(tokens: index..<end, value: first)
            guard let start = secondStart(at: end, from: index), let (second, last) = number(at: start) else {
                return single
            }
            // `100-150.000`: what is left out of the first is meant.
            let least = first < 1_000_000 && first * 1000 < second ? first * 1000 : first
            guard least < second else { return single }
            return NumberPhrase(tokens: index..<last, value: second, least: least)
        }

        /// Where the upper end of a range would start: behind a dash or a word for it.
        private func secondStart(at end: Int, from index: Int) -> Int? {
            guard end < tokens.count, tokens[end].sentence == tokens[index].sentence else { return nil }
            let between = octets[tokens[end - 1].end..<tokens[end].start]
            if between.elementsEqual([UInt8(ascii: "-")]) || between.elementsEqual([0xE2, 0x80, 0x93]) { return end }
            let isBetween = index > 0 && betweenWords.contains(tokens[index - 1].word)
            let word = tokens[end].word
            return rangeWords.contains(word) || isBetween && ["og", "and"].contains(word) ? end + 1 : nil
        }

        /// Digits or words with the scales behind them: `3 tusind`, `to hundrede og halvtreds`.
        private func number(at index: Int) -> (value: Int, end: Int)? {
            guard index < tokens.count, let first = simple(at: index) else { return nil }
            var (total, current, end) = (0, first, index + 1)
            var hasScale = scale(of: tokens[index].word) != nil
            while end < tokens.count, tokens[end].sentence == tokens[index].sentence {
                if let scale = scale(of: tokens[end].word) {
                    current *= scale
                    guard total + current <= Numbers.limit * 1000 else { return nil }
                    if scale > 100 { (total, current) = (total + current, 0) }
                    hasScale = true
                    end += 1
                    continue
                }
                let isJoined = ["og", "and"].contains(tokens[end].word)
                let next = isJoined ? end + 1 : end
                guard hasScale, next < tokens.count, let more = words.values[tokens[next].word], more < 100 else {
                    break
                }
                current += more * 1000
                end = next + 1
            }
            return (total + current, end)
        }

        private func simple(at index: Int) -> Int? {
            let token = tokens[index]
            if let digits = token.thousandths { return digits }
            let next = index + 1 < tokens.count ? tokens[index + 1].word : ""
            if articles.contains(token.word), measured.contains(next) { return 1000 }
            if token.word == "a", next == "day", index + 2 < tokens.count, tokens[index + 2].word == "of" {
                return 1000
            }
            guard let value = words.values[token.word] else { return nil }
            let before = index > 0 ? tokens[index - 1].word : ""
            if token.word == "par", scale(of: next) == nil { return nil }
            if token.word == "one", next == "of" || before == "no" { return nil }
            if scale(of: token.word) != nil, vague.contains(before) { return nil }
            return value * 1000
        }

        private func scale(of word: String) -> Int? { words.scales[word] }
    }
}
