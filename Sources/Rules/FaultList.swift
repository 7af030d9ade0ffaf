import Yams

/// Collects what is wrong with a file and which names it uses, so that all of it is said at once.
final class FaultList {
    let file: String
    private(set) var faults: [Fault] = []
    private(set) var references: [Reference] = []

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
    }

    func add(_ message: String, at node: Node?) {
        add(message, line: node?.mark?.line ?? 0, column: node?.mark?.column ?? 0)
    }

    func add(_ message: String, line: Int, column: Int) {
        faults.append(Fault(file: file, line: line, column: column, message: message))
    }

    func refer(to kind: Reference.Kind, _ name: String, at node: Node) {
        references.append(Reference(kind: kind, name: name, node: node))
    }
}
