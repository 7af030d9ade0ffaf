import Foundation

/// Reads a folder of rules.
package enum RuleFolder {
    /// Octets of one file at most.
    private static let sizeLimit = 1 << 20

    package static func load(_ path: String) throws(RuleFaults) -> RuleSet {
        var files: [RuleFile] = []
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw RuleFaults(faults: [
                Fault(file: path, line: 0, column: 0, message: "there is no such folder of rules")
            ])
        }
        for name in names(in: path) {
            if let file = try read(name, in: path) { files.append(file) }
        }
        return try RuleSet(files)
    }

    /// Files that make up the rules, there or not, and the templates that are there.
    static func names(in path: String) -> [String] {
        let templates = (try? FileManager.default.contentsOfDirectory(atPath: path + "/templates")) ?? []
        return ["company.yaml", "services.yaml", "facts.yaml", "recommendations.yaml", "pricing.yaml"]
            + templates.filter { $0.hasSuffix(".mustache") }.sorted().map { "templates/" + $0 }
    }

    private static func read(_ name: String, in folder: String) throws(RuleFaults) -> RuleFile? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return nil }
        guard data.count <= sizeLimit, let text = String(data: data, encoding: .utf8) else {
            throw RuleFaults(faults: [
                Fault(file: name, line: 0, column: 0, message: "expected UTF-8 text of at most \(sizeLimit) octets")
            ])
        }
        return RuleFile(name: name, text: text)
    }
}
