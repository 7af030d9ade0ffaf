import Foundation
import Mail
import Understanding
import WireFormat
import Workflow

/// Reads a mail file into a letter, with what is attached to it.
enum MailFile {
    private struct Failure: Encodable {
        struct Details: Encodable {
            var title: String
            var detail: String
        }
        var file: String
        var error: Details
    }

    /// `attachments`: how they are read; `nil` leaves them alone.
    static func read(
        _ name: String, own: OwnPeople, attachments: AttachmentSettings?
    ) async throws -> AttachmentRounds.Result {
        let octets = try InputFile(name: name).read()
        let options = ReadingOptions(own: own)
        do {
            guard let attachments else {
                return AttachmentRounds.Result(letter: try Letter(octets, reading: options))
            }
            return try await attachments.rounds.read(octets, options: options)
        } catch let error as UnreadableMail {
            throw InputFile.Unreadable(title: error.title, detail: error.detail)
        }
    }

    /// Says what is wrong with a file, on its line of the output and to the person at the terminal.
    static func report(_ error: InputFile.Unreadable, of name: String, json: Bool) throws {
        if json {
            StandardOutput.write(
                try JSONLine.encode(Failure(file: name, error: .init(title: error.title, detail: error.detail))))
        }
        StandardError.write("brevdue: \(name): \(error.title): \(error.detail)")
    }
}
