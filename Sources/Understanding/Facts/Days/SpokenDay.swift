import Rules

/// A day as people name it, relative to the day they write: `inden fredag`, `udgangen af februar`, `uge 7`.
struct SpokenDay: Sendable {
    /// What the words before a day make of it.
    enum Bound: Sendable {
        /// `inden`, `senest`, `by`.
        case limit
        /// A day of the next two weeks, named by itself: `på torsdag`, `i næste uge`.
        case near
        case open
        /// `fra 1. marts`, `i foråret`: a limit only where something must be.
        case start
        /// `efter nytår`, `ikke før marts`, or a day that is past.
        case never
    }

    var tokens: Range<Int>
    var day: CalendarDay
    var bound = Bound.open

    private static let limits: Set = [
        "inden", "senest", "seneste", "før", "til", "by", "before", "until", "latest", "than", "within",
    ]
    private static let befores: Set = ["før", "before"]
    private static let negations: Set = ["ikke", "not", "never", "aldrig", "først"]
    private static let starts: Set = ["fra", "from"]
    private static let afters: Set = ["efter", "after", "tidligst", "earliest", "siden", "since"]
    /// A date without a year that was a little while ago is hardly meant for next year.
    private static let justPast = 300

    /// All days named in a text, in its order.
    static func all(in tokens: [Token], from today: CalendarDay) -> [SpokenDay] {
        let reader = DayReader(tokens: tokens, today: today)
        var days: [SpokenDay] = []
        var index = 0
        while index < tokens.count {
            guard var found = reader.day(at: index) else {
                index += 1
                continue
            }
            found.bound = bound(of: found, tokens, today)
            days.append(found)
            index = max(index + 1, found.tokens.upperBound)
        }
        return days
    }

    private static func bound(of found: SpokenDay, _ tokens: [Token], _ today: CalendarDay) -> Bound {
        let start = found.tokens.lowerBound
        let before = tokens[max(0, start - 4)..<start].filter { $0.sentence == tokens[start].sentence }.map(\.word)
        if let last = before.lastIndex(where: { limits.contains($0) || starts.contains($0) || afters.contains($0) }),
            // `fra` and `efter` stand right before the day, an article between.
            limits.contains(before[last]) || last >= before.count - 2
        {
            if starts.contains(before[last]) { return .start }
            if afters.contains(before[last]) { return .never }
            return isNegated(start, before[last], tokens) ? .never : .limit
        }
        if found.bound != .open { return found.bound }
        return found.day.dayNumber - today.dayNumber > justPast && found.isYearAssumed ? .never : .open
    }

    /// Whether the year was not said.
    var isYearAssumed = false

    /// `ikke … før marts`.
    private static func isNegated(_ start: Int, _ word: String, _ tokens: [Token]) -> Bool {
        befores.contains(word)
            && tokens[max(0, start - 5)..<start].contains {
                $0.clause == tokens[start].clause && negations.contains($0.word)
            }
    }
}
