import ArgumentParser
import Foundation
import Jobs
import Records
import WireFormat

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Work of the daemon that could not be done.",
        subcommands: [Dead.self, Retry.self])

    struct Dead: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List jobs that were set aside with their reason, the newest first.")

        @OptionGroup var configuration: ConfigurationArguments
        @OptionGroup var list: ListArguments

        func run() async throws {
            let letters = try await configuration.withDatabase { access, _ in
                try await DeadLetters.list(list.limit, in: access.pool)
            }
            for letter in letters.map(Listed.init) {
                StandardOutput.write(list.json ? try JSONLine.encode(letter) : letter.line)
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try a job that was set aside again, or all of them, once the cause is gone.",
            discussion: "An outgoing mail is tried again by `outbox retry` with the number of the mail.")

        @OptionGroup var configuration: ConfigurationArguments
        @Argument(help: "Number of the job, or all.") var job: String

        func validate() throws {
            guard job == "all" || Int64(job) != nil else {
                throw ValidationError("\(job): expected the number of a job, or all")
            }
        }

        func run() async throws {
            let (count, left) = try await configuration.withDatabase { access, _ in
                let retried = try await DeadLetters.retry(Int64(job), except: [SendJob.kind], in: access.pool)
                return (retried.count, retried.left)
            }
            if count > 0 { StandardOutput.write(count == 1 ? "1 job is tried again" : "\(count) jobs are tried again") }
            guard left.isEmpty else {
                let mails = Set(left.compactMap(\.mail)).sorted()
                let orders = mails.prefix(20).map { "`brevdue outbox retry \($0)`" }.joined(separator: ", ")
                let rest = mails.count > 20 ? ", and \(mails.count - 20) more" : ""
                throw CommandFailure.refused("outgoing mail is tried again by its own number: \(orders)\(rest)")
            }
            guard count > 0 || job == "all" else { throw CommandFailure.refused("there is no job \(job) set aside") }
        }
    }

    /// A job as it is listed.
    private struct Listed: Encodable {
        var id: String
        var queue: String
        var kind: String
        var attempts: Int
        var reason: String
        var payload: String
        var diedAt: Timestamp

        init(_ letter: DeadLetters.Letter) {
            id = String(letter.id)
            (queue, kind, attempts) = (letter.queue, letter.kind, letter.attempts)
            (reason, payload, diedAt) = (letter.reason, letter.payload, Timestamp(letter.diedAt))
        }

        /// Number, queue, time, what it is about, reason.
        var line: String {
            [id, queue, "\(diedAt)", payload, reason].map {
                $0.split(whereSeparator: \.isNewline).joined(separator: " ")
            }
            .joined(separator: "\t")
        }
    }
}

extension DeadLetters.Letter {
    /// The mail that it was to send.
    fileprivate var mail: Int64? {
        (try? JSONDecoder().decode(SendJob.self, from: Data(payload.utf8)))?.mail
    }
}
