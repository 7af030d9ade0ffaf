import ArgumentParser
import Cryptography
import Foundation
import Hosts
import Mail
import MailAuthentication
import Rules
import WireFormat
import Workflow

struct DKIMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dkim", abstract: "Keys that outgoing mail is signed with.",
        subcommands: [Create.self, List.self])

    /// What DNS has to say, as it is printed.
    struct Published: Encodable {
        var name: String
        var value: String
        var zoneLine: String

        init(_ record: DKIMRecord) {
            name = record.name
            value = record.value
            zoneLine = record.zoneLine
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key and print the DNS record that has to be published before the daemon is restarted.")

        @OptionGroup var configuration: ConfigurationArguments
        @Option(help: "rsa (2048 bits, understood everywhere) or ed25519 (short; some readers do not know it yet).")
        var type = "rsa"
        @Option(help: "Name of the key; brevdue and the year and month when left out.") var selector: String?
        @Option(help: "Domain that signs; that of the From of automatic mail when left out.") var domain: String?
        @Flag(help: "A JSON object instead of a line for a zone file.") var json = false

        func validate() throws {
            guard KeyKind(rawValue: type) != nil else {
                throw ValidationError("--type \(type): expected rsa or ed25519")
            }
        }

        func run() async throws {
            let settings = try configuration.load()
            do {
                let record = try SigningKeys(dataDirectory: settings.dataDirectory).create(
                    KeyKind(rawValue: type) ?? .rsa,
                    domain: try domain.map(DomainName.comparable) ?? sendingDomain(settings),
                    selector: selector?.lowercased() ?? Self.datedSelector(type))
                StandardOutput.write(json ? try JSONLine.encode(Published(record)) : record.zoneLine)
            } catch {
                throw CommandFailure(error)
            }
        }

        private static func datedSelector(_ type: String) -> String {
            let date = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: Date())
            return "brevdue-\((date.year ?? 2026) * 100 + (date.month ?? 1))" + (type == "rsa" ? "" : "-\(type)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the DNS record of each key that mail is signed with.")

        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "One JSON object per line.") var json = false

        func run() async throws {
            let settings = try configuration.load()
            do {
                let keys = SigningKeys(dataDirectory: settings.dataDirectory)
                for record in try keys.records(of: sendingDomain(settings)) {
                    StandardOutput.write(json ? try JSONLine.encode(Published(record)) : record.zoneLine)
                }
            } catch {
                throw CommandFailure(error)
            }
        }
    }
}

/// The domain in the From of automatic mail.
private func sendingDomain(_ settings: Settings) throws -> String {
    let house = try House(settings, company: try RuleFolder.load(settings.rulesDirectory).company)
    return house.from.domainName
}
