import ArgumentParser
import Mail
import Rules
import Understanding
import WireFormat

/// Prints what is understood of each mail file; no database, no network.
struct Parse: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what is understood of mail files: who wrote, what, and which company.",
        discussion: "A file that is no mail is named on its line; the others go on and the exit status is 1.")

    @Flag(help: "One JSON object per line instead of text.")
    var json = false

    @OptionGroup var reading: ReadingArguments

    func run() throws {
        let finder: FactFinder?
        do {
            finder = try reading.rules.map { FactFinder(try RuleFolder.load($0)) }
        } catch {
            throw CommandFailure(error)
        }
        var refused = false
        for name in reading.files {
            let letter: Letter
            do {
                letter = try MailFile.read(name, own: OwnPeople(domains: Set(reading.ownDomain)))
            } catch {
                refused = true
                try MailFile.report(error, of: name, json: json)
                continue
            }
            let link = LinkDecision.decide(letter: letter, known: Acquaintance(), own: reading.numbers)
            let report = LetterReport(file: name, letter: letter, link: link, facts: finder?.facts(in: letter) ?? [])
            StandardOutput.write(json ? try JSONLine.encode(report) : LetterText(report).description)
        }
        if refused { throw CommandFailure.refused("") }
    }
}

/// Reads a mail file into a letter.
enum MailFile {
    private struct Failure: Encodable {
        struct Details: Encodable {
            var title: String
            var detail: String
        }
        var file: String
        var error: Details
    }

    static func read(_ name: String, own: OwnPeople) throws(InputFile.Unreadable) -> Letter {
        let octets = try InputFile(name: name).read()
        do {
            return try Letter(octets, reading: ReadingOptions(own: own))
        } catch {
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
