/// Where the last few words of a text stand.
struct RecentWords {
    /// Enough for the longest label and the words around it.
    private static let limit = 8

    private var ranges: [Range<Int>] = []
    /// Where the line begins.
    private(set) var lineStart = 0

    mutating func append(_ range: Range<Int>) {
        // Those that are too old go many at a time: every word of a text comes by here.
        if ranges.count == Self.limit * 8 { ranges.removeFirst(Self.limit * 7) }
        ranges.append(range)
    }

    mutating func startLine(at index: Int) { lineStart = index }

    /// The words, the nearest first.
    var nearestFirst: ReversedCollection<ArraySlice<Range<Int>>> { ranges.suffix(Self.limit).reversed() }
}
