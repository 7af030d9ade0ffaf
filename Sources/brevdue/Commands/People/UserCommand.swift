import ArgumentParser
import Cryptography
import Foundation
import Records
import WireFormat

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "People with access.",
        subcommands: [Add.self, List.self, Disable.self, AppPasswordCommand.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a person.")

        @OptionGroup var configuration: ConfigurationArguments
        @Option(help: "Mail address, which is the name to log in with.") var email: String
        @Option(help: "Name as people read it.") var name: String
        @Option(help: "admin, sales, reader or partner.") var role: String
        @Flag(help: "Read a password from standard input.") var passwordStdin = false

        func validate() throws {
            guard People.Role(rawValue: role) != nil else {
                throw ValidationError("--role \(role): expected admin, sales, reader or partner")
            }
            guard email.split(separator: "@", omittingEmptySubsequences: false).count == 2, !email.contains(" ") else {
                throw ValidationError("--email \(email): expected a mail address")
            }
        }

        func run() async throws {
            let password = try passwordStdin ? readPassword() : nil
            let hash = try password.map { try PasswordHash.make($0) }
            let keys = try password.map { SCRAMKeys(password: $0, salt: try SecureRandom.bytes(16)).description }
            let role = People.Role(rawValue: role) ?? .reader
            let id = try await configuration.withDatabase { access, _ in
                try await People.add(
                    email: email, name: name, role: role, passwordHash: hash, scramKeys: keys, to: access.pool)
            }
            StandardOutput.write(id.uuidString.lowercased())
        }

        private func readPassword() throws -> String {
            guard let line = readLine(strippingNewline: true), line.utf8.count >= 8 else {
                throw CommandFailure.usage(
                    "--password-stdin: expected a password of at least 8 octets on standard input")
            }
            return line
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List people, disabled ones too.")

        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "One JSON object per line.") var json = false

        func run() async throws {
            let people = try await configuration.withDatabase { access, _ in try await People.list(in: access.pool) }
            for person in people {
                StandardOutput.write(
                    json
                        ? try JSONLine.encode(person)
                        : "\(person.email)\t\(person.role)\t\(person.disabledAt == nil ? "active" : "disabled")\t\(person.name)"
                )
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shut a person out: tokens and passwords are refused from now on.")

        @OptionGroup var configuration: ConfigurationArguments
        @Option(help: "Whom.") var email: String

        func run() async throws {
            try await configuration.withDatabase { access, _ in
                try await People.disable(email: email, in: access.pool)
            }
        }
    }
}
