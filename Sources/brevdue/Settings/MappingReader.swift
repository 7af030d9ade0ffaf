import FoundationEssentials
import Rules
import Yams

/// One entry of a list of the configuration: its keys, each with the place it stands at.
struct MappingReader {
    private let key: String
    private let file: String
    private let origin: String
    private var nodes: [String: Node] = [:]

    /// Refuses keys that are not known, and those that stand there twice.
    init(_ node: Node, key: String, file: String, known: [String]) throws(SettingsError) {
        self.key = key
        self.file = file
        origin = Self.place(node, file)
        guard case .mapping(let mapping) = node else {
            throw SettingsError(origin: origin, key: key, problem: "expected keys such as `url:`")
        }
        for (name, value) in mapping {
            let text = name.string ?? ""
            guard known.contains(text) else {
                throw SettingsError(
                    origin: Self.place(name, file), key: "\(key).\(text)",
                    problem: "unknown key" + Spelling.suggestion(for: text, among: known))
            }
            nodes[text] = value
        }
    }

    func fault(_ name: String, _ problem: String) -> SettingsError {
        SettingsError(
            origin: nodes[name].map { Self.place($0, file) } ?? origin, key: "\(key).\(name)", problem: problem)
    }

    func text(_ name: String) throws(SettingsError) -> String? {
        guard let node = nodes[name] else { return nil }
        guard case .scalar(let scalar) = node else { throw fault(name, "expected one value") }
        let text = scalar.string.trimmed
        return text.isEmpty ? nil : text
    }

    func required(_ name: String) throws(SettingsError) -> String {
        guard let text = try text(name) else { throw fault(name, "is missing") }
        return text
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw fault(name, "\"\(text)\": expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A value that stands here, or in the file that `<name>_file` names.
    func secret(_ name: String) throws(SettingsError) -> String? {
        guard let path = try text(name + "_file") else { return try text(name) }
        guard nodes[name] == nil else { throw fault(name, "expected \(name) or \(name)_file, not both") }
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw fault(name + "_file", "cannot read the file \(path)")
        }
        return text.trimmed
    }

    func mapping(_ name: String, known: [String]) throws(SettingsError) -> MappingReader? {
        guard let node = nodes[name] else { return nil }
        return try MappingReader(node, key: "\(key).\(name)", file: file, known: known)
    }

    private static func place(_ node: Node, _ file: String) -> String {
        node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
    }
}
