import ArgumentParser
import CVR
import Correspondence
import Foundation
import Mail
import Quoting
import Records
import Rules
import Understanding
import WireFormat
import Workflow

/// Parses mail files and prints recommendation and quote; no database.
struct QuoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote",
        abstract: "Print recommendation and draft quote for mail files, with the reason for every line.",
        discussion:
            "\"Today\" is --at, else each mail's own Date. Who we are comes from the options, else the configuration.")

    @Flag(help: "One JSON object per line instead of the summary mail's text.")
    var json = false

    @OptionGroup var configuration: ConfigurationArguments
    @OptionGroup var reading: ReadingArguments

    func run() async throws {
        let settings = try configuration.load()
        let book: RuleBook
        let house: House
        do {
            book = try RuleBook(try RuleFolder.load(reading.rules ?? settings.rulesDirectory))
            house = try House(settings, company: book.rules.company)
        } catch {
            throw CommandFailure(error)
        }
        let own = reading.ownDomain.isEmpty ? house.own : OwnPeople(domains: Set(reading.ownDomain))
        let numbers = reading.numbers.isEmpty ? house.numbers : reading.numbers
        var refused = false
        for name in try reading.names() {
            do {
                let mail = try await MailFile.read(
                    name, own: own, attachments: reading.attachments ? settings.attachments : nil)
                try print(name, mail, book, own: numbers)
            } catch let error as InputFile.Unreadable {
                refused = true
                try MailFile.report(error, of: name, json: json)
            }
        }
        if refused { throw CommandFailure.refused("") }
    }

    private func print(_ name: String, _ mail: AttachmentRounds.Result, _ book: RuleBook, own: Set<CVRNumber>) throws {
        let letter = mail.letter
        let link = LinkDecision.decide(
            letter: letter, known: Acquaintance(), own: own, attachments: mail.attachments)
        var background = Consideration.Background()
        background.attachments = mail.attachments
        let readings = book.finder.readings(
            in: letter.dated(asOf: reading.instant), attachments: mail.attachments, own: own)
        let consideration = Consideration(
            letter: letter, link: link, readings: readings, background: background, rules: book.rules,
            now: reading.instant ?? letter.date.instant ?? Date())
        guard json else {
            let summary = consideration.summary(leadReference: nil, quoteNumber: nil, publicURL: nil)
            let draft = summary.compose(book.templates, rules: book.rules)
            return StandardOutput.write("\(name)\n\(draft.subject)\n\n\(draft.text)")
        }
        StandardOutput.write(
            try JSONLine.encode(QuoteReport(file: name, letter: letter, link: link, consideration: consideration)))
    }
}

/// What `brevdue quote --json` prints of a mail.
struct QuoteReport: Encodable {
    var file: String
    var letter: LetterReport
    var recommendations: [RecommendationView]
    @ExplicitNull var quote: QuoteView?
    var questions: [QuestionView]

    init(file: String, letter: Letter, link: LinkDecision, consideration: Consideration) {
        self.file = file
        let dossier = consideration.dossier
        self.letter = LetterReport(
            file: file, letter: letter, link: link, facts: dossier.facts, attachments: dossier.attachments)
        recommendations = consideration.recommendations.map { RecommendationView($0, messageID: letter.messageID) }
        questions = consideration.pricing.questions.map(QuestionView.init)
        _quote = ExplicitNull(
            wrappedValue: consideration.pricing.quote.map { QuoteView($0, messageID: letter.messageID) })
    }
}
