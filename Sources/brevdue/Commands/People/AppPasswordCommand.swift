import ArgumentParser
import Cryptography
import Foundation
import Records
import WireFormat

struct AppPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "app-password", abstract: "Passwords of people's mail programs, one for each program.",
        subcommands: [Add.self, List.self, Revoke.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a password for a mail program and print it, alone; it is shown this once.")

        @OptionGroup var configuration: ConfigurationArguments
        @Option(help: "Whose password it is; their mail address is the user name.") var email: String
        @Option(help: "What it is for, such as \"Outlook, laptop\".") var label: String

        func validate() throws {
            guard !label.isEmpty, label.utf8.count <= 100, !label.utf8.contains(where: { $0 < 0x20 }) else {
                throw ValidationError("--label: expected 1 to 100 octets without control characters")
            }
        }

        func run() async throws {
            let password = try AppPassword.make()
            try await configuration.withDatabase { access, _ in
                try await MailPasswords.add(password, label: label, for: email, in: access.pool)
            }
            StandardOutput.write(password.text)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a person's app passwords by their labels.")

        @OptionGroup var configuration: ConfigurationArguments
        @Option(help: "Whose.") var email: String
        @Flag(help: "One JSON object per line.") var json = false

        func run() async throws {
            let passwords = try await configuration.withDatabase { access, _ in
                try await MailPasswords.list(of: email, in: access.pool)
            }
            for password in passwords {
                StandardOutput.write(
                    json ? try JSONLine.encode(password) : "\(password.createdAt)\t\(password.label)")
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a password back.")

        @OptionGroup var configuration: ConfigurationArguments
        @Option(help: "Whose.") var email: String
        @Option(help: "The label it was made with.") var label: String

        func run() async throws {
            try await configuration.withDatabase { access, _ in
                try await MailPasswords.revoke(label: label, of: email, in: access.pool)
            }
        }
    }
}
