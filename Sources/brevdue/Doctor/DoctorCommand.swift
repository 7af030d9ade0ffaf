import ArgumentParser
import DNS
import Foundation
import Rules
import WireFormat
import Workflow

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what the daemon depends on, and say what to do.",
        discussion: """
            Looks at DNS, certificates, the relay, the database, the rules, the disk and the clock, beside a running
            daemon or without one. Ends with 0 when nothing is a problem (warnings are none), else with 1.
            """)

    @OptionGroup var configuration: ConfigurationArguments
    @Flag(help: "One JSON object per line.") var json = false

    func run() async throws {
        let settings = try configuration.load()
        var findings = RulesCheck.findings(settings)
        findings += MachineCheck.findings(settings)
        findings += await AttachmentCheck.findings()
        findings += CertificateCheck.findings(settings, now: Date())
        findings += await DatabaseCheck.findings(settings, user: configuration.databaseUser)
        // Faults of the rules are told of already.
        if let company = try? RuleFolder.load(settings.rulesDirectory).company {
            do {
                findings += await DNSCheck(settings: settings, house: try House(settings, company: company)).findings()
            } catch {
                findings.append(.problem("identity", "\(error)", "set it right: the daemon does not start with it"))
            }
        }
        findings += await RelayCheck.findings(settings)
        for finding in findings { try report(finding) }
        let problems = findings.count { $0.status == .problem }
        guard problems > 0 else { return }
        throw CommandFailure.refused(problems == 1 ? "one problem" : "\(problems) problems")
    }

    private func report(_ finding: Finding) throws {
        if json { return StandardOutput.write(try JSONLine.encode(finding)) }
        let status = finding.status.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
        StandardOutput.write("\(status)  \(finding.check): \(finding.text)")
        if let remedy = finding.remedy { StandardOutput.write("         → \(remedy)") }
    }
}

/// Whether the rules can be used.
enum RulesCheck {
    static func findings(_ settings: Settings) -> [Finding] {
        do {
            let rules = try RuleFolder.load(settings.rulesDirectory)
            return [.ok("rules", "\(settings.rulesDirectory), set \(rules.hash.prefix(12))")]
        } catch {
            return error.faults.prefix(20).map {
                .problem("rules", "\($0)", "mend it; `brevdue rules check` tells all")
            }
        }
    }
}
