import Yams

/// The keys of a mapping, read one by one; those that nobody asked for are faults.
struct Fields {
    let node: Node
    let faults: FaultList
    private let mapping: Node.Mapping?
    private var asked: Set<String> = []
    /// Which mapping of the file it is: `prices[]/reason`.
    private let place: String
    private let referencesBefore: Int

    init(_ node: Node, _ faults: FaultList, place: String = "") {
        self.node = node
        self.faults = faults
        self.place = place
        referencesBefore = faults.references.count
        mapping = node.mapping
        if mapping == nil { faults.add("expected keys and values", at: node) }
    }

    /// The value of a key; a key that must be there and is not is a fault.
    mutating func value(_ key: String, required: Bool = false) -> Node? {
        if asked.insert(key).inserted { faults.note(key: key, of: place) }
        let value = mapping?.first { $0.key.string == key }?.value
        if value == nil, required, mapping != nil { faults.add("\(key) is missing", at: node) }
        return value
    }

    // MARK: Texts

    mutating func text(_ key: String) -> String {
        guard let value = value(key, required: true) else { return "" }
        guard let text = value.text else {
            faults.add("\(key): expected a text", at: value)
            return ""
        }
        return text
    }

    mutating func optionalText(_ key: String) -> String? {
        value(key) == nil ? nil : text(key)
    }

    mutating func texts(_ key: String, required: Bool = false) -> [String] {
        list(key, required: required).compactMap { item in
            if let text = item.text { return text }
            faults.add("\(key): expected a list of texts", at: item)
            return nil
        }
    }

    /// A text in both languages, which may hold placeholders in braces.
    mutating func phrase(_ key: String) -> Phrase {
        guard let value = value(key, required: true) else { return Phrase(danish: "", english: "") }
        var fields = inner(value, key)
        defer { fields.finish() }
        return Phrase(danish: fields.template("da"), english: fields.template("en"))
    }

    mutating func optionalPhrase(_ key: String) -> Phrase? { value(key) == nil ? nil : phrase(key) }

    private mutating func template(_ key: String) -> String {
        let text = text(key)
        guard let node = value(key) else { return text }
        for part in Placeholder.parts(of: text) {
            switch part {
            case .text: break
            case .placeholder(.price(let rule, _)):
                faults.refer(to: FaultList.Reference(kind: .price, name: rule, node: node))
            case .placeholder(.value(let name, let fallback)):
                faults.refer(
                    to: FaultList.Reference(
                        kind: .placeholder, name: name, node: node,
                        guarantee: fallback == nil ? Guarantee(isOpen: true) : nil))
            case .malformed:
                faults.add(
                    "\(key): expected {fact}, {fact|other words}, {price:RULE} or {price:RULE:QUANTITY}", at: node)
            }
        }
        return text
    }

    /// Words in both languages, all of them together: a Danish mail may use an English word.
    mutating func words(_ key: String, required: Bool = true) -> [String] {
        guard let value = value(key, required: required) else { return [] }
        var fields = inner(value, key)
        defer { fields.finish() }
        return fields.searchWords("da") + fields.searchWords("en")
    }

    private mutating func searchWords(_ key: String) -> [String] {
        for item in list(key) {
            let words = item.scalar?.string.split(separator: " ") ?? []
            for word in words where word.dropFirst().dropLast().contains("*") || word == "*" {
                faults.add("\(key): * may stand only at the beginning or the end of a word", at: item)
            }
        }
        return texts(key)
    }

    // MARK: Names

    /// The name of something defined elsewhere in the rule set.
    ///
    /// `need`: kinds of fact that have what the key asks for.
    mutating func reference(
        _ key: String, to kind: FaultList.Reference.Kind, need kinds: Set<FactRule.Kind>? = nil
    ) -> String {
        let name = text(key)
        if let value = value(key), !name.isEmpty {
            faults.refer(
                to: FaultList.Reference(
                    kind: kind, name: name, node: value, need: kinds.map { .init(key: key, kinds: $0) }))
        }
        return name
    }

    mutating func optionalReference(
        _ key: String, to kind: FaultList.Reference.Kind, need kinds: Set<FactRule.Kind>? = nil
    ) -> String? {
        value(key) == nil ? nil : reference(key, to: kind, need: kinds)
    }

