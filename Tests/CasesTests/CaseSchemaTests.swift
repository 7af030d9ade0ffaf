import Cases
import Foundation
import Rules
import TestSupport
import Testing

/// The schema that editors use knows the same keys as the reader.
@Suite("The schema of cases")
struct CaseSchemaTests {
    private func keys(of part: String) throws -> Set<String> {
        let data = try Data(contentsOf: URL(filePath: Repository.rules + "/schema/cases.schema.json"))
        let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let parts = try #require(schema["$defs"] as? [String: [String: Any]])
        return Set(try #require(parts[part]?["properties"] as? [String: Any]).keys)
    }

    struct Part: Sendable, CustomTestStringConvertible {
        var name: String
        /// A file in which KEY stands where the part's keys do.
        var file: String
        var testDescription: String { name }
    }

    @Test(
        "names no key that the reader does not know",
        arguments: [
            Part(name: "case", file: "cases:\n  - {KEY: 1}"), Part(name: "message", file: message("{KEY: 1}")),
            Part(name: "mail", file: message("{mail: {KEY: 1}}")),
            Part(name: "chat", file: message("{chat: {KEY: 1}}")),
            Part(name: "expectation", file: RobotShop.file(expect: "{KEY: 1}")),
        ])
    func known(_ part: Part) throws {
        let shop = try RobotShop()
        let faults = { (key: String) in
            do {
                _ = try shop.cases(part.file.replacing("KEY", with: key))
                return ""
            } catch {
                return "\(error)"
            }
        }
        for key in try keys(of: part.name) { #expect(!faults(key).contains("unknown key"), "\(key)") }
        #expect(faults("colour").contains("unknown key colour"))
    }

    private static func message(_ message: String) -> String { "cases:\n  - name: a\n    messages: [\(message)]" }

    @Test("names every key that a whole case uses")
    func used() throws {
        let lines = CaseResultTests.right.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        let used = Set(lines.map { String($0.prefix { $0 != ":" }) })
        #expect(try keys(of: "expectation") == used.union(["more"]))
    }
}
