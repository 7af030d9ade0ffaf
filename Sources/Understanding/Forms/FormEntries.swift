/// Labels of a form and what was written behind, beside or below them.
///
/// Makers of forms send one field on a line (`Navn: Mette`), as rows of a table (`Navn  Mette`), or each value below its label.
struct FormEntries {
    /// The first value of each field, as it stands in the text.
    private(set) var values: [FormField: Substring] = [:]

    /// Lines looked at, and octets of one, at most.
    private static let mostLines = 120
    private static let longestLine = 400

    init(_ text: String) {
        var open: FormField?
        for line in text.split(separator: "\n", maxSplits: Self.mostLines).prefix(Self.mostLines) {
            let line = line.utf8.count <= Self.longestLine ? line.withoutMarks : ""
            guard !line.isEmpty else { continue }
            if let (field, value) = Self.entry(line) {
                open = value.isEmpty ? field : nil
                take(value, for: field)
            } else if let field = open {
                take(line, for: field)
                open = nil
            }
        }
    }

    private mutating func take(_ value: Substring, for field: FormField) {
        // A stroke stands for what was left empty.
        guard values[field] == nil, value.contains(where: { $0.isLetter || $0.isNumber }) else { return }
        values[field] = value
    }

    /// `Navn: Mette`, `Navn  Mette`, or `Navn` with its value on the next line.
    private static func entry(_ line: Substring) -> (FormField, Substring)? {
        let (label, value) = divided(line)
        return FormField(label: label).map { ($0, value.withoutMarks) }
    }

    private static func divided(_ line: Substring) -> (Substring, Substring) {
        if let colon = line.firstIndex(of: ":") { return (line[..<colon], line[line.index(after: colon)...]) }
        var previous: Character = "\n"
        for index in line.indices {
            if line[index] == "\t" || line[index] == " " && previous == " " {
                return (line[..<index], line[line.index(after: index)...])
            }
            previous = line[index]
        }
        return (line, "")
    }
}

extension Substring {
    /// Without white space and the asterisks of bold type around it.
    fileprivate var withoutMarks: Substring {
        var rest = trimmedSpaces
        while let first = rest.first, first == "*" || first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last == "*" || last.isWhitespace { rest = rest.dropLast() }
        return rest
    }
}
