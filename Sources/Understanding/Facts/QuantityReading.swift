import Rules

/// Which numbers of a text belong to which facts: each number to the nearest word that asks for one.
struct QuantityReading {
    /// A number and the words it belongs to.
    struct Group {
        var value: Int
        var least: Int?
        /// What the number itself is added up from.
        var parts: [Int]
        /// From the number to the end of the words and of the period said with them.
        var tokens: Range<Int>
        /// The number alone.
        var number: Range<Int>
        var period: Period?
        /// Whether a label asks for it, so that nothing said beside it is added.
        var isWhole = false
    }

    /// How far behind a number its word may stand.
    private static let reach = 4
    static let foreignUnits: Set = [
        "%", "procent", "pct", "percent", "kr", "kroner", "dkk", "eur", "euro", "usd", "dage", "days", "uger", "weeks",
        "måneder",
        "months", "år", "years", "års", "dages", "ugers", "måneders", "years'", "km", "ud", "minutter", "minutes",
        "timer", "hours", "gange", "times", "tkr", "€", "$",
    ]
    /// What stands behind one of these is a name or an amount, not how many there are.
    private static let counters: Set = [
        "uge", "week", "kl", "side", "page", "linje", "line", "nr", "no", "tlf", "telefon", "phone", "mobil", "mobile",
        "dkk", "kr", "faktura", "invoice", "kreditnota", "ordre", "order", "sag", "case", "ref", "reference", "konto",
        "account", "cpr", "cvr", "afsnit", "section", "punkt", "version",
    ]
    /// Endings of such words: `ordrenr. 2213`, `kundenummer 900`.
    private static let counterEndings = ["nr", "nummer", "number"]
    private static let yearOpeners: Set = ["i", "in", "siden", "since", "fra", "from", "år"]
    /// Behind one of these something else is spoken of: `12 butikker med kvitteringer`.
    private static let borders: Set = [
        "har", "får", "sender", "modtager", "er", "bliver", "vil", "skal", "kan", "have", "get", "send", "receive",
        "are", "no", "ingen", "will", "would", "want", "must", "need", "can", "og", "and", "med", "i", "på", "fra",
        "til", "for",
        "hos", "som", "der", "with", "in", "on", "from", "to", "at", "by", "that", "who", "which",
    ]
    /// `ikke 14 brugere`: what is not so.
    private static let negations: Set = ["ikke", "not"]
    /// `heraf`: a part of what was counted before.
    private static let partWords: Set = ["heraf", "hvoraf", "deraf", "inklusive", "inkl", "including", "which"]

    let tokens: [Token]
    let octets: [UInt8]
    /// Facts that are told for a period of time.
    private let perMonth: Set<Int>
    /// Tokens before which a fact's loose words count, by fact.
    private let openings: [Int: Set<Int>]
    let fields: LabelledFields
    /// Words by the token they begin with, and by the one behind them.
    private var starts: [Int: [Word]] = [:]
    private var ends: [Int: [(fact: Int, start: Int)]] = [:]

    /// A word of a fact, and where it ends.
    private struct Word {
        var fact: Int
        var end: Int
        var isLoose: Bool
    }

    /// A word of a fact in the text.
    struct Match {
        var fact: Int
        var tokens: Range<Int>
        var isLoose = false
    }

    init(
        tokens: [Token], octets: [UInt8], matches: [Match], perMonth: Set<Int>, openings: [Int: Set<Int>] = [:],
        fields: LabelledFields = LabelledFields()
    ) {
        self.fields = fields
        self.tokens = tokens
        self.octets = octets
        self.perMonth = perMonth
        self.openings = openings
        for match in matches {
            starts[match.tokens.lowerBound, default: []].append(
                Word(fact: match.fact, end: match.tokens.upperBound, isLoose: match.isLoose))
            ends[match.tokens.upperBound, default: []].append((match.fact, match.tokens.lowerBound))
        }
    }

    /// The groups of every fact, in the order of the text.
    func groups(of phrases: [NumberPhrase]) -> [Int: [Group]] {
        var groups: [Int: [Group]] = [:]
        for (index, phrase) in phrases.enumerated() {
            guard phrase.value > 0, !isPartOfLongerNumber(index, phrases), !isName(phrase) else { continue }
            if let labelled = labelled(phrase) {
                for (fact, group) in labelled { groups[fact, default: []].append(group) }
                continue
            }
            guard !isYear(phrase) else { continue }
            let before = word(phrase.tokens.lowerBound - 1)
            guard !isCounted(by: before), !Self.negations.contains(before) else { continue }
            let owners = owners(of: phrase)
            for (fact, words) in owners ?? latest(groups, of: phrase) {
                let period = Period.find(in: tokens, octets, near: words, number: phrase.tokens)
                let earlier = owners == nil ? groups[fact]?.last?.period : nil
                let start = min(phrase.tokens.lowerBound, words.lowerBound)
                var end = max(phrase.tokens.upperBound, words.upperBound)
                if let stop = period?.tokens.upperBound, stop > end, stop - end < 4 { end = stop }
                groups[fact, default: []].append(
                    Group(
                        value: phrase.value, least: phrase.least, parts: phrase.parts, tokens: start..<end,
                        number: phrase.tokens,
                        period: period?.period ?? earlier))
            }
        }
        return groups.mapValues { withoutPast(withoutParts($0)) }
    }

