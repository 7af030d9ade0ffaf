import ArgumentParser
import Chat
import Records
import WireFormat

/// Senders of chats.
struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "Sources of chats, which post to /v1/webhooks/chat/NAME.",
        subcommands: [Add.self, Rotate.self, List.self])

    /// Formats that are understood; those of vendors are none of them yet.
    private static let kinds = ["standard"]

    private static func check(_ name: String) throws {
        guard ChatSources.isName(name) else {
            throw ValidationError(
                "\(name): expected a name of 1 to 63 letters a-z, digits, - and _ that begins with a letter or a digit")
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a source and print its secret, alone; it is shown this once.")

        @OptionGroup var configuration: ConfigurationArguments
        @Argument(help: "Name of the source, which stands in the webhook's URL.") var name: String
        @Option(help: "Format of its events: standard.") var kind: String

        func validate() throws {
            try SourceCommand.check(name)
            guard SourceCommand.kinds.contains(kind) else {
                throw ValidationError(
                    "--kind \(kind): not understood yet; expected \(SourceCommand.kinds.joined(separator: ", "))")
            }
        }

        func run() async throws {
            let secret = try WebhookSecret.make()
            try await configuration.withDatabase { access, _ in
                try await ChatSources.add(name, kind: kind, secret: secret.octets, to: access.pool)
            }
            StandardOutput.write(secret.text)
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a source a new secret and print it, alone; the old one stays valid for 24 hours.")

        @OptionGroup var configuration: ConfigurationArguments
        @Argument(help: "Name of the source.") var name: String

        func validate() throws { try SourceCommand.check(name) }

        func run() async throws {
            let secret = try WebhookSecret.make()
            try await configuration.withDatabase { access, _ in
                try await ChatSources.rotate(name, secret: secret.octets, in: access.pool)
            }
            StandardOutput.write(secret.text)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the sources by name.")

        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "One JSON object per line.") var json = false

        func run() async throws {
            let sources = try await configuration.withDatabase { access, _ in
                try await ChatSources.all(in: access.pool)
            }
            for source in sources {
                let rotation = source.previousUntil.map { "previous secret until \($0)" } ?? "one secret"
                StandardOutput.write(
                    json
                        ? try JSONLine.encode(source)
                        : "\(source.name)\t\(source.kind)\t\(source.rotatedAt ?? source.createdAt)\t\(rotation)")
            }
        }
    }
}
