import ArgumentParser
import Foundation
import Logging
import Postgres
import PostgresCluster
import Rules

/// What commands that need the configuration share.
struct ConfigurationArguments: ParsableArguments {
    @Option(help: "Configuration file; brevdue.yaml where it stands.")
    var config: String?

    @Option(help: "User that the embedded PostgreSQL runs as when this is root.")
    var databaseUser = "brevdue"

    func load() throws -> Settings {
        do {
            return try Settings.load(file: config, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }

    /// Runs the body with the database of the configuration.
    func withDatabase<Value: Sendable>(
        _ body: (DatabaseAccess, Settings) async throws -> Value
    ) async throws -> Value {
        let settings = try load()
        let logger = LogSettings.quiet()
        do {
            return try await DatabaseAccess.with(settings, user: databaseUser, logger: logger) { access in
                try await body(access, settings)
            }
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    /// The exit status that an error of a room stands for.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as SettingsError: self = .usage("\(error)")
        case let error as RuleFaults: self = .usage("\(error)")
        case let error as ClusterError:
            self = error.code == .inUse ? .refused(error.description) : .usage(error.description)
        case let error as PostgresError where error.isUnavailable: self = .temporary("the database is away: \(error)")
        case let error as PostgresError where error.code == .refusedServer: self = .usage("database: \(error.message)")
        default: self = .refused("\(error)")
        }
    }
}

/// Loggers of the daemon and of commands.
enum LogSettings {
    static func bootstrap(_ settings: Settings) -> Logger {
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        let format = settings.logFormat ?? (isatty(STDERR_FILENO) == 1 ? .text : .json)
        return Logger(label: "brevdue") { LineLogHandler(label: $0, level: level, format: format) }
    }

    /// Commands say only what went wrong.
    static func quiet() -> Logger {
        Logger(label: "brevdue") { LineLogHandler(label: $0, level: .critical, format: .text) }
    }
}
