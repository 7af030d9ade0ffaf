import Yams

/// Reads the files of a rule set and gathers what is wrong with them.
final class RuleLoader {
    private let files: [String: String]
    private var lists: [FaultList] = []

    init(_ files: [RuleFile]) {
        self.files = Dictionary(files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    var faults: [Fault] { lists.flatMap(\.faults) }

    /// What a file holds; `nil` when it is missing or no YAML.
    func read<Value>(_ name: String, _ make: (inout Fields) -> Value) -> Value? {
        let list = FaultList(file: name)
        lists.append(list)
        guard let root = root(of: name, list) else { return nil }
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

    /// Names that are used and defined nowhere, each at its place.
    func checkReferences(_ defined: [FaultList.Reference.Kind: Set<String>]) {
        for list in lists {
            for reference in list.references {
                let names = defined[reference.kind] ?? []
                guard !names.contains(reference.name) else { continue }
                list.add(
                    "there is no \(reference.kind.rawValue) \(reference.name)"
                        + Spelling.suggestion(for: reference.name, among: names), at: reference.node)
            }
        }
    }
}

extension Fields {
    /// The rules of a list, whose names must all differ.
    mutating func rules<Rule>(_ key: String, named name: String, _ make: (inout Fields) -> Rule) -> [Rule] {
        var seen: Set<String> = []
        let faults = faults
        return items(key) { fields in
            let node = fields.value(name)
            if let text = node?.scalar?.string, !seen.insert(text).inserted {
                faults.add("\(name) \(text) is given twice", at: node)
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