    mutating func references(_ key: String, to kind: FaultList.Reference.Kind) -> [String] {
        for item in list(key) {
            if let name = item.scalar?.string {
                faults.refer(to: FaultList.Reference(kind: kind, name: name, node: item))
            }
        }
        return texts(key)
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type, required: Bool = false
    ) -> Choice? where Choice.RawValue == String {
        guard let value = value(key, required: required) else { return nil }
        if let choice = value.scalar.flatMap({ Choice(rawValue: $0.string) }) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        faults.add(
            "\(key): expected one of \(names.joined(separator: ", "))"
                + Spelling.suggestion(for: value.scalar?.string ?? "", among: names), at: value)
        return nil
    }

    // MARK: Numbers

    /// In øre: up to a thousand million kroner.
    static let amounts = 0...100_000_000_000

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        if let number = value.number.flatMap({ Int($0) }), range.contains(number) { return number }
        faults.add("\(key): expected a whole number from \(range.lowerBound) to \(range.upperBound)", at: value)
        return nil
    }

    /// A whole number that must be there; 0 where it is not.
    mutating func required(_ key: String, in range: ClosedRange<Int>) -> Int {
        value(key, required: true) == nil ? 0 : integer(key, in: range) ?? 0
    }

    /// An amount in kroner with at most two decimals, as øre.
    mutating func amount(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        if let ore = value.number.flatMap({ Decimals.scaled($0, digits: 2) }), Self.amounts.contains(ore) {
            return ore
        }
        faults.add("\(key): expected an amount in kroner such as 14500 or 1.85, at most 1000000000", at: value)
        return nil
    }

    /// A number with at most three decimals, in thousandths.
    mutating func thousandths(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        if let number = value.number.flatMap({ Decimals.scaled($0, digits: 3) }) { return number }
        faults.add("\(key): expected a number with at most three decimals", at: value)
        return nil
    }

    mutating func yesOrNo(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        switch value.scalar?.string {
        case "yes", "true": return true
        case "no", "false": return false
        default:
            faults.add("\(key): expected yes or no", at: value)
            return nil
        }
    }

    mutating func day(_ key: String) -> CalendarDay? {
        guard let value = value(key, required: true) else { return nil }
        if let day = value.scalar.flatMap({ CalendarDay(iso: $0.string) }) { return day }
        faults.add("\(key): expected a day of the calendar such as 2026-12-21", at: value)
        return nil
    }

    // MARK: Lists

    mutating func list(_ key: String, required: Bool = false) -> [Node] {
        guard let value = value(key, required: required) else { return [] }
        if let sequence = value.sequence { return Array(sequence) }
        faults.add("\(key): expected a list", at: value)
        return []
    }

    /// One value for each mapping in a list.
    mutating func items<Item>(_ key: String, required: Bool = false, _ make: (inout Fields) -> Item?) -> [Item] {
        list(key, required: required).compactMap { node in
            var fields = inner(node, key + "[]")
            defer { fields.finish() }
            return make(&fields)
        }
    }

    /// The value of a mapping that must be there.
    mutating func mapping<Item>(_ key: String, _ make: (inout Fields) -> Item) -> Item? {
        value(key, required: true).map { node in
            var fields = inner(node, key)
            defer { fields.finish() }
            return make(&fields)
        }
    }

    // MARK: Its place in the file

    private func inner(_ node: Node, _ key: String) -> Fields {
        Fields(node, faults, place: place.isEmpty ? key : place + "/" + key)
    }

    /// Says what the placeholders in its texts can rely on; without it they can rely on nothing.
    func guarantee(_ guarantee: Guarantee) { faults.guarantee(guarantee, since: referencesBefore) }

    /// Says which keys mean nothing here.
    func finish() {
        for (key, _) in mapping ?? [:] {
            let name = key.string ?? "?"
            guard !asked.contains(name) else { continue }
            faults.add("unknown key \(name)" + Spelling.suggestion(for: name, among: asked), at: key)
        }
    }
}

extension Node {
    /// A text that is not empty, or a number or word that stands for itself.
    fileprivate var text: String? {
        guard let scalar, !scalar.string.isEmpty else { return nil }
        let isNothing = scalar.style == .plain && ["~", "null", "Null", "NULL"].contains(scalar.string)
        return isNothing ? nil : scalar.string
    }

    /// What stands without quotes.
    fileprivate var number: String? { scalar.flatMap { $0.style == .plain ? $0.string : nil } }
}
