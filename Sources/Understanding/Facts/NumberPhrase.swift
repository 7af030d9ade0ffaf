/// A number in a text: digits, words, both ends of a range, or a sum.
struct NumberPhrase: Sendable {
    var tokens: Range<Int>
    /// In thousandths; of a range the upper end.
    var value: Int
    /// Lower end of a range.
    var least: Int?
    /// What it is added up from: `14 + 4`, `2 x 12`.
    var parts: [Int] = []

    /// All numbers of a text in order.
    static func all(in tokens: [Token], _ octets: [UInt8], language: String?) -> [NumberPhrase] {
        let reader = NumberReader(
            tokens: tokens, octets: octets, languages: SentenceLanguages(tokens, language: language))
        var phrases: [NumberPhrase] = []
        var index = 0
        while index < tokens.count {
            guard let phrase = reader.phrase(at: index) else {
                index += 1
                continue
            }
            phrases.append(phrase)
            index = phrase.tokens.upperBound
        }
        return phrases
    }
}

/// Reads the number that starts at a token.
struct NumberReader {
    let tokens: [Token]
    let octets: [UInt8]
    let languages: SentenceLanguages

    private static let rangeWords: Set = ["til", "to", "eller", "or"]
    private static let betweenWords: Set = ["mellem", "between"]
    /// `en dags undervisning`, `a day of training`: an article counts before what is measured.
    private static let measured: Set = ["dags", "enkelt"]
    /// `flere hundrede` is no number.
    private static let vague: Set = ["flere", "mange", "adskillige", "nogle", "several", "many", "some", "few"]
    /// Summands of one sum at most.
    private static let limit = 20

    func phrase(at index: Int) -> NumberPhrase? {
        if let range = hyphenated(at: index) { return range }
        guard let (first, end) = number(at: index) else { return nil }
        let single = NumberPhrase(tokens: index..<end, value: first)
        guard end < tokens.count, tokens[end].sentence == tokens[index].sentence else { return single }
        return sum(single) ?? product(single) ?? range(single) ?? single
    }

    // MARK: Several numbers

    private enum Sign { case dash, plus, times }

    /// The sign alone that stands between a token and the one before it.
    private func sign(before index: Int) -> Sign? {
        let between = octets[tokens[index - 1].end..<tokens[index].start].drop { $0 == 0x20 }
        let bare = between.prefix { $0 != 0x20 }
        guard between.count - bare.count <= 1, bare.count <= 3 else { return nil }
        if bare.elementsEqual([UInt8(ascii: "-")]) || bare.elementsEqual([0xE2, 0x80, 0x93]) { return .dash }
        // A country code has no space behind its sign.
        if bare.elementsEqual([UInt8(ascii: "+")]) {
            return between.count > bare.count || tokens[index - 1].end + 1 == tokens[index].start ? .plus : nil
        }
        return bare.elementsEqual([0xC3, 0x97]) ? .times : nil
    }

    /// `14 + 4`.
    private func sum(_ first: NumberPhrase) -> NumberPhrase? {
        var phrase = first
        phrase.parts = [first.value]
        while phrase.parts.count < Self.limit, phrase.tokens.upperBound < tokens.count,
            sign(before: phrase.tokens.upperBound) == .plus, let (more, end) = number(at: phrase.tokens.upperBound),
            phrase.value + more <= Numbers.limit * 1000
        {
            phrase.parts.append(more)
            phrase.value += more
            phrase.tokens = phrase.tokens.lowerBound..<end
        }
        return phrase.parts.count > 1 ? phrase : nil
    }

    /// `2 x 12`.
    private func product(_ first: NumberPhrase) -> NumberPhrase? {
        let end = first.tokens.upperBound
        let isWord = ["x", "gange"].contains(tokens[end].word)
        guard isWord || sign(before: end) == .times, first.value % 1000 == 0,
            (2...Self.limit).contains(first.value / 1000), let (each, last) = number(at: isWord ? end + 1 : end),
            each <= Numbers.limit
        else { return nil }
        let parts = Array(repeating: each, count: first.value / 1000)
        return NumberPhrase(
            tokens: first.tokens.lowerBound..<last, value: parts.reduce(0, +), parts: parts)
    }

    private func range(_ first: NumberPhrase) -> NumberPhrase? {
        guard let start = secondStart(at: first.tokens.upperBound, from: first.tokens.lowerBound),
            let (second, last) = number(at: start)
        else { return nil }
        // `100-150.000`: what is left out of the first is meant.
        let scaled = first.value < 1_000_000 && first.value * 1000 < second ? first.value * 1000 : first.value
        guard scaled < second else { return nil }
        return NumberPhrase(tokens: first.tokens.lowerBound..<last, value: second, least: scaled)
    }

    /// Where the upper end of a range would start: behind a dash or a word for it.
    private func secondStart(at end: Int, from index: Int) -> Int? {
        if sign(before: end) == .dash { return end }
        let isBetween = index > 0 && Self.betweenWords.contains(tokens[index - 1].word)
        let word = tokens[end].word
        return Self.rangeWords.contains(word) || isBetween && ["og", "and"].contains(word) ? end + 1 : nil
    }

