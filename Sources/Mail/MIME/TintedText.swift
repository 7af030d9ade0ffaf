/// Where a text is written in colours.
struct TintedText {
    private var spans: [(start: Int, end: Int, tint: Tint)] = []

    /// Spans of one text; more are no answers.
    private static let limit = 10_000

    /// Adds what was written from a place on; spans of one colour with nothing but space between are one.
    mutating func add(_ tint: Tint, _ start: Int, in octets: [UInt8]) {
        guard start < octets.count, spans.count < Self.limit else { return }
        // Spaces at the end may have been taken back since.
        if let last = spans.last, last.tint == tint, octets[min(last.end, start)..<start].allSatisfy({ $0 <= 0x20 }) {
            spans[spans.count - 1].end = octets.count
        } else {
            spans.append((start, octets.count, tint))
        }
    }

    /// Marks the lines that end in a colour; they are those of the text that was written.
    func mark(_ lines: inout [TextLine]) {
        guard !spans.isEmpty else { return }
        var next = 0
        for index in lines.indices where !lines[index].isBlank {
            let line = lines[index].octets
            while next < spans.count, spans[next].end <= line.startIndex { next += 1 }
            guard let span = spans[next...].prefix(while: { $0.start < line.endIndex }).last,
                span.end >= line.trimmingSpacesAtEnd.endIndex
            else { continue }
            let tail = line.endIndex - max(span.start, line.startIndex)
            lines[index].mark = .tinted(span.tint, tail: Int32(clamping: tail))
        }
    }
}
