import Yams

/// Collects what is wrong with a file and which names it uses, so that all of it is said at once.
final class FaultList {
    let file: String
    private(set) var faults: [Fault] = []
    private(set) var references: [Reference] = []
    /// Keys that the loader asked for, by the place of their mapping: what a schema of the file must know.
    private(set) var keys: [String: Set<String>] = [:]
    /// Where each rule stands, by list and name.
    private var rules: [String: Node] = [:]

    init(file: String) { self.file = file }

    /// A name of something that must be defined somewhere in the rule set.
    struct Reference {
        enum Kind: String, CaseIterable {
            case fact, service, price
            case placeholder
            case declining = "declining phrase"
        }

        var kind: Kind
        var name: String
        var node: Node
        /// What kinds of fact have the measure that is asked for, and the key that asks.
        var need: Need?
        /// What a placeholder can rely on; `nil` where it has words for when there is no value.
        var guarantee: Guarantee?

        /// What a key asks of a fact.
        struct Need {
            var key: String
            var kinds: Set<FactRule.Kind>
            /// A value that the fact must be able to have.
            var value: String?
            /// Whether the name itself is looked at elsewhere.
            var isFurther = false
        }
    }

    func add(_ message: String, at node: Node?) {
        add(message, line: node?.mark?.line ?? 0, column: node?.mark?.column ?? 0)
    }

    func add(_ message: String, line: Int, column: Int) {
        faults.append(Fault(file: file, line: line, column: column, message: message))
    }

    func refer(to reference: Reference) { references.append(reference) }

    /// Says what placeholders can rely on that were read since there were so many references.
    func guarantee(_ guarantee: Guarantee, since count: Int) {
        for index in references.indices.dropFirst(count) where references[index].guarantee?.isOpen == true {
            references[index].guarantee = guarantee
        }
    }

    func note(key: String, of place: String) { keys[place, default: []].insert(key) }

    /// Keeps the place of a rule; a name that another one in the list has is a fault.
    ///
    /// `key`: the one that gives it.
    func define(_ name: String, by key: String, in list: String, at node: Node) {
        if rules.updateValue(node, forKey: "\(list)/\(name)") != nil { add("\(key) \(name) is given twice", at: node) }
    }

    /// Something of a rule as a whole.
    func fault(_ message: String, of name: String, in list: String) -> Fault {
        let mark = rules["\(list)/\(name)"]?.mark
        return Fault(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message)
    }

    func add(_ fault: Fault) { faults.append(fault) }
}

/// What a text can rely on when it is written.
struct Guarantee: Hashable {
    /// Facts that are known.
    var facts: Set<String> = []
    /// Whether the days of the delivery are known.
    var plan = false
    /// Whether there is a line whose quantity it may name.
    var quantity = false
    /// Whether nobody has said yet what it is.
    var isOpen = false
}
