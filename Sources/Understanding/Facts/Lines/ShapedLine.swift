/// What one line of a text looks like by itself.
struct ShapedLine {
    enum Shape: Equatable {
        case blank
        /// A label and its value: `Antal brugere: 12`, `Invoices per month  700`.
        case field(label: Range<Int>, value: Range<Int>)
        /// Few words that may be the label of the line below; their octets, without the sign behind them.
        case label(Range<Int>)
        /// A number and what measures it: `ca. 700 stk.`.
        case number
        /// Few words.
        case short
        case prose
    }

    /// In octets, without the mark of a list item and what space surrounds it.
    var content: Range<Int>
    var shape: Shape
    /// Whether a mark such as `-` or `1.` stands before it.
    var isItem = false
    /// Whether the sign between label and value may stand between the words of a sentence as well.
    var isDashed = false
    /// Columns of a table's row; one without tabs.
    var columns = 1

    /// All lines of a text, in order.
    static func all(in octets: [UInt8]) -> [ShapedLine] {
        let reader = LineReader(octets: octets)
        var lines: [ShapedLine] = []
        var start = 0
        while start < octets.count {
            let end = octets[start...].firstIndex(of: 0x0A) ?? octets.count
            lines.append(reader.line(start..<end))
            start = end + 1
        }
        return lines
    }
}