    func isCounted(by word: String) -> Bool {
        Self.counters.contains(word) || Self.counterEndings.contains { word.hasSuffix($0) }
    }

    /// The facts whose words stand nearest behind the number; else those set apart from it by a sign, or spoken of before
    /// a number with its period alone.
    private func owners(of phrase: NumberPhrase) -> [(fact: Int, words: Range<Int>)]? {
        let isPeriodic = Period.phrase(in: tokens, octets, at: phrase.tokens.upperBound) != nil
        let behind = wordsBehind(phrase)
        if !behind.isEmpty, !isPeriodic || behind.contains(where: { perMonth.contains($0.fact) }) { return behind }
        let labels = labels(of: phrase)
        guard labels.isEmpty, isPeriodic else { return labels.isEmpty ? nil : labels }
        let earlier = spokenOfBefore(phrase)
        return earlier.isEmpty ? (behind.isEmpty ? nil : behind) : earlier
    }

    func wordsBehind(_ phrase: NumberPhrase) -> [(fact: Int, words: Range<Int>)] {
        let end = phrase.tokens.upperBound
        let sentence = tokens[phrase.tokens.lowerBound].sentence
        for place in end..<min(end + Self.reach, tokens.count) {
            guard tokens[place].sentence == sentence else { break }
            let found = counted(starts[place] ?? [], by: phrase)
            if !found.isEmpty {
                return found.contains { isNextLabel(place..<$0.end, behind: end) }
                    ? [] : found.map { ($0.fact, place..<$0.end) }
            }
            if place == end, Self.foreignUnits.contains(tokens[place].word) { return [] }
            if Self.borders.contains(tokens[place].word) || tokens[place].thousandths != nil { break }
        }
        return []
    }

    /// Whether words set off from a number are the label of the next: `Brugere: 12, bilag pr. måned: 700`.
    private func isNextLabel(_ words: Range<Int>, behind end: Int) -> Bool {
        let between = octets[tokens[end - 1].end..<tokens[words.lowerBound].start]
        guard between.contains(where: { Self.dividers.contains($0) }) else { return false }
        for place in words.upperBound..<max(words.upperBound, min(words.upperBound + Self.reach, tokens.count)) {
            let signs = octets[tokens[place - 1].end..<tokens[place].start]
            if signs.contains(UInt8(ascii: ":")) || signs.contains(UInt8(ascii: "=")) { return true }
            if tokens[place].thousandths != nil || signs.contains(where: { Self.dividers.contains($0) }) { break }
        }
        return false
    }

    private static let dividers = Set(",;|/\t".utf8)

    /// The longest of the words that begin at one place: `people in accounting` are users, `people` employees.
    private func counted(_ words: [Word], by phrase: NumberPhrase) -> [Word] {
        let meant = words.filter { !$0.isLoose || isOpened(phrase, for: $0.fact) }
        guard let longest = meant.map(\.end).max() else { return [] }
        return meant.filter { $0.end == longest }
    }

    /// `Vi er ca. 40 mand`: right behind what opens it, a word at most between.
    private func isOpened(_ phrase: NumberPhrase, for fact: Int) -> Bool {
        let start = phrase.tokens.lowerBound
        return openings[fact].map { $0.contains(start) || $0.contains(start - 1) } ?? false
    }

    /// `Antal brugere: 14`, `Invoices per month: 900`; without a sign, as in `faktura 4471`, the number is a name.
    private func labels(of phrase: NumberPhrase) -> [(fact: Int, words: Range<Int>)] {
        let start = phrase.tokens.lowerBound
        guard start > 0, tokens[start].thousandths != nil, tokens[start - 1].sentence == tokens[start].sentence
        else { return [] }
        let between = octets[tokens[start - 1].end..<tokens[start].start]
        guard between.contains(UInt8(ascii: ":")) || between.contains(UInt8(ascii: "=")) else { return [] }
        let period = start > 2 ? Period.phrase(in: tokens, octets, at: start - 2) : nil
        let found = ends[start] ?? (period?.tokens.upperBound == start ? ends[start - 2] : nil) ?? []
        return found.map { ($0.fact, $0.start..<start) }
    }

    /// `We want invoices read, 650 a month`: the nearest words before it in its sentence that are told for a period.
    private func spokenOfBefore(_ phrase: NumberPhrase) -> [(fact: Int, words: Range<Int>)] {
        let start = phrase.tokens.lowerBound
        for place in (0..<start).reversed() {
            guard tokens[place].sentence == tokens[start].sentence else { break }
            let found = (starts[place] ?? []).filter { perMonth.contains($0.fact) }
            if !found.isEmpty { return found.map { ($0.fact, place..<$0.end) } }
        }
        return []
    }

