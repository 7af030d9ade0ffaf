/// A header within the text of a mail: labelled lines, one below the other.
struct HeaderBlock {
    var from: Substring?
    var date: Substring?
    var to: Substring?
    var cc: Substring?
    var subject: Substring?
    /// The first line below it.
    var end: Int

    /// How many of the four fields that every client writes are there.
    var fieldCount: Int { [from, date, to, subject].count { $0 != nil } }

    /// The block that starts at a line, or `nil` when none does.
    init?(_ lines: [Substring], at start: Int) {
        guard start < lines.count, let first = HeaderLabels.read(lines[start]), first.label != .other else {
            return nil
        }
        end = start
        var last: HeaderLabel?
        while end < lines.count, end - start < 60 {
            let line = lines[end]
            if let (label, value) = HeaderLabels.read(line) {
                guard set(label, value) else { break }
                last = label
            } else if line.isBlank {
                // One blank line may stand between two labels, as HTML becomes text.
                guard end + 1 < lines.count, fieldCount < 4, HeaderLabels.read(lines[end + 1]) != nil else { break }
            } else if last == .to || last == .cc, Self.continues(line) {
                append(line, to: last)
            } else {
                break
            }
            end += 1
        }
        guard from != nil, fieldCount >= 2 else { return nil }
    }

    /// False when the field is there already: then another block begins.
    private mutating func set(_ label: HeaderLabel, _ value: Substring) -> Bool {
        switch label {
        case .from:
            guard from == nil else { return false }
            from = value
        case .date:
            guard date == nil else { return false }
            date = value
        case .to:
            guard to == nil else { return false }
            to = value
        case .cc:
            guard cc == nil else { return false }
            cc = value
        case .subject:
            guard subject == nil else { return false }
            subject = value
        case .other: break
        }
        return true
    }

    private mutating func append(_ line: Substring, to label: HeaderLabel?) {
        let joined = { (value: Substring?) in Substring("\(value ?? "") \(line.trimmed)") }
        if label == .to { to = joined(to) } else { cc = joined(cc) }
    }

    /// A long list of recipients goes on in the next line.
    private static func continues(_ line: Substring) -> Bool {
        line.utf8.contains(UInt8(ascii: "@"))
            && line.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ";") })
    }
}
