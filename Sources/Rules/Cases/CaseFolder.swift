import Foundation

/// Reads the cases that lie beside a rule set.
package enum CaseFolder {
    private static let sizeLimit = 1 << 20
    private static let fileLimit = 1000

    /// The cases of `cases/` in a folder of rules; none where there is no such folder.
    package static func load(_ path: String, rules: RuleSet) throws(RuleFaults) -> CaseSet {
        let folder = path + "/cases"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        guard names.count <= fileLimit else {
            throw RuleFaults(faults: [fault("cases", "expected at most \(fileLimit) files")])
        }
        var files: [RuleFile] = []
        var mails: [String: [UInt8]] = [:]
        for name in names {
            if name.hasSuffix(".yaml") {
                let text = String(validating: try read(name, in: folder), as: UTF8.self)
                guard let text else { throw RuleFaults(faults: [fault("cases/" + name, "expected UTF-8 text")]) }
                files.append(RuleFile(name: "cases/" + name, text: text))
            } else if name.hasSuffix(".eml") {
                mails[name] = try read(name, in: folder)
            }
        }
        return try CaseSet(files, mails: mails, rules: rules)
    }

    private static func read(_ name: String, in folder: String) throws(RuleFaults) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"), data.count <= sizeLimit else {
            throw RuleFaults(faults: [fault("cases/" + name, "expected a file of at most \(sizeLimit) octets")])
        }
        return Array(data)
    }

    private static func fault(_ file: String, _ message: String) -> Fault {
        Fault(file: file, line: 0, column: 0, message: message)
    }
}