    /// The words of facts that begin at a token.
    func words(at index: Int) -> [(fact: Int, words: Range<Int>)] {
        (starts[index] ?? []).map { ($0.fact, index..<$0.end) }
    }

    private func word(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].word : "" }

    /// Telephone and account numbers: digits in groups side by side.
    private func isPartOfLongerNumber(_ index: Int, _ phrases: [NumberPhrase]) -> Bool {
        let touches = { (left: Int, right: Int) in
            guard phrases.indices.contains(left), phrases.indices.contains(right) else { return false }
            let (first, second) = (phrases[left].tokens, phrases[right].tokens)
            return first.upperBound == second.lowerBound && tokens[first.upperBound - 1].thousandths != nil
                && tokens[second.lowerBound].thousandths != nil
                && tokens[second.lowerBound].start - tokens[first.upperBound - 1].end == 1
        }
        return touches(index - 1, index) || touches(index, index + 1)
    }

    /// Seven digits without a separator are the name of something, not how many there are.
    private func isName(_ phrase: NumberPhrase) -> Bool {
        let word = tokens[phrase.tokens.lowerBound].word.utf8
        return word.count >= 7 && word.allSatisfy(Tokenizer.isDigit)
    }

    func isYear(_ phrase: NumberPhrase) -> Bool {
        let token = tokens[phrase.tokens.lowerBound]
        guard phrase.tokens.count == 1, token.word.utf8.count == 4, (1990...2099).contains(phrase.value / 1000) else {
            return false
        }
        let before = word(phrase.tokens.lowerBound - 1)
        return Self.yearOpeners.contains(before) || Months.number(before, besideNumber: true) != nil
    }

    // MARK: Before and now

    private static let nows: Set = ["nu", "idag", "now", "today", "currently", "efterhånden"]
    private static let pasts: Set = [
        "før", "tidligere", "engang", "dengang", "fjor", "havde", "var", "fik", "plejede", "sidste", "before",
        "previously", "formerly", "used", "had", "was", "were", "last",
    ]
    /// What may stand behind a number that goes on from one said before: `nu er det 900`, `nu er det 900 om måneden`.
    private static let goingOn: Set = ["stykker", "stk", "i", "om", "pr", "per", "a", "og", "and", "of", "af"]

    /// `Før var det 700 fakturaer, nu er det 900`: a number alone, said of now, counts what was counted before.
    private func latest(_ groups: [Int: [Group]], of phrase: NumberPhrase) -> [(fact: Int, words: Range<Int>)] {
        let (start, end) = (phrase.tokens.lowerBound, phrase.tokens.upperBound)
        guard holds(Self.nows, beside: start) else { return [] }
        let isAlone =
            end == tokens.count || tokens[end].clause != tokens[start].clause || Self.goingOn.contains(word(end))
        guard isAlone else { return [] }
        return groups.compactMap { fact, found in
            guard let last = found.last, last.number.upperBound <= start,
                tokens[start].sentence - tokens[last.number.lowerBound].sentence <= 1,
                holds(Self.pasts, beside: last.number.lowerBound)
            else { return nil }
            let first = tokens[..<start].lastIndex { Self.nows.contains($0.word) }
            return (fact, (first ?? start)..<end)
        }
    }

    /// Whether one of the words stands in the clause of a token.
    private func holds(_ words: Set<String>, beside index: Int) -> Bool {
        let clause = tokens[index].clause
        return tokens[max(0, index - 12)..<min(index + 8, tokens.count)].contains {
            $0.clause == clause && words.contains($0.word)
        }
    }

    /// Without what was so before, where it is told what is so now.
    private func withoutPast(_ groups: [Group]) -> [Group] {
        guard groups.count > 1, groups.contains(where: { holds(Self.nows, beside: $0.number.lowerBound) }) else {
            return groups
        }
        return groups.filter {
            holds(Self.nows, beside: $0.number.lowerBound) || !holds(Self.pasts, beside: $0.number.lowerBound)
        }
    }

    /// Without what is said to be part of another number, `900 fakturaer, heraf 100 på papir`, or to come some day.
    private func withoutParts(_ groups: [Group]) -> [Group] {
        let whole = groups.filter { group in
            let (start, end) = (group.number.lowerBound, group.tokens.upperBound)
            let isPart = tokens[max(0, start - 10)..<start].contains {
                $0.clause == tokens[start].clause && Self.partWords.contains($0.word)
            }
            let isToCome = (end..<min(end + 2, tokens.count)).contains {
                tokens[$0].clause == tokens[start].clause && isLater(at: $0)
            }
            return !isPart && !isToCome
        }
        return whole.isEmpty ? groups : whole
    }

    /// `12 brugere til næste år`, `20 users later`.
    private func isLater(at index: Int) -> Bool {
        switch word(index) {
        case "senere", "later": true
        case "næste", "next": ["år", "year"].contains(word(index + 1))
        default: false
        }
    }
}
