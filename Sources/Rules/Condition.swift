import Yams

/// When a rule holds: data, not a language.
package indirect enum Condition: Hashable, Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case fact(FactTest)
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
    /// Whether the customer's deadline can be held; neither when there is none.
    case deadlineReachable(Bool)
    case always

    /// The fact is known, and what is asked of it holds.
    package struct FactTest: Hashable, Sendable {
        package var name: String
        /// In thousandths, of kroner for an amount.
        package var atLeast: Int?
        package var atMost: Int?
        /// The value of a choice.
        package var value: String?
        /// A day that is at most so many days away.
        package var withinDays: Int?

        package init(
            name: String, atLeast: Int? = nil, atMost: Int? = nil, value: String? = nil, withinDays: Int? = nil
        ) {
            self.name = name
            self.atLeast = atLeast
            self.atMost = atMost
            self.value = value
            self.withinDays = withinDays
        }
    }

    private enum Key: String, CaseIterable {
        case all, any, not, fact, service, declined, linked, priced
        case hasQuestions = "has_questions"
        case deadlineReachable = "deadline_reachable"
    }

    /// A rule that nests deeper than this is not meant.
    private static let depthLimit = 10

    init(_ node: Node, _ faults: FaultList, depth: Int = 1) {
        var fields = Fields(node, faults, place: "condition")
        guard depth <= Self.depthLimit else {
            self = .always
            faults.add("expected conditions at most \(Self.depthLimit) deep", at: node)
            return
        }
        let keys = Key.allCases.filter { fields.value($0.rawValue) != nil }
        guard let key = keys.first, keys.count == 1 else {
            self = .always
            let expectation = keys.isEmpty ? "expected one of " : "expected only one of "
            faults.add(expectation + Key.allCases.map(\.rawValue).joined(separator: ", "), at: node)
            fields.finish()
            return
        }
        self = Self.read(key, &fields, depth)
        fields.finish()
    }

    private static func read(_ key: Key, _ fields: inout Fields, _ depth: Int) -> Condition {
        let faults = fields.faults
        switch key {
        case .all: return .all(inner(key, &fields, depth))
        case .any: return .any(inner(key, &fields, depth))
        case .not: return fields.value("not").map { .not(Condition($0, faults, depth: depth + 1)) } ?? .always
        case .fact: return .fact(FactTest(&fields))
        case .service: return .service(fields.reference("service", to: .service))
        case .declined: return .declined(fields.reference("declined", to: .service))
        case .linked: return .linked(fields.yesOrNo("linked") ?? true)
        case .priced: return .priced(fields.yesOrNo("priced") ?? true)
        case .hasQuestions: return .hasQuestions(fields.yesOrNo("has_questions") ?? true)
        case .deadlineReachable: return .deadlineReachable(fields.yesOrNo("deadline_reachable") ?? true)
        }
    }

    private static func inner(_ key: Key, _ fields: inout Fields, _ depth: Int) -> [Condition] {
        let faults = fields.faults
        let nodes = fields.list(key.rawValue)
        if nodes.isEmpty { faults.add("\(key.rawValue): expected at least one condition", at: fields.node) }
        return nodes.map { Condition($0, faults, depth: depth + 1) }
    }
}

extension Condition.FactTest {
    /// Each measure needs a kind of fact that has it.
    fileprivate init(_ fields: inout Fields) {
        self.init(
            name: fields.reference("fact", to: .fact), atLeast: fields.thousandths("at_least"),
            atMost: fields.thousandths("at_most"), value: fields.optionalText("is"),
            withinDays: fields.integer("within_days", in: 0...3650))
        fields.need(of: name, for: "at_least", [.number, .money, .percent])
        fields.need(of: name, for: "at_most", [.number, .money, .percent])
        fields.need(of: name, for: "within_days", [.day])
        fields.need(of: name, for: "is", [.choice], value: value)
    }
}

extension Fields {
    /// A condition that is able to hold.
    mutating func condition(_ key: String, required: Bool = false) -> Condition? {
        guard let value = value(key, required: required) else { return nil }
        let condition = Condition(value, faults)
        if let reason = condition.impossibility { faults.add("\(key): it can never hold: \(reason)", at: value) }
        return condition
    }

    /// A key that asks of a fact what only some kinds have.
    fileprivate mutating func need(
        of fact: String, for key: String, _ kinds: Set<FactRule.Kind>, value wanted: String? = nil
    ) {
        guard let value = value(key), !fact.isEmpty else { return }
        faults.refer(
            to: FaultList.Reference(
                kind: .fact, name: fact, node: value,
                need: .init(key: key, kinds: kinds, value: wanted, isFurther: true)))
    }
}
