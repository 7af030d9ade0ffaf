import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `brevdue rules test` as the business runs it.
@Suite("The command rules test")
struct RulesTestCommandTests {
    private func run(_ words: String...) async throws -> (status: TerminationStatus, output: String, complaint: String)
    {
        let result = try await Subprocess.run(
            .path(FilePath(Repository.executable)), arguments: Arguments(["rules", "test"] + words),
            workingDirectory: FilePath(Repository.root), output: .string(limit: 4 << 20), error: .string(limit: 1 << 20)
        )
        return (result.terminationStatus, result.standardOutput, result.standardError)
    }

    /// The rules of the cleaning company with other cases.
    private func folder(cases: String) throws -> String {
        let folder = try Repository.temporaryFolder("rules-test")
        let files = FileManager.default
        for name in ["company", "services", "facts", "recommendations", "pricing"] {
            try files.copyItem(
                atPath: "\(Repository.root)/fixtures/cleaning/\(name).yaml", toPath: "\(folder)/\(name).yaml")
        }
        try files.copyItem(atPath: Repository.rules + "/templates", toPath: folder + "/templates")
        try files.createDirectory(atPath: folder + "/cases", withIntermediateDirectories: true)
        try cases.write(toFile: folder + "/cases/stairs.yaml", atomically: true, encoding: .utf8)
        return folder
    }

    /// Two stairwells at 480 are 960.
    private static func cases(amount: Int) -> String {
        """
        cases:
          - name: two stairwells
            messages:
              - mail: {date: 2026-11-24 09:00, from: Jan <jb@borkbolig.example>, text: Vi søger trappevask i to opgange.}
            expect:
              lines: [{rule: stairs.each, amount: \(amount)}]
          - name: no windows
            messages:
              - mail: {date: 2026-11-24 09:00, from: Jan <jb@borkbolig.example>, text: Vi søger trappevask i to opgange.}
            expect:
              no_lines_of: [windows]
        """
    }

    @Test("cases that hold end with 0, and the rule set is the one that the check names")
    func hold() async throws {
        let result = try await run("fixtures/cleaning")
        #expect(result.status.isSuccess, "\(result.output)\(result.complaint)")
        #expect(result.output.contains(" cases, all hold; rule set "))
        let check = try await Subprocess.run(
            .path(FilePath(Repository.executable)), arguments: ["rules", "check", "fixtures/cleaning"],
            workingDirectory: FilePath(Repository.root), output: .string(limit: 1 << 16), error: .discarded)
        let hash = try #require(result.output.split { $0 == " " || $0 == "\n" }.last)
        #expect(hash.count == 12 && check.standardOutput.contains("rule set \(hash)"))
    }

    @Test("a case that does not hold ends with 1 and is said with its place, what came, and why")
    func fail() async throws {
        let folder = try folder(cases: Self.cases(amount: 961))
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = try await run(folder)
        #expect(result.status == .exited(1))
        let place = "cases/stairs.yaml:6:43: two stairwells: expected amount 961.00 in stairs.each; came 960.00\n"
        #expect(result.output.hasPrefix(place + "    stairs.each: 2 × 480.00 = 960.00"), "\(result.output)")
        #expect(result.output.contains("\(folder): 2 cases, 1 failed; rule set "))
        #expect(result.complaint.contains("1 of 2 cases failed"))
    }

    @Test("only the cases asked for are run")
    func filter() async throws {
        let folder = try folder(cases: Self.cases(amount: 961))
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let windows = try await run(folder, "--filter", "Windows")
        #expect(windows.status.isSuccess && windows.output.contains("1 cases, all hold"), "\(windows)")
        let file = try await run(folder, "--filter", "stairs.yaml")
        #expect(file.output.contains("2 cases, 1 failed"))
        let none = try await run(folder, "--filter", "carpets")
        #expect(none.status == .exited(2) && none.complaint.contains("no case has \"carpets\" in its name"))
    }

    @Test("as JSON there is one object for each case")
    func json() async throws {
        let folder = try folder(cases: Self.cases(amount: 961))
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = try await run(folder, "--json")
        #expect(result.status == .exited(1))
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == 2)
        let first = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(first["name"] as? String == "two stairwells" && first["passed"] as? Bool == false)
        #expect((first["rule_set"] as? String)?.count == 64)
        let failure = try #require((first["failures"] as? [[String: Any]])?.first)
        #expect(failure["file"] as? String == "cases/stairs.yaml")
        #expect(failure["line"] as? Int == 6 && failure["column"] as? Int == 43)
        #expect(failure["came"] as? String == "960.00")
        #expect((failure["because"] as? [String])?.isEmpty == false)
        #expect(lines[1].contains(#""failures":[]"#) && lines[1].contains(#""passed":true"#))
    }

    @Test("faulty cases, faulty rules and a folder without cases end with 2")
    func faulty() async throws {
        let folder = try folder(cases: Self.cases(amount: 960).replacing("stairs.each", with: "stairs.eahc"))
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cases = try await run(folder)
        #expect(cases.status == .exited(2))
        #expect(
            cases.complaint.contains(
                "cases/stairs.yaml:6:22: there is no pricing rule stairs.eahc (did you mean stairs.each?)"),
            "\(cases.complaint)")
        try FileManager.default.removeItem(atPath: folder + "/cases")
        let none = try await run(folder)
        #expect(none.status == .exited(2) && none.complaint.contains("there are no cases"))
        try FileManager.default.removeItem(atPath: folder + "/company.yaml")
        let rules = try await run(folder)
        #expect(rules.status == .exited(2) && rules.complaint.contains("company.yaml: the file is missing"))
    }
}
