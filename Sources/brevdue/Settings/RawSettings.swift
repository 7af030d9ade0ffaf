import Doors
import FoundationEssentials
import Yams

/// Values by dotted key, still text, each with the place it was given.
///
/// The environment wins over the file: `BREVDUE_SMTP_LISTEN` is `smtp.listen`, lists are separated by commas, and
/// `BREVDUE_RELAY_PASSWORD_FILE` names a file that holds the value (systemd credentials).
struct RawSettings {
    struct Entry: Hashable {
        var values: [String]
        var origin: String
    }

    private(set) var entries: [String: Entry] = [:]
    /// A list of mappings, which has no form as text.
    private(set) var mailboxes: [MailboxAccount] = []
    /// The list as it was given.
    private(set) var mailboxText: String?

    init(file: String?, text: String?, environment: [String: String]) throws(SettingsError) {
        if let file, let text { try read(yaml: text, file: file) }
        try read(environment: environment)
    }

    subscript(_ key: String) -> Entry? { entries[key] }

    private mutating func read(yaml: String, file: String) throws(SettingsError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw SettingsError(origin: file, key: "YAML", problem: "cannot be read: \(error)")
        }
        guard let root, root.null == nil else { return }
        guard case .mapping = root else {
            throw SettingsError(origin: file, key: "YAML", problem: "expected keys such as `smtp:` at the top")
        }
        try flatten(root, key: "", file: file)
    }

    private mutating func flatten(_ node: Node, key: String, file: String) throws(SettingsError) {
        let place = node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
        switch node {
        case .mapping(let mapping):
            for (name, value) in mapping {
                let name = name.string ?? ""
                if key.isEmpty, name == "mailboxes" {
                    if value.null == nil { mailboxes = try MailboxSettings.read(value, file: file) }
                    mailboxText = try? Yams.serialize(node: value)
                    continue
                }
                try flatten(value, key: key.isEmpty ? name : "\(key).\(name)", file: file)
            }
        case .sequence(let sequence):
            let texts = sequence.map { $0.scalar?.string }
            guard !texts.contains(nil) else {
                throw SettingsError(origin: place, key: key, problem: "expected a list of plain values")
            }
            entries[key] = Entry(values: texts.compactMap { $0 }, origin: place)
        case .scalar(let scalar):
            entries[key] = Entry(values: [scalar.string], origin: place)
        case .alias:
            throw SettingsError(origin: place, key: key, problem: "aliases are not used here; write the value out")
        }
    }

    private mutating func read(environment: [String: String]) throws(SettingsError) {
        for key in SettingKey.all {
            if let text = environment[key.variable] {
                entries[key.name] = Entry(values: key.isList ? Self.list(text) : [text], origin: key.variable)
            } else if let path = environment[key.variable + "_FILE"] {
                guard let data = FileManager.default.contents(atPath: path),
                    let text = String(data: data, encoding: .utf8)
                else {
                    throw SettingsError(
                        origin: key.variable + "_FILE", key: key.name, problem: "cannot read the file \(path)")
                }
                let value = text.trimmed
                entries[key.name] = Entry(values: key.isList ? Self.list(value) : [value], origin: path)
            }
        }
        let known = Set(SettingKey.all.flatMap { [$0.variable, $0.variable + "_FILE"] })
        for name in environment.keys.sorted() where name.hasPrefix("BREVDUE_") && !known.contains(name) {
            guard !Self.otherVariables.contains(where: { name.hasPrefix($0) }) else { continue }
            throw SettingsError(
                origin: name, key: "environment", problem: "no such setting" + SettingKey.suggestion(forVariable: name))
        }
    }

    /// Variables that are not settings: those of the tests and the benches.
    private static let otherVariables = ["BREVDUE_TEST_", "BREVDUE_BENCH_"]

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
