import Foundation
import TestSupport
import Yams

/// A schema of `rules/schema`, and a validator that is not ours (python3-jsonschema) to ask with it.
struct SchemaValidator {
    let schema: [String: Any]

    /// `file`: such as `pricing.yaml`.
    init(for file: String) throws {
        let path = "\(Repository.rules)/schema/\(file.replacing(".yaml", with: "")).schema.json"
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        guard let schema = object as? [String: Any] else { throw TestFailure("\(path): no object") }
        self.schema = schema
    }

    private static let program = """
        import json, sys
        from jsonschema import Draft202012Validator
        job = json.load(sys.stdin)
        Draft202012Validator.check_schema(job["schema"])
        validator = Draft202012Validator(job["schema"])
        json.dump([[error.json_path + ": " + error.message for error in validator.iter_errors(document)]
                   for document in job["documents"]], sys.stdout)
        """

    /// What is said against each text of YAML; nothing where it is right.
    func complaints(about texts: [String]) throws -> [[String]] {
        let documents = try texts.map { try Self.plain(try Yams.compose(yaml: $0)) }
        let job = try JSONSerialization.data(withJSONObject: ["schema": schema, "documents": documents])
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", Self.program]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        // More than a pipe holds is written while the other end reads.
        DispatchQueue.global().async {
            try? input.fileHandleForWriting.write(contentsOf: job)
            try? input.fileHandleForWriting.close()
        }
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0,
            let complaints = try JSONSerialization.jsonObject(with: answer) as? [[String]]
        else { throw TestFailure("python3-jsonschema is missing, or cannot read the schema") }
        return complaints
    }

    /// As an editor understands it (YAML 1.2, core schema): a plain scalar may be a number or a truth.
    private static func plain(_ node: Node?) throws -> Any {
        switch node {
        case .mapping(let mapping):
            var object: [String: Any] = [:]
            for (key, value) in mapping { object[key.string ?? ""] = try plain(value) }
            return object
        case .sequence(let sequence): return try sequence.map { try plain($0) }
        case .scalar(let scalar):
            guard scalar.style == .plain else { return scalar.string }
            if ["", "~", "null"].contains(scalar.string) { return NSNull() }
            if ["true", "false"].contains(scalar.string) { return scalar.string == "true" }
            if scalar.string.wholeMatch(of: #/[-+]?[0-9]{1,18}/#) != nil, let number = Int(scalar.string) {
                return number
            }
            if scalar.string.wholeMatch(of: #/[-+]?[0-9]+\.[0-9]+/#) != nil, let number = Double(scalar.string) {
                return number
            }
            return scalar.string
        default: return NSNull()
        }
    }

    // MARK: Keys

    /// The keys of every mapping by its place, as the loader names places; a condition has one place wherever it stands.
    var keys: [String: Set<String>] {
        var keys: [String: Set<String>] = [:]
        collect(schema, at: "", &keys)
        return keys
    }

    private func collect(_ schema: [String: Any], at place: String, _ keys: inout [String: Set<String>]) {
        var (schema, place) = (schema, place)
        if let name = (schema["$ref"] as? String)?.split(separator: "/").last.map(String.init) {
            if name == "condition" { place = "condition" }
            schema = (self.schema["$defs"] as? [String: [String: Any]])?[name] ?? [:]
        }
        if let items = schema["items"] as? [String: Any] { collect(items, at: place + "[]", &keys) }
        guard let properties = schema["properties"] as? [String: [String: Any]], keys[place] == nil else { return }
        keys[place] = Set(properties.keys)
        for (key, value) in properties where place != "condition" || value["$ref"] as? String == nil {
            collect(value, at: place.isEmpty ? key : "\(place)/\(key)", &keys)
        }
    }
}
