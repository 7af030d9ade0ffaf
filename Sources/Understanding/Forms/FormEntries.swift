/// Labels of a form and what was written behind, beside or below them.
///
/// Makers of forms send one field on a line (`Navn: Mette`), as rows of a table (`Navn  Mette`), or each value below its label.
struct FormEntries {
    struct Entry {
        var field: FormField
        /// As it stands in the text.
        var value: Substring
    }

    /// Entries that stand together, nothing but answers to other questions between them.
    private(set) var runs: [[Entry]] = []
    /// Whether somebody is greeted above the first one: then a person writes.
    private(set) var isLetter = false

    /// Lines looked at, and octets of one, at most.
    private static let mostLines = 120
    private static let longestLine = 400
    /// Octets of a label that is not known.
    private static let longestLabel = 60

    init(_ text: Substring) {
        var open: FormField?
        var (isApart, isBelowMessage) = (true, false)
        for line in text.split(separator: "\n", maxSplits: Self.mostLines).prefix(Self.mostLines) {
            let line = line.utf8.count <= Self.longestLine ? line.withoutMarks : ""
            guard !line.isEmpty else { continue }
            let (label, value) = Self.divided(line)
            if let field = FormField(label: label) {
                open = value.isEmpty ? field : nil
                isBelowMessage = isBelowMessage || field == .message
                if value.isEmpty { continue }
                add(field, value, apart: isApart)
            } else if let field = open, field == .message || value.isEmpty {
                open = nil
                add(field, line, apart: isApart)
            } else {
                open = nil
                if runs.isEmpty { isLetter = isLetter || Self.isGreeting(line) }
                // Other questions and what was answered to them stand between as well.
                isApart = isApart || isBelowMessage && value.isEmpty || label.utf8.count > Self.longestLabel
                continue
            }
            isApart = false
        }
    }

    /// The first value of each field that is the visitor's.
    ///
    /// What stands apart from the first fields is the sender's own where it tells no name and no new address: `Tlf. 70 20 30 40` below
    /// the message.
    var values: [FormField: Substring] {
        var values: [FormField: Substring] = [:]
        for run in runs {
            let tellsWho = run.contains { $0.field.tellsName || $0.field == .address && values[.address] == nil }
            guard values.isEmpty || tellsWho else { continue }
            for entry in run where values[entry.field] == nil { values[entry.field] = entry.value }
        }
        return values
    }

    private mutating func add(_ field: FormField, _ value: Substring, apart: Bool) {
        // A stroke stands for what was left empty.
        let entry = value.contains { $0.isLetter || $0.isNumber } ? [Entry(field: field, value: value)] : []
        if apart || runs.isEmpty { runs.append(entry) } else { runs[runs.count - 1] += entry }
    }

    /// `Navn: Mette`, `Navn  Mette`, or `Navn` with its value on the next line.
    private static func divided(_ line: Substring) -> (label: Substring, value: Substring) {
        let octets = line.utf8
        if let colon = octets.firstIndex(of: UInt8(ascii: ":")) {
            return (line[..<colon], line[octets.index(after: colon)...].withoutMarks)
        }
        var previous: UInt8 = 0
        for index in octets.indices {
            let octet = octets[index]
            if octet == UInt8(ascii: "\t") || octet == 0x20 && previous == 0x20 {
                return (line[..<index], line[octets.index(after: index)...].withoutMarks)
            }
            previous = octet
        }
        return (line, "")
    }

    private static let greetings: Set<String> = ["hej", "hejsa", "kære", "goddag", "hi", "hello", "dear"]

    private static func isGreeting(_ line: Substring) -> Bool {
        greetings.contains(line.prefix { $0.isLetter }.lowercased())
    }
}

extension Substring {
    /// Without spaces, breaking or not, tabs, and the asterisks of bold type around it.
    fileprivate var withoutMarks: Substring {
        var rest = utf8
        while let first = rest.first {
            if first == 0x20 || first == UInt8(ascii: "\t") || first == UInt8(ascii: "*") {
                rest = rest.dropFirst()
            } else if first == 0xC2, rest.dropFirst().first == 0xA0 {
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        while let last = rest.last {
            if last == 0x20 || last == UInt8(ascii: "\t") || last == UInt8(ascii: "*") {
                rest = rest.dropLast()
            } else if last == 0xA0, rest.dropLast().last == 0xC2 {
                rest = rest.dropLast(2)
            } else {
                break
            }
        }
        return Substring(rest)
    }
}
