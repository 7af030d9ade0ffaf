import ArgumentParser
import Records
import WireFormat

extension OutboxCommand {
    struct Suppressed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List addresses that refused mail for good, the newest first; mail to them is held.")

        @OptionGroup var configuration: ConfigurationArguments
        @OptionGroup var list: ListArguments

        func run() async throws {
            let addresses = try await configuration.withDatabase { access, _ in
                try await Suppression.list(list.limit, in: access.pool)
            }
            for entry in addresses {
                StandardOutput.write(
                    list.json
                        ? try JSONLine.encode(entry)
                        : "\(entry.address)\t\(entry.status)\t\(entry.since)\t\(entry.words ?? "")")
            }
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let mail go to an address again; what is held goes out by `outbox retry`.")

        @OptionGroup var configuration: ConfigurationArguments
        @Argument(help: "Address that was suppressed.") var address: String

        func run() async throws {
            let isReleased = try await configuration.withDatabase { access, _ in
                try await Suppression.release(address, in: access.pool)
            }
            guard isReleased else { throw CommandFailure.refused("\(address) is not suppressed") }
        }
    }
}
