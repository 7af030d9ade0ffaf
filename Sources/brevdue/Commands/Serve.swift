import ArgumentParser
import Foundation

/// The daemon.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the daemon.",
        discussion: """
            Takes mail by SMTP, reads, links and answers it, and serves the JSON API. Ends on SIGTERM or SIGINT within ten
            seconds: what was accepted is finished, everything else is told to come again.
            """)

    enum Role: String, CaseIterable, ExpressibleByArgument { case smtp, imap, http, worker }

    @OptionGroup var configuration: ConfigurationArguments

    @Option(help: "What this node does: smtp, imap, http, worker, separated by commas; all by default.")
    var roles: String?

    func run() async throws {
        let settings = try configuration.load()
        let load = { @Sendable [file = configuration.config] in
            try Settings.load(file: file, environment: ProcessInfo.processInfo.environment)
        }
        let roles = try chosenRoles()
        MemoryReturn.keep()
        do {
            try await Daemon(
                settings: settings, load: load, roles: roles, databaseUser: configuration.databaseUser
            ).run()
        } catch {
            throw CommandFailure(error)
        }
    }

    private func chosenRoles() throws -> Set<Role> {
        guard let roles else { return Set(Role.allCases) }
        return Set(
            try roles.split(separator: ",").map { name in
                guard let role = Role(rawValue: String(name)) else {
                    throw CommandFailure.usage("--roles: \"\(name)\": expected smtp, imap, http or worker")
                }
                return role
            })
    }
}
