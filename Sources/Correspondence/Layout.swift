/// Plain text for a screen of 72 columns.
enum Layout {
    static let width = 72

    /// Breaks text between words; further lines are set in.
    static func wrap(_ text: String, indent: String = "", first: String = "") -> String {
        var lines: [String] = []
        var line = first
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if line.count + 1 + word.count > width, !line.allSatisfy({ $0 == " " }) {
                lines.append(line)
                line = indent + word
            } else {
                line += (line.isEmpty || line.last == " " ? "" : " ") + word
            }
        }
        lines.append(line)
        return lines.joined(separator: "\n")
    }

    /// Columns of a price: what it is, how many, at how much, less what, and how much that makes.
    static func row(_ left: String, _ quantity: String, _ price: String, _ discount: String, _ amount: String) -> String
    {
        let right = pad(quantity, 14) + pad(price, 11) + pad(discount, 7) + pad(amount, 12)
        let room = width - right.count
        guard left.count > room else { return left + String(repeating: " ", count: room - left.count) + right }
        return left + "\n" + String(repeating: " ", count: room) + right
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    /// No space at the end of lines, at most one blank line.
    static func tidy(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let end = line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex
            let line = line[..<end]
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(line)
        }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }
}
