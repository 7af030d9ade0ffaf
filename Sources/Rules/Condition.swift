import Yams

/// When a rule holds: data, not a language.
package indirect enum Condition: Hashable, Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    /// The fact is known, and its number or amount within the bounds where they are given (thousandths, øre).
    case fact(String, atLeast: Int?, atMost: Int?)
    /// The service is asked for.
    case service(String)
    /// The service is named as not wanted.
    case declined(String)
    /// Whether the company is known.
    case linked(Bool)
    /// Whether anything could be priced.
    case priced(Bool)
    /// Whether something is to be asked before the price is firm.
    case hasQuestions(Bool)
    case always

    private static let keys = ["all", "any", "not", "fact", "service", "declined", "linked", "priced", "has_questions"]

    init(_ node: Node, _ faults: FaultList) {
        var fields = Fields(node, faults)
        self = Self.read(&fields, faults) ?? .always
        if case .always = self { faults.add("expected one of \(Self.keys.joined(separator: ", "))", at: node) }
        fields.finish()
    }

    private static func read(_ fields: inout Fields, _ faults: FaultList) -> Condition? {
        let lists = ["all": Condition.all, "any": Condition.any]
        for (key, make) in lists.sorted(by: { $0.key < $1.key }) {
            if fields.value(key) != nil { return make(fields.list(key).map { Condition($0, faults) }) }
        }
        if let inner = fields.value("not") { return .not(Condition(inner, faults)) }
        if fields.value("fact") != nil {
            return .fact(
                fields.text("fact"), atLeast: fields.amountOrNumber("at_least"),
                atMost: fields.amountOrNumber("at_most"))
        }
        if fields.value("service") != nil { return .service(fields.text("service")) }
        if fields.value("declined") != nil { return .declined(fields.text("declined")) }
        if let value = fields.yesOrNo("linked") { return .linked(value) }
        if let value = fields.yesOrNo("priced") { return .priced(value) }
        if let value = fields.yesOrNo("has_questions") { return .hasQuestions(value) }
        return nil
    }

    /// Names of the facts and services it speaks of, to check that they exist.
    var references: (facts: [String], services: [String]) {
        switch self {
        case .all(let inner), .any(let inner):
            inner.map(\.references).reduce(into: ([], [])) { $0 = ($0.0 + $1.facts, $0.1 + $1.services) }
        case .not(let inner): inner.references
        case .fact(let name, _, _): ([name], [])
        case .service(let code), .declined(let code): ([], [code])
        case .linked, .priced, .hasQuestions, .always: ([], [])
        }
    }
}

extension Fields {
    /// A bound with at most three decimals, in thousandths.
    fileprivate mutating func amountOrNumber(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        if let number = value.scalar.flatMap({ Decimals.scaled($0.string, digits: 3) }) { return number }
        faults.add("\(key): expected a number", at: value)
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
}
