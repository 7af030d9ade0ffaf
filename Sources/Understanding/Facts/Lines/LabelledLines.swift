/// The fields of a text: lines of a label and its value that stand one below the other, as in a list of figures, the rows of a
/// table or what a form sends.
///
/// Each is a sentence of its own. One alone among prose is prose.
struct LabelledLines {
    /// In octets.
    struct Field {
        var label: Range<Int>
        var value: Range<Int>
        /// Fields that stand together without a blank line have the same.
        var list: Int
        /// Not part of a list: what stands around it is read with it.
        var isAlone = false
        /// A row that names the columns of those below it.
        var isHeading = false
    }

    /// In the order of the text.
    private(set) var fields: [Field] = []
    /// Octets before which a sentence ends, in the order of the text.
    private(set) var starts: [Int] = []

    private let lines: [ShapedLine]
    private let reader: LineReader
    private var list = 0
    /// Lines that are part of a list already.
    private var listed: Set<Int> = []

    init(_ octets: [UInt8]) {
        reader = LineReader(octets: octets)
        lines = ShapedLine.all(in: octets)
        findRuns()
        findPairs()
        fields.sort { $0.label.lowerBound < $1.label.lowerBound }
        starts.sort()
    }

    // MARK: Label and value in one line

    /// A line, or two where the label has a colon and the value below it is a number.
    private struct Entry {
        var line: Int
        var label: Range<Int>
        var value: Range<Int>
        var last: Int
    }

    private mutating func findRuns() {
        var run: [Entry] = []
        var index = 0
        while index < lines.count {
            if let entry = entry(at: index) {
                run.append(entry)
                index = entry.last
            } else if !run.isEmpty, isEmptyField(index) {
                starts.append(lines[index].content.lowerBound)
            } else if lines[index].shape != .blank {
                close(run)
                run = []
            }
            index += 1
        }
        close(run)
    }

    /// `Adresse:` with nothing behind it, among fields.
    private func isEmptyField(_ index: Int) -> Bool {
        guard case .label(let label) = lines[index].shape, index + 1 < lines.count,
            case .field = lines[index + 1].shape
        else { return false }
        return reader.octets[label.upperBound..<lines[index].content.upperBound].contains(UInt8(ascii: ":"))
    }

    private func entry(at index: Int) -> Entry? {
        switch lines[index].shape {
        case .field(let label, let value): return Entry(line: index, label: label, value: value, last: index)
        case .label(let label) where index + 1 < lines.count && label.upperBound < lines[index].content.upperBound:
            guard reader.octets[label.upperBound..<lines[index].content.upperBound].contains(UInt8(ascii: ":")),
                lines[index + 1].shape == .number
            else { return nil }
            return Entry(line: index, label: label, value: lines[index + 1].content, last: index + 1)
        default: return nil
        }
    }

    private mutating func close(_ run: [Entry]) {
        guard run.count > 1, run.contains(where: { !reader.isLong($0.value) }) else {
            if let entry = run.first, run.count == 1 { addAlone(entry) }
            return
        }
        for (index, entry) in run.enumerated() {
            if index == 0 || run[index - 1].last + 1 < entry.line { list += 1 }
            listed.formUnion(entry.line...entry.last)
            starts.append(entry.label.lowerBound)
            fields.append(
                Field(
                    label: entry.label, value: entry.value, list: list,
                    isHeading: isHeading(entry, before: run.dropFirst(index + 1).first)))
        }
        if let last = run.last, !reader.isLong(last.value) { end(behind: last.last) }
    }

    /// A sentence ends behind a line, unless the next one goes on with it.
    private mutating func end(behind line: Int) {
        guard line + 1 < lines.count, lines[line + 1].shape != .blank, !reader.isSmall(lines[line + 1].content) else {
            return
        }
        starts.append(lines[line + 1].content.lowerBound)
    }

    /// `Antal brugere: 12` alone belongs to its label all the same, whatever the next line speaks of.
    private mutating func addAlone(_ entry: Entry) {
        let next = entry.last + 1
        guard entry.last == entry.line, reader.startsWithNumber(entry.value), !reader.isLong(entry.value),
            !lines[entry.line].isDashed,
            next >= lines.count || !reader.isSmall(lines[next].content)
        else { return }
        list += 1
        fields.append(Field(label: entry.label, value: entry.value, list: list, isAlone: true))
    }

    /// `Produkt  Antal  Pris`: a row of three or more names, above another of as many.
    private func isHeading(_ entry: Entry, before next: Entry?) -> Bool {
        let columns = lines[entry.line].columns
        guard columns > 2, let next, next.line == entry.line + 1, lines[next.line].columns == columns else {
            return false
        }
        return !reader.octets[entry.label.lowerBound..<entry.value.upperBound].contains(where: Tokenizer.isDigit)
    }

    // MARK: Label and value in two lines

    /// Stretches of short lines, blank ones between them allowed.
    private mutating func findPairs() {
        var stretch: [Int] = []
        for (index, line) in lines.enumerated() {
            switch line.shape {
            case .blank: continue
            case .label where !listed.contains(index), .number where !listed.contains(index), .short:
                stretch.append(index)
            default:
                pair(stretch)
                stretch = []
            }
        }
        pair(stretch)
    }

    /// Two numbers at least, each below its label, show that lines stand in pairs: all of them where each of those labels is
    /// at an even place, or each at an odd one.
    private mutating func pair(_ stretch: [Int]) {
        let places = stretch.indices.dropLast().filter { place in
            guard case .label = lines[stretch[place]].shape else { return false }
            return lines[stretch[place + 1]].shape == .number
        }
        guard places.count > 1, let first = places.first, let last = places.last else { return }
        list += 1
        let isRegular = places.allSatisfy { ($0 - first).isMultiple(of: 2) }
        for place in isRegular ? Array(stride(from: first, through: last, by: 2)) : places {
            add(lines[stretch[place]], above: lines[stretch[place + 1]])
        }
        guard isRegular else {
            for place in places { end(behind: stretch[place + 1]) }
            return
        }
        for place in stride(from: first % 2, to: stretch.count, by: 2) where place < first || place > last {
            starts.append(lines[stretch[place]].content.lowerBound)
        }
        end(behind: stretch[last + 1])
    }

    private mutating func add(_ label: ShapedLine, above value: ShapedLine) {
        starts.append(label.content.lowerBound)
        let octets =
            switch label.shape {
            case .label(let octets): octets
            default: label.content
            }
        fields.append(Field(label: octets, value: value.content, list: list))
    }
}
