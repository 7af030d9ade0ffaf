import Yams

/// Collects what is wrong with a file, so that all of it is said at once.
final class FaultList {
    let file: String
    private(set) var faults: [Fault] = []

    init(file: String) { self.file = file }

    func add(_ message: String, at node: Node?) {
        add(message, line: node?.mark?.line ?? 0, column: node?.mark?.column ?? 0)
    }

    func add(_ message: String, line: Int, column: Int) {
        faults.append(Fault(file: file, line: line, column: column, message: message))
    }
}

/// The keys of a mapping, read one by one; those that nobody asked for are faults.
struct Fields {
    let node: Node
    let faults: FaultList
    private let mapping: Node.Mapping?
    private var asked: Set<String> = []

    init(_ node: Node, _ faults: FaultList) {
        self.node = node
        self.faults = faults
        mapping = node.mapping
        if mapping == nil { faults.add("expected keys and values", at: node) }
    }

    /// The value of a key; a key that must be there and is not is a fault.
    mutating func value(_ key: String, required: Bool = false) -> Node? {
        asked.insert(key)
        let value = mapping?.first { $0.key.string == key }?.value
        if value == nil, required { faults.add("\(key) is missing", at: node) }
        return value
    }

    mutating func text(_ key: String) -> String {
        guard let value = value(key, required: true) else { return "" }
        guard let text = value.scalar?.string, !text.isEmpty else {
            faults.add("\(key): expected a text", at: value)
            return ""
        }
        return text
    }

    mutating func optionalText(_ key: String) -> String? {
        value(key) == nil ? nil : text(key)
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let value = value(key) else { return nil }
        if let choice = value.scalar.flatMap({ Choice(rawValue: $0.string) }) { return choice }
        faults.add("\(key): expected one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))", at: value)
        return nil
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        if let number = value.scalar.flatMap({ Int($0.string) }), range.contains(number) { return number }
        faults.add("\(key): expected a whole number from \(range.lowerBound) to \(range.upperBound)", at: value)
        return nil
    }

    /// An amount in kroner with at most two decimals, as øre.
    mutating func amount(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        if let ore = value.scalar.flatMap({ Decimals.scaled($0.string, digits: 2) }), ore >= 0, ore <= 1_000_000_000_00
        {
            return ore
        }
        faults.add("\(key): expected an amount in kroner such as 14500 or 1.85, at most 1,000,000,000", at: value)
        return nil
    }

    mutating func list(_ key: String, required: Bool = false) -> [Node] {
        guard let value = value(key, required: required) else { return [] }
        if let sequence = value.sequence { return Array(sequence) }
        faults.add("\(key): expected a list", at: value)
        return []
    }

    mutating func texts(_ key: String, required: Bool = false) -> [String] {
        list(key, required: required).compactMap { item in
            if let text = item.scalar?.string { return text }
            faults.add("\(key): expected a list of texts", at: item)
            return nil
        }
    }

    mutating func phrase(_ key: String, required: Bool = true) -> Phrase? {
        guard let value = value(key, required: required) else { return nil }
        var fields = Fields(value, faults)
        let phrase = Phrase(danish: fields.text("da"), english: fields.text("en"))
        fields.finish()
        return phrase
    }

    /// Words in both languages, all of them together: a Danish mail may use an English word.
    mutating func words(_ key: String, required: Bool = true) -> [String] {
        guard let value = value(key, required: required) else { return [] }
        var fields = Fields(value, faults)
        let words = fields.texts("da") + fields.texts("en")
        fields.finish()
        return words
    }

    /// Says which keys mean nothing here.
    func finish() {
        for (key, _) in mapping ?? [:] {
            let name = key.string ?? "?"
            guard !asked.contains(name) else { continue }
            let near = Spelling.nearest(to: name, among: asked)
            faults.add("unknown key \(name)" + (near.map { " (did you mean \($0)?)" } ?? ""), at: key)
        }
    }
}

/// Decimal texts as whole numbers of the smallest unit.
package enum Decimals {
    /// `14500`, `1.85`; `nil` for anything else, more decimals, or too much to hold.
    package static func scaled(_ text: String, digits: Int) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), abs(whole) < 1_000_000_000_000 else {
            return nil
        }
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        guard parts.count == 2 else { return whole * scale }
        guard (1...digits).contains(parts[1].count), let fraction = Int(parts[1]), !parts[1].hasPrefix("-"), whole >= 0
        else {
            return nil
        }
        return whole * scale + (0..<digits - parts[1].count).reduce(fraction) { value, _ in value * 10 }
    }
}

/// Finds the word that was probably meant.
enum Spelling {
    static func nearest(to name: String, among names: some Collection<String>) -> String? {
        let ranked = names.map { ($0, distance(Array($0.utf8), Array(name.utf8))) }
        guard let best = ranked.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }), best.1 <= max(2, name.utf8.count / 3),
            best.1 < name.utf8.count
        else {
            return nil
        }
        return best.0
    }

    /// Levenshtein's edit distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
