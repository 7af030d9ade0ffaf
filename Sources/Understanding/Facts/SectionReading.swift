import Mail
import Rules

/// One section of a letter, taken apart, and how facts of each kind are read in it.
struct SectionReading {
    let letter: Letter
    let section: Evidence.Section
    let text: String
    let tokens: [Token]

    func fact(_ rule: FactRule, _ matches: [Range<Int>]) -> Fact? {
        switch rule.kind {
        case .flag:
            return matches.first.map {
                Fact(name: rule.name, value: .flag(true), unit: rule.unit, evidence: evidence(clause(around: $0)))
            }
        case .number: return number(rule, matches)
        case .money:
            return matches.lazy.compactMap { match in
                amount(near: match).map {
                    Fact(name: rule.name, value: .money(ore: $0.ore), unit: "DKK", evidence: evidence($0.span))
                }
            }.first
        case .percent:
            return matches.lazy.compactMap { match in
                percent(near: match).map {
                    Fact(name: rule.name, value: .number(thousandths: $0.value), unit: "%", evidence: evidence($0.span))
                }
            }.first
        case .day:
            return matches.lazy.compactMap { match in
                day(near: match).map {
                    Fact(name: rule.name, value: .day($0.day), evidence: evidence($0.span))
                }
            }.first
        }
    }

    // MARK: Spans

    /// From the first to the last token of the clause that holds the tokens.
    func clause(around range: Range<Int>) -> Range<Int> { span(around: range, by: \.clause) }

    func sentence(around range: Range<Int>) -> Range<Int> { span(around: range, by: \.sentence) }

    private func span(around range: Range<Int>, by key: KeyPath<Token, Int>) -> Range<Int> {
        let wanted = tokens[range.lowerBound][keyPath: key]
        let last = tokens[range.upperBound - 1][keyPath: key]
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, tokens[start - 1][keyPath: key] == wanted { start -= 1 }
        while end < tokens.count, tokens[end][keyPath: key] == last { end += 1 }
        return start..<end
    }

    /// The words of tokens as they stand in the text; of a very long span the part around its start.
    func evidence(_ range: Range<Int>) -> Evidence {
        let start = tokens[range.lowerBound].start
        var last = range.upperBound - 1
        while last > range.lowerBound, tokens[last].end - start > 300 { last -= 1 }
        let length = tokens[last].end - start
        let octets = text.utf8
        let from = octets.index(octets.startIndex, offsetBy: start)
        let to = octets.index(from, offsetBy: length)
        return letter.evidence(String(Substring(octets[from..<to])), offset: start, length: length, in: section)
    }

    // MARK: Numbers

    /// A number shortly before the words, or right behind them; several in one sentence add up where the rule says so.
    private func number(_ rule: FactRule, _ matches: [Range<Int>]) -> Fact? {
        var groups: [(value: Int, span: Range<Int>, place: Int)] = []
        for match in matches {
            guard let place = numberPlace(near: match), let value = tokens[place].thousandths, value > 0,
                !groups.contains(where: { $0.place == place })
            else { continue }
            groups.append((value, min(place, match.lowerBound)..<max(place + 1, match.upperBound), place))
        }
        guard let first = groups.first else { return nil }
        let sentence = tokens[first.place].sentence
        let parts = rule.addsUp ? groups.filter { tokens[$0.place].sentence == sentence } : [first]
        let start = parts.map(\.span.lowerBound).min() ?? first.span.lowerBound
        let end = parts.map(\.span.upperBound).max() ?? first.span.upperBound
        let sum = parts.reduce(0) { $0 + $1.value }
        return Fact(
            name: rule.name, value: .number(thousandths: sum), unit: rule.unit,
            evidence: evidence(widened(start..<end)))
    }

    private func numberPlace(near match: Range<Int>) -> Int? {
        let sentence = tokens[match.lowerBound].sentence
        let isQuantity = { (place: Int) in
            guard tokens.indices.contains(place), tokens[place].sentence == sentence, tokens[place].thousandths != nil
            else {
                return false
            }
            let next = place + 1 < tokens.count ? tokens[place + 1].word : ""
            let before = place > 0 ? tokens[place - 1].word : ""
            // Seven digits without a separator are the name of something, not how many there are.
            guard tokens[place].word.utf8.count < 7 || !tokens[place].word.utf8.allSatisfy(Tokenizer.isDigit) else {
                return false
            }
            return !["%", "procent", "percent", "kr", "kroner", "dkk"].contains(next) && before != "kr"
                && before != "dkk"
        }
        for distance in 1...4 where isQuantity(match.lowerBound - distance) { return match.lowerBound - distance }
        return isQuantity(match.upperBound) ? match.upperBound : nil
    }

    /// With the word in front that says how sure the number is.
    private func widened(_ range: Range<Int>) -> Range<Int> {
        let before = range.lowerBound - 1
        let hedges = [
            "omkring", "ca", "cirka", "omtrent", "op", "around", "about", "approx", "approximately", "roughly", "some",
        ]
        guard before >= 0, hedges.contains(tokens[before].word),
            tokens[before].sentence == tokens[range.lowerBound].sentence
        else { return range }
        return before..<range.upperBound
    }

    private func percent(near match: Range<Int>) -> (value: Int, span: Range<Int>)? {
        let sentence = sentence(around: match)
        for place in sentence where place + 1 < tokens.count {
            guard let value = tokens[place].thousandths, ["%", "procent", "percent"].contains(tokens[place + 1].word),
                value <= 100_000
            else { continue }
            return (value, sentence)
        }
        return nil
    }

    private func amount(near match: Range<Int>) -> (ore: Int, span: Range<Int>)? {
        let sentence = sentence(around: match)
        for place in sentence {
            guard let value = tokens[place].thousandths else { continue }
            let next = place + 1 < tokens.count ? tokens[place + 1].word : ""
            let before = place > 0 ? tokens[place - 1].word : ""
            let units = [
                "kr": 1, "kroner": 1, "dkk": 1, "tkr": 1000, "t": 1000, "mio": 1_000_000, "million": 1_000_000,
                "tusind": 1000,
            ]
            guard let scale = units[next] ?? (before == "dkk" || before == "kr" ? 1 : nil) else { continue }
            let (ore, isTooMuch) = (value / 10).multipliedReportingOverflow(by: scale)
            guard !isTooMuch, ore > 0, ore < 100_000_000_000_00 else { continue }
            return (ore, clause(around: place..<place + 1))
        }
        return nil
    }

    // MARK: Days

    private func day(near match: Range<Int>) -> (day: CalendarDay, span: Range<Int>)? {
        guard let written = letter.original.date.instant ?? letter.date.instant else { return nil }
        let sentence = sentence(around: match)
        guard
            let day = SpokenDay.read(
                tokens[match.lowerBound..<sentence.upperBound], from: CalendarDay(danishAt: written))
        else { return nil }
        return (day, clause(around: match))
    }
}
