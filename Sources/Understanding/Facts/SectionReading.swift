import FoundationEssentials
import Mail
import Rules

/// One section of a letter, taken apart, and how facts of each kind are read in it.
struct SectionReading {
    /// Words of one fact that are looked at in one section, and amounts and days among them; more is no letter.
    private static let limit = 64

    let letter: Letter
    let section: Evidence.Section
    let octets: [UInt8]
    let tokens: [Token]
    let fields: LabelledFields
    let numbers: [NumberPhrase]
    /// The file that the section is the text of.
    private let attachment: ReadAttachment?
    private let today: CalendarDay?
    private let days: [SpokenDay]
    let amounts: [Amount]

    /// Octets of a file that are looked at; what comes later is hardly about what is wanted.
    private static let longestFile = 32 << 10

    /// `nil` for a section without words; of an attachment, it is its text.
    init?(_ letter: Letter, _ section: Evidence.Section, of attachment: ReadAttachment? = nil) {
        octets =
            attachment.map { Array($0.text.utf8.prefix(Self.longestFile)) } ?? Array(letter.content(of: section).utf8)
        let lines = LabelledLines(octets)
        tokens = Tokenizer.tokens(of: octets, lines)
        guard !tokens.isEmpty else { return nil }
        fields = LabelledFields(lines, tokens)
        self.letter = letter
        self.section = section
        self.attachment = attachment
        numbers = NumberPhrase.all(in: tokens, octets, language: letter.language)
        // Our own note was written when the mail was sent on.
        let written = section == .note ? letter.date.instant : letter.original.date.instant
        today = (written ?? letter.date.instant).map { CalendarDay(danishAt: $0) }
        days = today.map { [tokens] in SpokenDay.all(in: tokens, from: $0) } ?? []
        amounts = Amount.all(in: tokens, octets, numbers)
    }

    /// `outside`: clauses that tell something else, whose amounts and days are not meant.
    func fact(
        _ rule: FactRule, _ matches: [Range<Int>], _ groups: [QuantityReading.Group], outside: Set<Int>
    ) -> Fact? {
        switch rule.kind {
        case .flag:
            matches.first.map {
                Fact(name: rule.name, value: .flag(true), unit: rule.unit, evidence: evidence(clause(around: $0)))
            }
        case .number: number(rule, groups)
        case .money:
            nearest(amounts.filter { isWithin($0.tokens, outside) }, \.tokens, to: matches).map { amount, match in
                Fact(
                    name: rule.name, value: .money(ore: amount.ore), unit: "DKK",
                    evidence: evidence(span(match, amount.tokens)))
            }
        case .percent:
            nearest(percentages, \.tokens, to: matches).map { percentage, match in
                Fact(
                    name: rule.name, value: .number(thousandths: percentage.value), unit: "%",
                    evidence: evidence(sentence(around: match)))
            }
        case .day:
            nearest(
                days.filter { counts($0, rule, matches) && isWithin($0.tokens, outside) }, \.tokens, to: matches
            ).map { day, match in
                Fact(name: rule.name, value: .day(day.day), evidence: evidence(span(match, day.tokens)))
            }
        case .choice: nil
        }
    }

    private func isWithin(_ tokens: Range<Int>, _ outside: Set<Int>) -> Bool {
        !outside.contains(self.tokens[tokens.lowerBound].clause)
    }

    /// `fra`, `forlader`: what stands behind is what somebody leaves.
    private static let departures: Set = ["fra", "forlader", "from", "leaving", "leave"]

    /// The value named first; not one that is left for another.
    func choice(_ rule: FactRule, _ matches: [(choice: Int, tokens: Range<Int>)]) -> Fact? {
        let kept = matches.first { match in
            let before = match.tokens.lowerBound - 1
            return before < 0 || !Self.departures.contains(tokens[before].word)
        }
        return (kept ?? matches.first).map {
            Fact(name: rule.name, value: .text(rule.choices[$0.choice].value), evidence: evidence($0.tokens))
        }
    }

    // MARK: Spans

    private static let conjunctions: Set = ["og", "and", "men", "but", "så", "so", "samt", "or", "eller"]

    /// From the first to the last token of the clause that holds the tokens, without the word that joins it on.
    func clause(around range: Range<Int>) -> Range<Int> {
        let clause = span(around: range, by: \.clause)
        let isJoined =
            clause.lowerBound < range.lowerBound && Self.conjunctions.contains(tokens[clause.lowerBound].word)
        return isJoined ? clause.lowerBound + 1..<clause.upperBound : clause
    }

    func sentence(around range: Range<Int>) -> Range<Int> { span(around: range, by: \.sentence) }

    private func span(around range: Range<Int>, by key: KeyPath<Token, Int>) -> Range<Int> {
        let wanted = tokens[range.lowerBound][keyPath: key]
        let last = tokens[range.upperBound - 1][keyPath: key]
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, tokens[start - 1][keyPath: key] == wanted { start -= 1 }
        while end < tokens.count, tokens[end][keyPath: key] == last { end += 1 }
        return start..<end
    }

    /// The clause of the words, and what was found with them where it stands outside.
    private func span(_ match: Range<Int>, _ found: Range<Int>) -> Range<Int> {
        let clause = clause(around: match)
        return min(clause.lowerBound, found.lowerBound)..<max(clause.upperBound, found.upperBound)
    }

    /// The words of tokens as they stand in the text; of a very long span the part around its start.
    func evidence(_ range: Range<Int>) -> Evidence {
        let start = tokens[range.lowerBound].start
        var last = range.upperBound - 1
        while last > range.lowerBound, tokens[last].end - start > 300 { last -= 1 }
        let end = tokens[last].end
        var evidence = letter.evidence(
            String(decoding: octets[start..<end], as: UTF8.self), offset: start, length: end - start, in: section)
        if let attachment {
            (evidence.part, evidence.attachment) = (attachment.attachment.contentType, attachment.name)
        }
        return evidence
    }

