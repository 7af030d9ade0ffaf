/// The span of time that a number is said for.
enum Period: Sendable {
    case day, week, fortnight, month, quarter, halfYear, year

    private static let names: [String: Period] = [
        "dag": .day, "dagen": .day, "day": .day, "hverdag": .day, "hverdagen": .day, "arbejdsdag": .day,
        "workday": .day, "døgn": .day, "uge": .week, "ugen": .week, "week": .week, "fortnight": .fortnight,
        "måned": .month, "måneden": .month, "md": .month, "mdr": .month, "month": .month, "kvartal": .quarter,
        "kvartalet": .quarter, "quarter": .quarter, "halvår": .halfYear, "halvåret": .halfYear, "år": .year,
        "året": .year, "year": .year, "annum": .year,
    ]
    private static let adverbs: [String: Period] = [
        "dagligt": .day, "daglige": .day, "daily": .day, "ugentligt": .week, "ugentlige": .week, "weekly": .week,
        "fortnightly": .fortnight, "biweekly": .fortnight, "månedligt": .month, "månedlig": .month,
        "månedlige": .month, "mdl": .month, "monthly": .month, "kvartalsvis": .quarter, "kvartalsvist": .quarter,
        "quarterly": .quarter, "halvårligt": .halfYear, "årligt": .year, "årlige": .year, "årlig": .year,
        "årsbasis": .year, "yearly": .year, "annually": .year, "annual": .year,
    ]
    private static let openers: Set = ["om", "pr", "per", "hver", "hvert", "a", "each", "every"]
    private static let every: Set = ["hver", "hvert", "every"]
    /// `hver anden uge`, `every two weeks`, `hvert halve år`: what is said between.
    private static let seconds: Set = ["anden", "andet", "other", "second", "two"]
    /// Behind `i`, which in `i dag` and `i år` means now.
    private static let definite: Set = ["ugen", "måneden", "kvartalet", "året", "døgnet", "halvåret"]
    private static let lasts: Set = ["sidste", "last"]
    private static let ands: Set = ["og", "and", "samt"]

    /// The one said closest behind the words, else before the number, in the same clause.
    static func find(
        in tokens: [Token], _ octets: [UInt8], near words: Range<Int>, number: Range<Int>
    ) -> (period: Period, tokens: Range<Int>)? {
        let clause = tokens[number.lowerBound].clause
        let end = max(words.upperBound, number.upperBound)
        let start = min(words.lowerBound, number.lowerBound)
        var isJoined = false
        for place in end..<min(end + 8, tokens.count) where tokens[place].clause == clause {
            if let found = phrase(in: tokens, octets, at: place) { return found }
            // Behind another number it is that one's.
            if isJoined, tokens[place].thousandths != nil { break }
            if ands.contains(tokens[place].word) { isJoined = true }
        }
        for place in (max(0, start - 8)..<start).reversed() + Array(start..<end) where tokens[place].clause == clause {
            if let found = phrase(in: tokens, octets, at: place) { return found }
            let word = tokens[place].word
            if lasts.contains(word), place + 1 < tokens.count, let period = names[tokens[place + 1].word] {
                return (period, place..<place + 2)
            }
        }
        return nil
    }

    /// The period that begins at a place: `om måneden`, `a month`, `monthly`, `hver 14. dag`, `/md`.
    static func phrase(
        in tokens: [Token], _ octets: [UInt8], at place: Int
    ) -> (period: Period, tokens: Range<Int>)? {
        guard tokens.indices.contains(place) else { return nil }
        let word = tokens[place].word
        if let period = adverbs[word] { return (period, place..<place + 1) }
        if octets[..<tokens[place].start].last == UInt8(ascii: "/"), let period = names[word] {
            return (period, place..<place + 1)
        }
        guard openers.contains(word) || word == "i", place + 1 < tokens.count else { return nil }
        let next = tokens[place + 1]
        if let period = names[next.word], word != "i" || definite.contains(next.word) {
            return (period, place..<place + 2)
        }
        guard every.contains(word), place + 2 < tokens.count else { return nil }
        return longer(between: next, tokens[place + 2].word).map { ($0, place..<place + 3) }
    }

    /// `14. dag`, `anden uge`, `halve år`, `six months`.
    private static func longer(between: Token, _ name: String) -> Period? {
        switch name {
        case "dag", "day", "days": return between.thousandths == 14_000 ? .fortnight : nil
        case "uge", "week", "weeks":
            return seconds.contains(between.word) || between.thousandths == 2000 ? .fortnight : nil
        case "år", "year": return ["halve", "half"].contains(between.word) ? .halfYear : nil
        case "måned", "måneder", "months":
            if between.word == "tredje" || between.word == "three" { return .quarter }
            return between.word == "sjette" || between.word == "six" ? .halfYear : nil
        default: return nil
        }
    }

    /// A number said for this period as one for a month, in whole units; months have 21 workdays.
    func perMonth(_ thousandths: Int) -> Int {
        let exact =
            switch self {
            case .day: thousandths * 21
            case .week: thousandths * 52 / 12
            case .fortnight: thousandths * 26 / 12
            case .month: thousandths
            case .quarter: thousandths / 3
            case .halfYear: thousandths / 6
            case .year: thousandths / 12
            }
        return self == .month ? exact : (exact + 500) / 1000 * 1000
    }
}
