import ArgumentParser
import Foundation
import Rules
import WireFormat
import Workflow

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Check and try the rules.", subcommands: [Check.self, Test.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the rules; every fault with file, line and column.",
            discussion: """
                Says what is worth a look as well, such as a campaign that is over: a warning keeps no rule from being used.
                """)

        @Argument(help: "Folder of the rules; rules.directory of the configuration when left out.")
        var folder: String?

        @Option(help: "Configuration file; brevdue.yaml where it stands.")
        var config: String?

        @Flag(help: "A JSON object instead of text, of faults as well.")
        var json = false

        func run() throws {
            let path = try folder ?? configuredFolder()
            let rules: RuleSet
            do throws(RuleFaults) {
                rules = try RuleBook(try RuleFolder.load(path)).rules
            } catch {
                if json {
                    StandardOutput.write(try JSONLine.encode(Faults(faults: error.faults.map(Place.init))))
                } else {
                    StandardError.write("\(error)")
                }
                throw CommandFailure.usage("\(path): the rules cannot be used")
            }
            let warnings = rules.warnings(on: CalendarDay(danishAt: Date()))
            if json { return StandardOutput.write(try JSONLine.encode(Contents(folder: path, rules, warnings))) }
            for warning in warnings { StandardError.write("\(warning) (warning)") }
            StandardOutput.write(
                "\(path): \(rules.services.count) services, \(rules.facts.count) facts, \(rules.recommendations.count) "
                    + "recommendations, \(rules.prices.count) prices, \(rules.templates.count) templates; rule set "
                    + rules.hash.prefix(12))
        }

        private func configuredFolder() throws -> String {
            do {
                return try Settings.load(file: config, environment: ProcessInfo.processInfo.environment).rulesDirectory
            } catch {
                throw CommandFailure.usage("\(error)")
            }
        }

        /// A fault or warning; 0 where it is not at one place.
        private struct Place: Encodable {
            var file: String
            var line, column: Int
            var message: String

            init(_ fault: Fault) {
                file = fault.file
                line = fault.line
                column = fault.column
                message = fault.message
            }
        }

        private struct Faults: Encodable {
            var faults: [Place]
        }

        /// How many of each kind there are, and what is worth a look.
        private struct Contents: Encodable {
            var folder: String
            var services, facts, recommendations, prices, templates: Int
            var ruleSet: String
            var faults: [Place] = []
            var warnings: [Place]

            init(folder: String, _ rules: RuleSet, _ warnings: [Fault]) {
                self.folder = folder
                services = rules.services.count
                facts = rules.facts.count
                recommendations = rules.recommendations.count
                prices = rules.prices.count
                templates = rules.templates.count
                ruleSet = rules.hash
                self.warnings = warnings.map(Place.init)
            }
        }
    }
}
