import ArgumentParser
import Foundation
import Records
import WireFormat

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Outgoing mail.",
        subcommands: [List.self, Show.self, Retry.self, Hold.self, Drop.self, Suppressed.self, Release.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List outgoing mail, the newest first.")

        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "One JSON object per line.") var json = false
        @Option(help: "How many at most, from 1 to 200.") var limit = 50
        @Option(help: "Only those in this state: queued, sending, sent, deferred, failed, uncertain, held or dropped.")
        var state: String?

        func validate() throws {
            if let state, Outbox.State(rawValue: state) == nil {
                let states = Outbox.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--state \(state): expected one of \(states)")
            }
        }

        func run() async throws {
            guard let page = PageRequest(limit: limit, cursor: nil, values: 1) else { return }
            let mails = try await configuration.withDatabase { access, _ in
                try await OutboxView.page(page, state: state, .everything, in: access.pool).items
            }
            for mail in mails {
                StandardOutput.write(json ? try JSONLine.encode(mail) : OutboxCommand.line(mail))
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print an outgoing mail exactly as it is sent.")

        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "What is known of the mail, every attempt too, as JSON, instead of its octets.") var json = false
        @Argument(help: "Number of the mail.") var id: Int64

        func run() async throws {
            let (mail, octets) = try await configuration.withDatabase { access, _ in
                (
                    try await OutboxView.one(id, .everything, in: access.pool),
                    try await OutboxView.octets(of: id, in: access.pool)
                )
            }
            guard let mail, let octets else { throw CommandFailure.refused("\(Outbox.Refusal.unknown(id))") }
            if json { return StandardOutput.write(try JSONLine.encode(mail)) }
            FileHandle.standardOutput.write(Data(octets))
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try a mail at once, whatever it waits for; one whose fate is uncertain may arrive twice.")

        @OptionGroup var arguments: OrderArguments

        func run() async throws { try await arguments.follow(.retry) }
    }

    struct Hold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop a mail until it is tried again by hand; what is being sent cannot be taken back.")

        @OptionGroup var arguments: OrderArguments

        func run() async throws { try await arguments.follow(.hold) }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Never send a mail; what is being sent cannot be taken back.")

        @OptionGroup var arguments: OrderArguments

        func run() async throws { try await arguments.follow(.drop) }
    }

    /// What the orders share.
    struct OrderArguments: ParsableArguments {
        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "The mail as JSON instead of text.") var json = false
        @Argument(help: "Number of the mail.") var id: Int64

        func follow(_ order: Outbox.Order) async throws {
            let mail = try await configuration.withDatabase { access, _ in
                try await Outbox.follow(order, id, in: access.pool)
                return try await OutboxView.one(id, .everything, in: access.pool)
            }
            guard let mail else { throw CommandFailure.refused("\(Outbox.Refusal.unknown(id))") }
            StandardOutput.write(json ? try JSONLine.encode(mail) : OutboxCommand.line(mail))
        }
    }

    /// Number, state, time, recipients, subject; then why it is held, or the last attempt.
    private static func line(_ mail: OutboxView) -> String {
        let words = mail.heldReason ?? mail.attempts.last.map { $0.reply ?? $0.outcome } ?? ""
        return [
            mail.id, mail.state, "\(mail.createdAt)", mail.to.joined(separator: ", "), mail.subject,
            words.split(whereSeparator: \.isNewline).joined(separator: " "),
        ].joined(separator: "\t")
    }
}
