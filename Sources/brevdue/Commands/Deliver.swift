import ArgumentParser
import Doors
import Jobs
import Logging
import Mail
import Postgres
import Records
import WireFormat

/// Puts mail files into the journal as if they had been received.
struct Deliver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put mail files into the journal as if they had been received.",
        discussion: "Trusted like mail from smtp.own_networks. Answers are made by a running daemon.")

    @OptionGroup var configuration: ConfigurationArguments

    @Option(help: "Envelope sender; who redirected the mail, else its own From, when left out.")
    var from: String?

    @Option(help: "Envelope recipient; the first intake address when left out.")
    var to: String?

    @Flag(help: "One JSON object per line instead of text.")
    var json = false

    @Argument(help: "Mail files; - is standard input.")
    var files: [String]

    func run() async throws {
        let refused = try await configuration.withDatabase { access, settings in
            let logger = LogSettings.quiet()
            let queue = JobQueue(pool: access.pool, logger: logger)
            let journal = Journal(pool: access.pool, queue: queue, logger: logger)
            let recipients = [to ?? settings.smtp.recipients.first].compactMap { $0 }
            return await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    await journal.run()
                    return false
                }
                var refused = false
                for file in files {
                    if await !deliver(file, to: recipients, UploadDoor(journal: journal)) { refused = true }
                }
                _ = try? await access.pool.query("SELECT pg_notify('brevdue', '')")
                group.cancelAll()
                return refused
            }
        }
        if refused { throw CommandFailure.refused("") }
    }

    /// Who handed it in by its own header: its author, or whoever redirected it.
    private func sender(of octets: [UInt8]) -> String {
        let letter = try? Letter(octets, reading: ReadingOptions(own: OwnPeople(domains: [])))
        return (letter?.forwarder ?? letter?.from.first)?.address ?? ""
    }

    /// False when the file was refused, which is said.
    private func deliver(_ file: String, to recipients: [String], _ door: UploadDoor) async -> Bool {
        do {
            let octets = try InputFile(name: file).read()
            let receipt = try await door.deliver(octets, from: from ?? sender(of: octets), to: recipients)
            let text = "\(file): \(receipt.duplicate ? "already there as" : "stored as") message \(receipt.id)"
            let stored = Stored(file: file, message: receipt.id, duplicate: receipt.duplicate)
            StandardOutput.write(json ? try JSONLine.encode(stored) : text)
            return true
        } catch let error as InputFile.Unreadable {
            refuse(file, error)
        } catch {
            refuse(file, InputFile.Unreadable(title: "not stored", detail: "\(error)"))
        }
        return false
    }

    private func refuse(_ file: String, _ error: InputFile.Unreadable) {
        try? MailFile.report(error, of: file, json: json)
    }

    /// What became of a file.
    private struct Stored: Encodable {
        var file: String
        var message: Int64
        var duplicate: Bool
    }
}
