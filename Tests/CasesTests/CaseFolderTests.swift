import Cases
import Foundation
import Rules
import TestSupport
import Testing
import Workflow

/// The cases of every rule set of the repository.
@Suite("Cases of the rule sets")
struct CaseFolderTests {
    @Test("hold", arguments: [(Repository.rules, 45), (Repository.root + "/fixtures/cleaning", 10)])
    func hold(_ folder: String, _ count: Int) throws {
        let book = try RuleBook(RuleFolder.load(folder))
        let set = try CaseFolder.load(folder, rules: book.rules)
        #expect(set.cases.count >= count)
        for example in set.cases {
            let result = CaseResult(example, of: set, by: book)
            #expect(result.passed, "\(result)")
        }
    }

    @Test("a folder of rules without cases has none, and files of another kind are passed over")
    func folder() throws {
        let folder = try Repository.temporaryFolder("cases")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let rules = try RobotShop().book.rules
        #expect(try CaseFolder.load(folder, rules: rules).cases.isEmpty)
        try FileManager.default.createDirectory(atPath: folder + "/cases", withIntermediateDirectories: true)
        let text = RobotShop.file(expect: "wanted: [robot]", messages: "- file: a.eml")
        for (name, text) in ["a.yaml": text, "a.eml": "From: a@b.example\n\nEn robot", "notes.txt": "- robot"] {
            try text.write(toFile: "\(folder)/cases/\(name)", atomically: true, encoding: .utf8)
        }
        let set = try CaseFolder.load(folder, rules: rules)
        #expect(set.cases.map(\.name) == ["a robot"] && set.mails.keys.sorted() == ["a.eml"])
    }

    @Test("a file that is too large or no UTF-8 is named")
    func unreadable() throws {
        let folder = try Repository.temporaryFolder("cases")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let rules = try RobotShop().book.rules
        try FileManager.default.createDirectory(atPath: folder + "/cases", withIntermediateDirectories: true)
        let octets = [
            ([0x63, 0xFF], "cases/a.yaml: expected UTF-8 text"),
            ([UInt8](repeating: 0x23, count: (1 << 20) + 1), "cases/a.yaml: expected a file of at most 1048576 octets"),
        ]
        for (octets, fault) in octets {
            try Data(octets).write(to: URL(filePath: folder + "/cases/a.yaml"))
            let error = #expect(throws: RuleFaults.self) { try CaseFolder.load(folder, rules: rules) }
            #expect(error?.description == fault)
        }
    }
}
