import ArgumentParser
import Cases
import Foundation
import Rules
import WireFormat
import Workflow

extension RulesCommand {
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the cases that lie beside the rules, in cases/.",
            discussion: """
                Each case holds messages and what the rules are to make of them (README, "Writing cases"). What comes
                out otherwise is said with file, line and column of the expectation, and the words and rules it came
                from.

                Exit status: 0 every case holds, 1 some do not, 2 the rules or cases cannot be used.
                """)

        @Argument(help: "Folder of the rules; rules.directory of the configuration when left out.")
        var folder: String?

        @Option(help: "Only cases with these words in their name or in that of their file.")
        var filter: String?

        @Flag(help: "One JSON object per case instead of text.")
        var json = false

        func run() throws {
            let path =
                try folder ?? Settings.load(file: nil, environment: ProcessInfo.processInfo.environment).rulesDirectory
            let (book, set) = try load(path)
            let chosen = set.cases.filter { matches($0) }
            guard !chosen.isEmpty else {
                throw CommandFailure.usage(
                    filter.map { "\(path): no case has \"\($0)\" in its name" } ?? "\(path)/cases: there are no cases")
            }
            let results = chosen.map { CaseResult($0, of: set, by: book) }
            let failed = results.filter { !$0.passed }
            if json {
                for result in results {
                    StandardOutput.write(try JSONLine.encode(CaseReport(result, ruleSet: book.rules.hash)))
                }
            } else {
                for result in failed { StandardOutput.write(result.description) }
                StandardOutput.write(
                    "\(path): \(results.count) cases, \(failed.isEmpty ? "all hold" : "\(failed.count) failed"); rule set "
                        + book.rules.hash.prefix(12))
            }
            guard failed.isEmpty else {
                throw CommandFailure.refused("\(failed.count) of \(results.count) cases failed")
            }
        }

        private func load(_ path: String) throws -> (RuleBook, CaseSet) {
            do {
                let book = try RuleBook(try RuleFolder.load(path))
                return (book, try CaseFolder.load(path, rules: book.rules))
            } catch {
                StandardError.write("\(error)")
                throw CommandFailure.usage("\(path): the rules or their cases cannot be used")
            }
        }

        private func matches(_ example: RuleCase) -> Bool {
            guard let words = filter?.lowercased() else { return true }
            return example.name.lowercased().contains(words) || example.place.file.lowercased().contains(words)
        }
    }
}

/// What `brevdue rules test --json` prints of a case.
struct CaseReport: Encodable {
    struct Failure: Encodable {
        var file: String
        var line: Int
        var column: Int
        var expected: String
        var came: String
        var because: [String]
    }

    var name: String
    var file: String
    var line: Int
    var passed: Bool
    var failures: [Failure]
    /// Content hash of the rules that were tried.
    var ruleSet: String

    init(_ result: CaseResult, ruleSet: String) {
        name = result.name
        file = result.place.file
        line = result.place.line
        passed = result.passed
        failures = result.failures.map {
            Failure(
                file: $0.place.file, line: $0.place.line, column: $0.place.column, expected: $0.expected,
                came: $0.came, because: $0.because)
        }
        self.ruleSet = ruleSet
    }
}
