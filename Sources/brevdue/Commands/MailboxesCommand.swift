import ArgumentParser
import Doors
import Records
import WireFormat

/// Mailboxes that are read by IMAP, and mail that they did not give.
struct MailboxesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailboxes", abstract: "Mailboxes that are read by IMAP.",
        subcommands: [List.self, Faults.self, Retry.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the mailboxes of the configuration: how each fares, and since when.")

        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "One JSON object per line.") var json = false

        func run() async throws {
            let mailboxes = try await configuration.withDatabase { access, settings in
                try await MailboxStatus.all(settings.mailboxes.map(\.key), in: access.pool, patience: .seconds(10))
            }
            for mailbox in mailboxes {
                StandardOutput.write(json ? try JSONLine.encode(mailbox) : Self.line(mailbox))
            }
        }

        /// Name, folder, state, age of the last success, mail that was not given; then the error, or what else to know.
        private static func line(_ mailbox: MailboxStatus) -> String {
            let age = mailbox.lastSuccessSeconds.map { "read \(Int($0)) s ago" } ?? "never read"
            let words = (mailbox.failures > 0 ? mailbox.lastError : nil) ?? mailbox.notice ?? ""
            return [
                mailbox.account, mailbox.folder, mailbox.state.rawValue, age,
                "\(mailbox.setAside) set aside, \(mailbox.waiting) waiting", words.onOneLine,
            ].joined(separator: "\t")
        }
    }

    struct Faults: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List mail that mailboxes did not give, the latest first: waiting for another try, or set aside.")

        @OptionGroup var configuration: ConfigurationArguments
        @OptionGroup var list: ListArguments
        @Argument(help: "Name of a mailbox; all of them when left out.") var name: String?

        func run() async throws {
            let faults = try await configuration.withDatabase { access, _ in
                try await MailboxFault.list(of: name, limit: list.limit, in: access.pool)
            }
            try MailboxesCommand.write(faults, json: list.json)
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask a mailbox for mail again that was set aside or waits; a daemon does so within a minute.")

        @OptionGroup var configuration: ConfigurationArguments
        @Flag(help: "The mails as JSON, one object per line.") var json = false
        @Option(help: "Folder of the mailbox; all that are read when left out.") var folder: String?
        @Argument(help: "Name of the mailbox.") var name: String
        @Argument(help: "UID of the mail, or all.") var uid: String

        func validate() throws {
            guard uid == "all" || UInt32(uid) != nil else {
                throw ValidationError("\(uid): expected a UID, as `mailboxes faults` lists them, or all")
            }
        }

        func run() async throws {
            let faults = try await configuration.withDatabase { access, _ in
                try await MailboxFault.retry(UInt32(uid), of: name, folder: folder, in: access.pool)
            }
            guard !faults.isEmpty else {
                let mail = uid == "all" ? "no mail" : "no mail with UID \(uid)"
                throw CommandFailure.refused("\(mail) of \(name) is set aside or waits")
            }
            try MailboxesCommand.write(faults, json: json)
        }
    }

    /// Name, folder, UID, state, when it was first not given, how often it was asked for, why.
    private static func write(_ faults: [MailboxFault], json: Bool) throws {
        for fault in faults {
            let words = [
                fault.account, fault.folder, "\(fault.uid)", fault.state.rawValue, "\(fault.at)", "\(fault.attempts)",
                fault.reason.onOneLine,
            ]
            StandardOutput.write(json ? try JSONLine.encode(fault) : words.joined(separator: "\t"))
        }
    }
}

extension String {
    fileprivate var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
