import ArgumentParser
import Extraction

/// The one executable (README, "Commands").
@main
struct Brevdue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "brevdue",
        abstract: "Email-first gateway for Danish B2B sales.",
        discussion: """
            Takes in forwarded mail, works out which company it belongs to by its CVR number, and answers the
            salesperson with a summary, recommendations and a draft quote.

            Exit status: 0 done, 1 done but something was refused (said on standard error), 2 wrong usage or
            configuration, 75 try again.
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, Parse.self, QuoteCommand.self, Deliver.self, RulesCommand.self, OutboxCommand.self,
            MailboxesCommand.self, JobsCommand.self, UserCommand.self, TokenCommand.self, SourceCommand.self,
            DKIMCommand.self, DoctorCommand.self, Migrate.self,
        ])

    static func main() async {
        // Before anything else is done: the process that reads an attachment confines its only thread.
        if CommandLine.arguments.dropFirst().first == ExtractionProcess.command {
            ExtractionProcess.run(CommandLine.arguments.dropFirst(2))
        }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            failure.end()
        } catch {
            end(with: error)
        }
    }

    /// `--help` and `--version` end with 0; wrong usage ends with 2.
    private static func end(with error: any Error) -> Never {
        let code = exitCode(for: error)
        guard code == .validationFailure else { exit(withError: error) }
        StandardError.write(fullMessage(for: error))
        exit(withError: ExitCode(2))
    }
}