    // MARK: Numbers

    /// Groups in one sentence add up where the rule says so, unless one of them is their sum already.
    private func number(_ rule: FactRule, _ groups: [QuantityReading.Group]) -> Fact? {
        guard let first = groups.first else { return nil }
        let sentence = tokens[first.number.lowerBound].sentence
        var parts = [first]
        if rule.addsUp {
            for group in groups.dropFirst().prefix(Self.limit)
            where isCountedWith(group, sentence) && !parts.contains(where: { $0.number == group.number }) {
                parts.append(group)
            }
        }
        let monthly = { (group: QuantityReading.Group, value: Int) in
            rule.perMonth ? group.period?.perMonth(value) ?? value : value
        }
        let values = parts.map { monthly($0, $0.value) }
        let total = values.count > 2 ? values.firstIndex { $0 * 2 == values.reduce(0, +) } : nil
        // `Antal brugere: 18, heraf 4 ledere`.
        let isWhole = total == nil && first.isWhole
        let summands = parts.indices.filter { isWhole ? $0 == 0 : $0 != total }
        let counts = summands.flatMap { index in
            parts[index].parts.isEmpty ? [values[index]] : parts[index].parts.map { monthly(parts[index], $0) }
        }
        let least = summands.reduce(0) { $0 + monthly(parts[$1], parts[$1].least ?? parts[$1].value) }
        let start = parts.map(\.tokens.lowerBound).min() ?? first.tokens.lowerBound
        let end = parts.map(\.tokens.upperBound).max() ?? first.tokens.upperBound
        return Fact(
            name: rule.name, value: .number(thousandths: counts.reduce(0, +)),
            least: summands.contains { parts[$0].least != nil } ? least : nil, parts: counts.count > 1 ? counts : [],
            unit: rule.unit, evidence: evidence(widened(start..<end)))
    }

    private static let additions: Set = [
        "desuden", "derudover", "hertil", "også", "plus", "also", "additionally", "besides",
    ]

    /// In the same sentence, or in one that says it comes on top.
    private func isCountedWith(_ group: QuantityReading.Group, _ sentence: Int) -> Bool {
        let start = group.number.lowerBound
        if tokens[start].sentence == sentence { return true }
        guard tokens[start].sentence == sentence + 1 else { return false }
        return tokens[max(0, start - 8)..<start].contains {
            $0.sentence == tokens[start].sentence && Self.additions.contains($0.word)
        }
    }

    /// With the word in front that says how sure the number is.
    private func widened(_ range: Range<Int>) -> Range<Int> {
        let before = range.lowerBound - 1
        guard before >= 0, Hedges.words.contains(tokens[before].word),
            tokens[before].sentence == tokens[range.lowerBound].sentence
        else { return range }
        return before..<range.upperBound
    }

    private var percentages: [(value: Int, tokens: Range<Int>)] {
        numbers.compactMap { number in
            let next = number.tokens.upperBound
            guard next < tokens.count, ["%", "procent", "pct", "percent"].contains(tokens[next].word),
                number.value <= 100_000
            else { return nil }
            return (number.value, number.tokens.lowerBound..<next + 1)
        }
    }

    /// `Today it runs on paper` names no deadline, nor does a day that is past.
    private func counts(_ day: SpokenDay, _ rule: FactRule, _ matches: [Range<Int>]) -> Bool {
        guard let today, day.day >= today else { return false }
        switch day.bound {
        case .limit: return true
        case .near:
            // `Hvad koster det, og kan vi ses på torsdag` names no day for the price.
            let clause = tokens[day.tokens.lowerBound].clause
            return !rule.onlyLimits || matches.contains { tokens[$0.lowerBound].clause == clause }
        case .open: return day.day > today && !rule.onlyLimits
        // `Det skal køre fra 1. marts` is a limit all the same, `I am free from 1 March` none.
        case .start:
            return !rule.onlyLimits && tokens[clause(around: day.tokens)].contains { Self.musts.contains($0.word) }
        case .never: return false
        }
    }

    private static let musts: Set = [
        "skal", "vil", "gerne", "ønsker", "håber", "must", "has", "have", "should", "needs", "need", "want", "would",
        "hope", "like",
    ]

    // MARK: Nearness

    /// What stands nearest to one of the words: in their clause, else behind them in their sentence, else before.
    private func nearest<Found>(
        _ found: [Found], _ place: KeyPath<Found, Range<Int>>, to matches: [Range<Int>]
    ) -> (found: Found, match: Range<Int>)? {
        var best: (found: Found, match: Range<Int>, distance: Int)?
        for match in matches.prefix(Self.limit) {
            for candidate in found.prefix(Self.limit) {
                guard let distance = distance(candidate[keyPath: place], match), distance < best?.distance ?? .max
                else {
                    continue
                }
                best = (candidate, match, distance)
            }
        }
        return best.map { ($0.found, $0.match) }
    }

    private func distance(_ found: Range<Int>, _ match: Range<Int>) -> Int? {
        let (there, here) = (tokens[found.lowerBound], tokens[match.lowerBound])
        guard there.sentence == here.sentence else { return nil }
        let isBehind = found.lowerBound >= match.lowerBound
        let gap = isBehind ? found.lowerBound - match.upperBound : match.lowerBound - found.upperBound
        return max(gap, 0) * 2 + (isBehind ? 0 : 1) + (there.clause == here.clause ? 0 : isBehind ? 1000 : 2000)
    }
}
