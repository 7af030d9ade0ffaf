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
    }

    private enum Key: String, CaseIterable {
        case all, any, not, fact, service, declined, linked, priced
        case hasQuestions = "has_questions"
        case deadlineReachable = "deadline_reachable"
    }

    init(_ node: Node, _ faults: FaultList) {
        var fields = Fields(node, faults)
        let keys = Key.allCases.filter { fields.value($0.rawValue) != nil }
        guard let key = keys.first, keys.count == 1 else {
            self = .always
            let expectation = keys.isEmpty ? "expected one of " : "expected only one of "
            faults.add(expectation + Key.allCases.map(\.rawValue).joined(separator: ", "), at: node)
            fields.finish()
            return
        }
        self = Self.read(key, &fields)
        fields.finish()
    }

    private static func read(_ key: Key, _ fields: inout Fields) -> Condition {
        let faults = fields.faults
        let inner = { (fields: inout Fields) in fields.list(key.rawValue).map { Condition($0, faults) } }
        switch key {
        case .all: return .all(inner(&fields))
        case .any: return .any(inner(&fields))
        case .not: return fields.value("not").map { .not(Condition($0, faults)) } ?? .always
        case .fact:
            return .fact(
                FactTest(
                    name: fields.reference("fact", to: .fact), atLeast: fields.thousandths("at_least"),
                    atMost: fields.thousandths("at_most"), value: fields.optionalText("is"),
                    withinDays: fields.integer("within_days", in: 0...3650)))
        case .service: return .service(fields.reference("service", to: .service))
        case .declined: return .declined(fields.reference("declined", to: .service))
        case .linked: return .linked(fields.yesOrNo("linked") ?? true)
        case .priced: return .priced(fields.yesOrNo("priced") ?? true)
        case .hasQuestions: return .hasQuestions(fields.yesOrNo("has_questions") ?? true)
        case .deadlineReachable: return .deadlineReachable(fields.yesOrNo("deadline_reachable") ?? true)
        }
    }
}