    /// `ti-tolv` in one word.
    private func hyphenated(at index: Int) -> NumberPhrase? {
        let word = tokens[index].word
        guard tokens[index].thousandths == nil, word.utf8.contains(UInt8(ascii: "-")), NumberWords.value(word) == nil
        else { return nil }
        let ends = word.split(separator: "-").map { NumberWords.value(String($0)) }
        guard ends.count == 2, let least = ends[0], let most = ends[1], least < most else { return nil }
        return NumberPhrase(tokens: index..<index + 1, value: most, least: least)
    }

    // MARK: One number

    private func word(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].word : "" }

    /// Digits or words with the scales behind them: `3 tusind`, `to hundrede og halvtreds`.
    private func number(at index: Int) -> (value: Int, end: Int)? {
        guard index < tokens.count, let first = small(at: index) else { return nil }
        var (total, current, end) = (0, first.value, first.end)
        // What is added behind a scale is less than it.
        var room = NumberWords.scaleAtEnd(of: tokens[end - 1].word) ?? 0
        if room > 100 { (total, current) = (current, 0) }
        while end < tokens.count, tokens[end].sentence == tokens[index].sentence {
            if let scale = scale(at: end), scale > 100 || current < 100_000 {
                current *= scale
                guard total + current <= Numbers.limit * 1000 else { return nil }
                if scale > 100 { (total, current) = (total + current, 0) }
                room = scale
                end += 1
                continue
            }
            guard room >= 100, let more = addend(at: end), more.value < room * 1000 else { break }
            current += more.value
            room = NumberWords.scaleAtEnd(of: tokens[more.end - 1].word) ?? 0
            end = more.end
        }
        return (total + current, end)
    }

    /// What is added behind a scale: `og femogtyve`, `three hundred`, `et hundrede`.
    private func addend(at index: Int) -> (value: Int, end: Int)? {
        let isJoined = ["og", "and"].contains(word(index))
        let start = isJoined ? index + 1 : index
        guard tokens.indices.contains(start), tokens[start].thousandths == nil else { return nil }
        if NumberWords.articles.contains(word(start)) {
            // `to hundrede og en halv` is a half more, `et par` no number.
            let isAlone = isJoined && !["halv", "halvt", "par"].contains(word(start + 1))
            return isAlone || scale(at: start + 1) == 100 ? (1000, start + 1) : nil
        }
        return small(at: start)
    }

    /// A number without scales: digits, one word, or the words of one below a hundred.
    private func small(at index: Int) -> (value: Int, end: Int)? {
        if let digits = tokens[index].thousandths { return withHalf(digits, index + 1) }
        guard NumberWords.beginsNumber(tokens[index].word) else { return nil }
        if let half = NumberWords.halves[tokens[index].word] { return self.half(half, at: index) }
        guard let value = simple(at: index) else { return nil }
        let next = word(index + 1)
        // `fem og tyve`, `et par og tyve`.
        if (1000..<10_000).contains(value), next == "og", let tens = NumberWords.value(word(index + 2)), isTens(tens) {
            return (value + tens, index + 3)
        }
        if tokens[index].word == "par" || tokens[index].word == "couple" { return counted(value, at: index) }
        // `twenty five`.
        if isTens(value), let ones = NumberWords.value(next), (1000..<10_000).contains(ones), next != "par",
            next != "couple",
            languages.isNumber(next, sentence: tokens[index].sentence)
        {
            return (value + ones, index + 2)
        }
        return withHalf(value, index + 1)
    }

    private func isTens(_ value: Int) -> Bool { value % 10_000 == 0 && (20_000...90_000).contains(value) }

    /// `et par hundrede`, `a couple of hundred`; alone it is no number.
    private func counted(_ value: Int, at index: Int) -> (value: Int, end: Int)? {
        let end = word(index + 1) == "of" ? index + 2 : index + 1
        return NumberWords.scales[word(end)] == nil ? nil : (value, end)
    }

    /// `halvanden dag`, and before a scale `et halvt dusin`, `half a dozen`.
    private func half(_ value: Int, at index: Int) -> (value: Int, end: Int)? {
        let end = word(index + 1) == "a" ? index + 2 : index + 1
        return value > 1000 || NumberWords.scales[word(end)] != nil ? (value, end) : nil
    }

    /// With `og en halv` behind it.
    private func withHalf(_ value: Int, _ end: Int) -> (value: Int, end: Int) {
        for half in NumberWords.addedHalves where half[0] == word(end) {
            let last = end + half.count
            if last <= tokens.count, tokens[end..<last].map(\.word) == half { return (value + 500, last) }
        }
        return (value, end)
    }

    private func simple(at index: Int) -> Int? {
        let token = tokens[index]
        if token.word == "en" || token.word == "et" { return Self.measured.contains(word(index + 1)) ? 1000 : nil }
        if token.word == "a" { return word(index + 1) == "day" && word(index + 2) == "of" ? 1000 : nil }
        guard let value = NumberWords.value(token.word), languages.isNumber(token.word, sentence: token.sentence)
        else { return nil }
        let before = word(index - 1)
        if token.word == "one", word(index + 1) == "of" || before == "no" { return nil }
        if NumberWords.scales[token.word] != nil, Self.vague.contains(before) { return nil }
        return value
    }

    private func scale(at index: Int) -> Int? {
        guard tokens.indices.contains(index) else { return nil }
        let word = tokens[index].word
        if let scale = NumberWords.scales[word] { return scale }
        guard let scale = NumberWords.attachedScales[word], index > 0, tokens[index - 1].thousandths != nil,
            tokens[index - 1].end == tokens[index].start
        else { return nil }
        return scale
    }
}
