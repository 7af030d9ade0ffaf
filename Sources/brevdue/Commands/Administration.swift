import ArgumentParser
import Cryptography
import Foundation
import Postgres
import Records
import Rules
import WireFormat
import Workflow

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database's schema up to date.")

    @OptionGroup var configuration: ConfigurationArguments
    @Flag(help: "A JSON array of the migrations applied instead of text.") var json = false

    func run() async throws {
        let applied = try await configuration.withDatabase { access, _ in
            try await Migrator(
                schema: RecordsMigrations.schema, node: "command", pool: access.pool, logger: LogSettings.quiet()
            )
            .run(RecordsMigrations.all)
        }
        if json { return StandardOutput.write(try JSONLine.encode(applied)) }
        StandardOutput.write(
            applied.isEmpty ? "the schema is up to date" : "applied: \(applied.joined(separator: ", "))")
    }
}

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Bearer tokens of the API.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a bearer token and print it, alone; it is shown this once.")

        @OptionGroup var configuration: ConfigurationArguments
        @Option(help: "Whose token it is.") var email: String
        @Option(help: "How long it is valid, such as 90d or 12h; for ever when left out.") var expires: String?

        func validate() throws {
            if let expires, Self.seconds(expires) == nil {
                throw ValidationError("--expires \(expires): expected a number of days or hours such as 90d or 12h")
            }
        }

        func run() async throws {
            let token = try BearerToken.make()
            let end = expires.flatMap(Self.seconds).map { Date().addingTimeInterval($0) }
            try await configuration.withDatabase { access, _ in
                try await People.store(token: token.digest, for: email, expiresAt: end, in: access.pool)
            }
            StandardOutput.write(token.text)
        }

        private static func seconds(_ text: String) -> Double? {
            guard let unit = text.last, let number = Double(text.dropLast()), number > 0, number < 100_000 else {
                return nil
            }
            return ["d": 86_400, "h": 3600][unit].map { $0 * number }
        }
    }
}
