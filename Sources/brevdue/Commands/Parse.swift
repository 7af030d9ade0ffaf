import ArgumentParser
import Mail
import Rules
import Understanding
import WireFormat
import Workflow

/// Prints what is understood of each mail file; no database, no network.
struct Parse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what is understood of mail files: who wrote, what, and which company.",
        discussion: """
            A file that is no mail is named on its line; the others go on and the exit status is 1. What is attached is read
            in processes that can do nothing else.
            """)

    @Flag(help: "One JSON object per line instead of text.")
    var json = false

    @OptionGroup var reading: ReadingArguments

    func run() async throws {
        let finder: FactFinder?
        do {
            finder = try reading.rules.map { FactFinder(try RuleFolder.load($0)) }
        } catch {
            throw CommandFailure(error)
        }
        var refused = false
        for name in try reading.names() {
            let mail: AttachmentRounds.Result
            do {
                mail = try await MailFile.read(
                    name, own: OwnPeople(domains: Set(reading.ownDomain)),
                    attachments: reading.attachments ? AttachmentSettings() : nil)
            } catch let error as InputFile.Unreadable {
                refused = true
                try MailFile.report(error, of: name, json: json)
                continue
            }
            let link = LinkDecision.decide(
                letter: mail.letter, known: Acquaintance(), own: reading.numbers, attachments: mail.attachments)
            let facts = finder?.facts(
                in: mail.letter.dated(asOf: reading.instant), attachments: mail.attachments, own: reading.numbers)
            let report = LetterReport(
                file: name, letter: mail.letter, link: link, facts: facts ?? [], attachments: mail.attachments)
            StandardOutput.write(
                json ? try JSONLine.encode(report, convertingKeys: false) : LetterText(report).description)
        }
        if refused { throw CommandFailure.refused("") }
    }
}
