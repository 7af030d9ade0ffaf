import Yams

/// Reads the files of a rule set and gathers what is wrong with them.
final class RuleLoader {
    private let files: [String: String]
    private var lists: [FaultList] = []
    private var places: [String: (Node, FaultList)] = [:]

    init(_ files: [RuleFile]) {
        self.files = Dictionary(files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    var faults: [Fault] { lists.flatMap(\.faults) }

    /// The root of a file; `nil` when it is missing or no YAML.
    func file(_ name: String) -> (Node, FaultList)? {
        if let known = places[name] { return known }
        let list = FaultList(file: name)
        lists.append(list)
        guard let text = files[name] else {
            list.add("the file is missing", at: nil)
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                list.add("the file is empty", at: nil)
                return nil
            }
            places[name] = (node, list)
            return (node, list)
        } catch let error as YamlError {
            lists.append(FaultList(error, file: name))
        } catch {
            list.add("\(error)", at: nil)
        }
        return nil
    }

    /// The rules under one key of a file.
    func list<Rule>(_ name: String, _ key: String, _ make: (inout Fields) -> Rule) -> [Rule] {
        guard let (node, faults) = file(name) else { return [] }
        var root = Fields(node, faults)
        defer { root.finish() }
        return root.list(key).map { item in
            var fields = Fields(item, faults)
            return make(&fields)
        }
    }

    func facts() -> ([FactRule], [String]) {
        guard let (node, faults) = file("facts.yaml") else { return ([], []) }
        var root = Fields(node, faults)
        defer { root.finish() }
        let rules = root.list("facts").map { item in
            var fields = Fields(item, faults)
            return FactRule(&fields)
        }
        return (rules, root.words("declining", required: false))
    }

    func pricing() -> ([PriceRule], QuoteTerms?) {
        guard let (node, faults) = file("pricing.yaml") else { return ([], nil) }
        var root = Fields(node, faults)
        defer { root.finish() }
        let terms = root.value("terms", required: true).map { node in
            var fields = Fields(node, faults)
            return QuoteTerms(&fields)
        }
        let prices = root.list("prices").map { item in
            var fields = Fields(item, faults)
            return PriceRule(&fields)
        }
        return (prices, terms)
    }

    /// Ids given twice, and references to what is not there.
    func check(services: [Service], facts: [FactRule], recommendations: [RecommendationRule], prices: [PriceRule]) {
        let codes = Set(services.map(\.code))
        let names = Set(facts.map(\.name))
        unique(services.map(\.code), key: "code", in: "services.yaml", under: "services")
        unique(facts.map(\.name), key: "name", in: "facts.yaml", under: "facts")
        unique(recommendations.map(\.id), key: "id", in: "recommendations.yaml", under: "recommendations")
        unique(prices.map(\.id), key: "id", in: "pricing.yaml", under: "prices")
        for (index, rule) in recommendations.enumerated() {
            let place = item(index, "recommendations.yaml", "recommendations")
            known(rule.when.references.facts + [rule.dueBefore].compactMap { $0 }, among: names, "fact", at: place)
            known(rule.when.references.services, among: codes, "service", at: place)
        }
        for (index, rule) in prices.enumerated() {
            let place = item(index, "pricing.yaml", "prices")
            var wanted = rule.when.references.facts
            if case .fact(let name, _) = rule.driver { wanted.append(name) }
            known(wanted, among: names, "fact", at: place)
            known(rule.when.references.services + [rule.service], among: codes, "service", at: place)
        }
    }

    private func unique(_ names: [String], key: String, in file: String, under list: String) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() where !seen.insert(name).inserted {
            let place = item(index, file, list)
            place?.1.add("\(key) \(name) is given twice", at: place?.0)
        }
    }

    private func known(_ wanted: [String], among names: Set<String>, _ what: String, at place: (Node, FaultList)?) {
        for name in wanted where !names.contains(name) {
            let near = Spelling.nearest(to: name, among: names)
            place?.1.add("there is no \(what) \(name)" + (near.map { " (did you mean \($0)?)" } ?? ""), at: place?.0)
        }
    }

    private func item(_ index: Int, _ file: String, _ key: String) -> (Node, FaultList)? {
        guard let (root, faults) = places[file], let list = root.mapping?[key]?.sequence, index < list.count else {
            return nil
        }
        return (list[index], faults)
    }
}

extension FaultList {
    /// What the YAML parser says, at its place.
    fileprivate convenience init(_ error: YamlError, file: String) {
        self.init(file: file)
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            add(problem, line: mark.line, column: mark.column)
        default: add("\(error)", at: nil)
        }
    }
}
