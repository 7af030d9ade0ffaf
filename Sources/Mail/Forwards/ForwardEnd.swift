/// Where a forwarded mail seems to end within the text of another, and the forwarder's own words to go on.
///
/// Who wrote what stands below is never certain: a customer may write the line that ends a forward as well, or answer below
/// what they quote.
enum ForwardEnd {
    /// What was forwarded, and what the forwarder wrote below the line that ends it.
    ///
    /// Forwards within it have ends of their own; a second one below it stays with the first.
    static func divide(_ lines: ArraySlice<TextLine>) -> (forwarded: ArraySlice<TextLine>, note: ArraySlice<TextLine>) {
        guard let end = end(of: lines) else { return (lines, []) }
        let below = lines[(end + 1)...]
        guard let next = below.firstIndex(where: { ForwardMarkers.meaning(of: $0) == .forward }) else {
            return (lines[..<end], below)
        }
        return (lines[..<end] + below[next...], below[..<next])
    }

    private static func end(of lines: ArraySlice<TextLine>) -> Int? {
        guard lines.contains(where: ForwardMarkers.isEnd) else { return nil }
        var open = 0
        for index in lines.indices {
            if ForwardMarkers.isEnd(lines[index]) {
                if open == 0 { return index }
                open -= 1
            } else if ForwardMarkers.meaning(of: lines[index]) == .forward {
                open += 1
            }
        }
        return nil
    }

    /// Where the forwarder's words begin below a mail that is set off with `>`: behind a blank line, as a line of it may
    /// have lost its mark when it was broken.
    static func belowQuotation(_ lines: ArraySlice<TextLine>) -> Int {
        guard lines.first(where: { !$0.isBlank })?.isQuotation ?? false,
            let last = lines.lastIndex(where: \.isQuotation), last + 1 < lines.endIndex, lines[last + 1].isBlank
        else { return lines.endIndex }
        return last + 1
    }
}
