/// Where the last few words of a text stand.
struct RecentWords {
    /// Enough for the longest label and the words around it.
    private static let limit = 8

    private var ranges: [Range<Int>] = []
    /// Where the line begins.
    private(set) var lineStart = 0

    mutating func append(_ range: Range<Int>) {
        if ranges.count == Self.limit { ranges.removeFirst() }
        ranges.append(range)
    }

    mutating func startLine(at index: Int) { lineStart = index }

    /// The words, the nearest first.
    var nearestFirst: ReversedCollection<[Range<Int>]> { ranges.reversed() }
}
