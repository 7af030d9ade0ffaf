import ArgumentParser
import CVR
import Correspondence
import Foundation
import Mail
import Quoting
import Rules
import Understanding
import WireFormat
import Workflow

/// Parses mail files and prints recommendation and quote; no database.
struct QuoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote",
        abstract: "Print recommendation and draft quote for mail files, with the reason for every line.",
        discussion:
            "\"Today\" is --at, else each mail's own Date. Who we are comes from the options, else the configuration.")

    @Flag(help: "One JSON object per line instead of the summary mail's text.")
    var json = false

    @OptionGroup var configuration: ConfigurationArguments
    @OptionGroup var reading: ReadingArguments

    func run() throws {
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
        for name in reading.files {
            do {
                let letter = try MailFile.read(name, own: own)
                try print(name, letter, LinkDecision.decide(letter: letter, known: Acquaintance(), own: numbers), book)
            } catch let error as InputFile.Unreadable {
                refused = true
                try MailFile.report(error, of: name, json: json)
            }
        }
        if refused { throw CommandFailure.refused("") }
    }

    private func print(_ name: String, _ letter: Letter, _ link: LinkDecision, _ book: RuleBook) throws {
        let instant = reading.instant ?? letter.date.instant ?? Date()
        let consideration = Consideration(
            letter: letter, link: link, readings: book.finder.readings(in: letter), rules: book.rules, now: instant)
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
    struct Words: Encodable {
        var text: String
        @ExplicitNull var messageId: String?
    }

    struct Advice: Encodable {
        var kind: String
        var action: String
        @ExplicitNull var owner: String?
        @ExplicitNull var dueOn: String?
        var priority: Int
        var rule: String
        var reason: String
        var evidence: [Words]
    }

    struct Line: Encodable {
        var position: Int
        var code: String
        var description: String
        var quantity: String
        var unit: String
        var unitPriceOre: Int
        var discountPercent: Int
        var amountOre: Int
        @ExplicitNull var recurring: String?
        var rule: String
        var reason: String
        var evidence: [Words]
    }

    struct Total: Encodable {
        @ExplicitNull var recurring: String?
        var subtotalOre: Int
        var vatOre: Int
        var totalOre: Int
    }

    struct QuoteObject: Encodable {
        var state = "draft"
        var currency = "DKK"
        var lines: [Line]
        var subtotalOre: Int
        var vatOre: Int
        var totalOre: Int
        var total: String
        var totals: [Total]
        var assumptions: [String]
        var validUntil: String
        var questions: [Quote.Question]
        var ruleSet: String
    }

    var file: String
    var letter: LetterReport
    var recommendations: [Advice]
    @ExplicitNull var quote: QuoteObject?
    var questions: [Quote.Question]

    init(file: String, letter: Letter, link: LinkDecision, consideration: Consideration) {
        self.file = file
        self.letter = LetterReport(file: file, letter: letter, link: link, facts: consideration.dossier.facts)
        let words = { (evidence: [Evidence]) in evidence.map { Words(text: $0.text, messageId: letter.messageID) } }
        recommendations = consideration.recommendations.map { advice in
            Advice(
                kind: advice.kind.rawValue, action: advice.action, owner: advice.owner,
                dueOn: advice.dueOn?.description,
                priority: advice.priority, rule: advice.rule, reason: advice.reason, evidence: words(advice.evidence))
        }
        questions = consideration.pricing.questions
        _quote = ExplicitNull(
            wrappedValue: consideration.pricing.quote.map { quote in
                QuoteObject(
                    lines: quote.lines.map { line in
                        Line(
                            position: line.position, code: line.code, description: line.description,
                            quantity: line.quantity.description, unit: line.unit, unitPriceOre: line.unitPrice.ore,
                            discountPercent: line.discountPercent, amountOre: line.amount.ore,
                            recurring: line.recurring?.rawValue, rule: line.rule, reason: line.reason,
                            evidence: words(line.evidence))
                    }, subtotalOre: quote.subtotal.ore, vatOre: quote.vat.ore, totalOre: quote.total.ore,
                    total: "DKK " + Wording.amount(ore: quote.total.ore, in: .english),
                    totals: quote.totals.map {
                        Total(
                            recurring: $0.recurring?.rawValue, subtotalOre: $0.subtotal.ore, vatOre: $0.vat.ore,
                            totalOre: $0.total.ore)
                    }, assumptions: quote.assumptions, validUntil: quote.validUntil.description,
                    questions: quote.questions,
                    ruleSet: quote.ruleSet)
            })
    }
}
