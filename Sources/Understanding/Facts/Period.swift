/// The span of time that a number is said for.
enum Period: Sendable {
    case day, week, month, year

    private static let names: [String: Period] = [
        "dag": .day, "dagen": .day, "day": .day, "dagligt": .day, "daily": .day, "uge": .week, "ugen": .week,
        "week": .week,
        "ugentligt": .week, "weekly": .week, "måned": .month, "måneden": .month, "md": .month, "mdr": .month,
        "month": .month, "månedligt": .month, "månedlige": .month, "monthly": .month, "år": .year, "året": .year,
        "year": .year, "årligt": .year, "årlige": .year, "årlig": .year, "yearly": .year, "annually": .year,
        "annual": .year,
    ]
    private static let adverbs: Set = [
        "dagligt", "daily", "ugentligt", "weekly", "månedligt", "månedlige", "monthly", "årligt", "årlige", "årlig",
        "yearly", "annually", "annual",
    ]
    private static let openers: Set = ["om", "pr", "per", "hver", "hvert", "a", "each", "every"]
    /// Behind `i`, which in `i dag` and `i år` means now.
    private static let definite: Set = ["ugen", "måneden", "året"]

    /// The one said closest behind the words, else before the number, in the same clause.
    static func find(
        in tokens: [Token], near words: Range<Int>, number: Range<Int>
    ) -> (period: Period, tokens: Range<Int>)? {
        let clause = tokens[number.lowerBound].clause
        let end = max(words.upperBound, number.upperBound)
        let start = min(words.lowerBound, number.lowerBound)
        let behind = end..<min(end + 8, tokens.count)
        let before = max(0, start - 8)..<start
        for place in Array(behind) + Array(before.reversed()) + Array(start..<end) {
            guard tokens[place].clause == clause, let period = names[tokens[place].word] else { continue }
            let opener = place > 0 ? tokens[place - 1].word : ""
            let isOpened = openers.contains(opener) || opener == "i" && definite.contains(tokens[place].word)
            guard isOpened || adverbs.contains(tokens[place].word) else { continue }
            return (period, (isOpened ? place - 1 : place)..<place + 1)
        }
        return nil
    }

    /// The tokens of a period that begins at a place: `om måneden`, `a month`, `monthly`.
    static func phrase(in tokens: [Token], at place: Int) -> Range<Int>? {
        guard tokens.indices.contains(place) else { return nil }
        if adverbs.contains(tokens[place].word) { return place..<place + 1 }
        guard openers.contains(tokens[place].word), tokens.indices.contains(place + 1),
            names[tokens[place + 1].word] != nil
        else { return nil }
        return place..<place + 2
    }

    /// A number said for this period as one for a month, in whole units; months have 21 workdays.
    func perMonth(_ thousandths: Int) -> Int {
        let exact =
            switch self {
            case .day: thousandths * 21
            case .week: thousandths * 52 / 12
            case .month: thousandths
            case .year: thousandths / 12
            }
        return self == .month ? exact : (exact + 500) / 1000 * 1000
    }
}
