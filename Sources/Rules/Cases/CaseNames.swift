import Yams

/// The names of a rule set that cases may use.
struct CaseNames {
    enum Kind: String {
        case service, fact, recommendation, question
        case price = "pricing rule"
    }

    let facts: [FactRule]
    private let names: [Kind: Set<String>]

    init(_ rules: RuleSet) {
        facts = rules.facts
        let prices = rules.prices.map(\.id)
        names = [
            .service: Set(rules.services.map(\.code)), .price: Set(prices),
            .recommendation: Set(rules.recommendations.map(\.id)),
            .question: Set(rules.services.flatMap(\.asks).map(\.id) + prices),
            .fact: Set(rules.facts.map(\.name) + rules.services.map { "service." + $0.code }),
        ]
    }

    /// Notes a name that the rules do not have, with the one that was probably meant.
    func check(_ name: String, of kind: Kind, at node: Node?, _ faults: FaultList) {
        let known = names[kind] ?? []
        guard !name.isEmpty, !known.contains(name) else { return }
        faults.add("there is no \(kind.rawValue) \(name)" + Spelling.suggestion(for: name, among: known), at: node)
    }
}

extension Fields {
    /// A name of the rules.
    mutating func name(_ key: String, of kind: CaseNames.Kind, in names: CaseNames) -> Placed<String> {
        let node = value(key)
        let name = text(key)
        names.check(name, of: kind, at: node, faults)
        return Placed(value: name, place: place(of: node ?? self.node))
    }

    /// Names of the rules, each at its place; one alone is a list of one.
    mutating func placedNames(_ key: String, of kind: CaseNames.Kind, in names: CaseNames) -> [Placed<String>] {
        placedItems(key) { names.check($0, of: kind, at: $1, $2) }
    }
}
