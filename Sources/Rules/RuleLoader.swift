import Yams

/// Reads the files of a rule set and gathers what is wrong with them.
final class RuleLoader {
    private let files: [String: String]
    private var lists: [FaultList] = []
    /// Whether some file is missing or no YAML, so that what it would define is not known.
    private var isBroken = false

    init(_ files: [RuleFile]) {
        self.files = Dictionary(files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    /// By file and line.
    var faults: [Fault] {
        lists.flatMap(\.faults).sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    /// Keys that were asked for, by file and place.
    var keys: [String: [String: Set<String>]] {
        Dictionary(lists.map { ($0.file, $0.keys) }, uniquingKeysWith: { first, _ in first })
    }

    /// Faults and places of a file that was read.
    func list(_ name: String) -> FaultList? { lists.first { $0.file == name } }

    /// What a file holds; `nil` when it is missing or no YAML.
    func read<Value>(_ name: String, _ make: (inout Fields) -> Value) -> Value? {
        let list = FaultList(file: name)
        lists.append(list)
        guard let root = root(of: name, list) else {
            isBroken = true
            return nil
        }
        var fields = Fields(root, list)
        defer { fields.finish() }
        return make(&fields)
    }

    private func root(of name: String, _ list: FaultList) -> Node? {
        guard let text = files[name] else {
            list.add("the file is missing", at: nil)
            return nil
        }
        do {
            if let node = try Yams.compose(yaml: text) { return node }
            list.add("the file is empty", at: nil)
        } catch let error as YamlError {
            list.add(error)
        } catch {
            list.add("\(error)", at: nil)
        }
        return nil
    }

    /// Names that are used and defined nowhere, and facts of another kind than is needed, each at its place.
    ///
    /// Not where a whole file is broken: each name it would define would be a fault, and hide the one that there is.
    func check(_ names: DefinedNames) {
        guard !isBroken else { return }
        for list in lists {
            for reference in list.references {
                if let fault = names.fault(of: reference) { list.add(fault, at: reference.node) }
            }
        }
    }
}

extension Fields {
    /// The rules of a list, whose names must all differ.
    mutating func rules<Rule>(_ key: String, named name: String, _ make: (inout Fields) -> Rule?) -> [Rule] {
        let faults = faults
        return items(key) { fields in
            if let node = fields.value(name), let text = node.scalar?.string {
                faults.define(text, by: name, in: key, at: node)
            }
            return make(&fields)
        }
    }
}

extension FaultList {
    /// What the YAML parser says, at its place.
    fileprivate func add(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            add(problem, line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\($0)" }.joined(separator: ", ")
            add("given twice: \(names)", line: context.mark.line, column: context.mark.column)
        default: add("\(error)", at: nil)
        }
    }
}
