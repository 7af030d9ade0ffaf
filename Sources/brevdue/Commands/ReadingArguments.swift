import ArgumentParser
import CVR
import Foundation
import Mail
import Rules

/// Options that `parse` and `quote` share.
struct ReadingArguments: ParsableArguments {
    @Option(name: .customLong("own-cvr"), help: "A CVR number of our own; it never links. May be repeated.")
    var ownCVR: [String] = []

    @Option(
        name: .customLong("own-domain"),
        help: "A mail domain of our own: only mail from it is unwrapped. Without one, whatever looks like a forward is."
    )
    var ownDomain: [String] = []

    @Option(help: "Folder of the rules; with it facts are read too.")
    var rules: String?

    @Option(
        help: """
            The instant that counts as now, such as 2026-11-24T09:00:00+01:00; else each mail's own Date. Days such as \
            "on Friday" count from a mail's Date, and from this instant where that is missing or later.
            """)
    var at: String?

    @Flag(inversion: .prefixedNo, help: "Unpack winmail.dat, .msg and signed mail, and read what is attached.")
    var attachments = true

    @Option(
        name: .customLong("files-from"),
        help: "Read the mail files whose names this file holds, one on a line; - is standard input.")
    var filesFrom: String?

    @Argument(help: "Mail files; - is standard input.")
    var files: [String] = []

    func validate() throws {
        guard !files.isEmpty || filesFrom != nil else {
            throw ValidationError("no mail files: name them, or a list of them with --files-from")
        }
        for number in ownCVR where CVRNumber(number) == nil {
            throw ValidationError("--own-cvr \(number): not a CVR number (eight digits that pass modulus 11)")
        }
        if let at, Self.instant(at) == nil {
            throw ValidationError("--at \(at): expected an RFC 3339 time such as 2026-11-24T09:00:00+01:00")
        }
    }

    /// The files of the command line, then those of the list.
    func names() throws(CommandFailure) -> [String] {
        guard let filesFrom else { return files }
        do {
            let list = try InputFile(name: filesFrom).read().split(separator: UInt8(ascii: "\n"))
            return files + list.map { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw .usage("--files-from \(filesFrom): \(error.title): \(error.detail)")
        }
    }

    var numbers: Set<CVRNumber> { Set(ownCVR.compactMap { CVRNumber($0) }) }
    var instant: Date? { at.flatMap(Self.instant) }

    private static func instant(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }
}

extension Letter {
    /// The letter with an instant in the place of a date that is missing or was still to come then.
    func dated(asOf instant: Date?) -> Letter {
        guard let instant, date.instant.map({ $0 > instant }) ?? true else { return self }
        var letter = self
        letter.date.instant = instant
        if let written = letter.original.date.instant, written > instant { letter.original.date.instant = instant }
        return letter
    }
}
