import FoundationEssentials
package import Quoting
import Rules
package import Understanding
import WireFormat

/// A quote as the API and `brevdue quote --json` show it.
package struct QuoteView: Encodable, Sendable {
    /// What is known of a quote that is kept; a quote that is only tried out has none of it.
    struct Filing: Sendable {
        var id: Int64
        var number: String
        var version: Int
        var leadID: Int64
        var state: String
        var createdAt: Date
    }

    struct Line: Encodable, Sendable {
        var position: Int
        var code: String
        var description: String
        var quantity: String
        var unit: String
        var unitPriceOre: Int
        var discountPercent: Int
        @ExplicitNull var discountRule: String?
        var amountOre: Int
        @ExplicitNull var recurring: String?
        var rule: String
        var reason: String
        var evidence: [EvidenceView]
    }

    struct Total: Encodable, Sendable {
        @ExplicitNull var recurring: String?
        var subtotalOre: Int
        var vatOre: Int
        var totalOre: Int
    }

    @ExplicitNull var id: String?
    @ExplicitNull var number: String?
    @ExplicitNull var version: Int?
    @ExplicitNull var leadId: String?
    var state: String
    var currency = "DKK"
    var lines: [Line]
    var subtotalOre: Int
    var vatOre: Int
    var totalOre: Int
    /// What a person reads.
    var total: String
    var totals: [Total]
    var firstYearOre: Int
    var assumptions: [String]
    var questions: [QuestionView]
    var validUntil: String
    var ruleSet: String
    @ExplicitNull var createdAt: Timestamp?

    /// A quote that is kept nowhere; `messageID` names the letter that its words stand in.
    package init(_ quote: Quote, messageID: String?) { self.init(quote, filing: nil, messageID: messageID) }

    init(_ quote: Quote, filing: Filing?, messageID: String?) {
        _id = ExplicitNull(wrappedValue: filing.map { String($0.id) })
        _number = ExplicitNull(wrappedValue: filing?.number)
        _version = ExplicitNull(wrappedValue: filing?.version)
        _leadId = ExplicitNull(wrappedValue: filing.map { String($0.leadID) })
        _createdAt = ExplicitNull(wrappedValue: filing.map { Timestamp($0.createdAt) })
        state = filing?.state ?? "draft"
        lines = quote.lines.map { line in
            Line(
                position: line.position, code: line.code, description: line.description,
                quantity: line.quantity.description, unit: line.unit, unitPriceOre: line.unitPrice.ore,
                discountPercent: line.discountPercent, discountRule: line.discountRule, amountOre: line.amount.ore,
                recurring: line.recurring?.rawValue, rule: line.rule, reason: line.reason,
                evidence: line.evidence.map { EvidenceView($0, atHand: messageID) })
        }
        subtotalOre = quote.subtotal.ore
        vatOre = quote.vat.ore
        totalOre = quote.total.ore
        total = Wording.money(ore: quote.total.ore, in: .english)
        totals = quote.totals.map {
            Total(
                recurring: $0.recurring?.rawValue, subtotalOre: $0.subtotal.ore, vatOre: $0.vat.ore,
                totalOre: $0.total.ore)
        }
        firstYearOre = quote.firstYear.ore
        assumptions = quote.assumptions
        questions = quote.questions.map(QuestionView.init)
        validUntil = quote.validUntil.description
        ruleSet = quote.ruleSet
    }
}

/// Words and the message that they stand in.
package struct EvidenceView: Encodable, Sendable {
    var text: String
    var section: String
    @ExplicitNull var messageId: String?
    /// Name of the file that they stand in.
    @ExplicitNull var attachment: String?

    /// `atHand`: how the letter that was answered is named.
    package init(_ evidence: Evidence, atHand: String?) {
        text = evidence.text
        section = evidence.section.rawValue
        _attachment = ExplicitNull(wrappedValue: evidence.attachment)
        _messageId = ExplicitNull(wrappedValue: evidence.messageID.map(String.init) ?? atHand)
    }
}

/// What to ask because the answer changes the price.
package struct QuestionView: Encodable, Sendable {
    var text: String
    @ExplicitNull var effect: String?
    var rule: String

    package init(_ question: Quote.Question) {
        text = question.text
        rule = question.rule
        _effect = ExplicitNull(wrappedValue: question.effect)
    }
}
