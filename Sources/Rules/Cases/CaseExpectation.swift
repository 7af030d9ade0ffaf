import Yams

/// What the rules are to make of the messages of a case.
///
/// What is not named is not looked at; of a list that is there and empty, nothing may be.
package struct CaseExpectation: Hashable, Sendable {
    /// The lines of the quote, all of them unless there may be more.
    package var lines: Placed<[LineExpectation]>?
    package var mayHaveMoreLines = false
    /// Services that no line may be of.
    package var noLinesOf: [Placed<String>] = []
    /// Services that are asked for, and those turned down.
    package var wanted: [Placed<String>] = []
    package var declined: [Placed<String>] = []
    package var facts: [FactExpectation] = []
    /// Facts that are not known.
    package var unknown: [Placed<String>] = []
    package var advice: Placed<[AdviceExpectation]>?
    package var notAdvice: [Placed<String>] = []
    /// Ids of the rules that ask, or words of the questions with what the answer changes.
    package var questions: Placed<[Placed<String>]>?
    package var notQuestions: [Placed<String>] = []
    /// Amounts in øre.
    package var totals: [TotalExpectation] = []
    package var validUntil: Placed<CalendarDay>?
    /// Words of them.
    package var assumptions: Placed<[Placed<String>]>?
    package var remarks: Placed<[Placed<String>]>?
    /// Facts that were said in more ways than one, all of them.
    package var disagreements: Placed<[Placed<String>]>?
    /// The company's number, or `none`.
    package var company: Placed<String>?
    /// Words of the mail to the salesperson, and words that are not in it.
    package var summary: [Placed<String>] = []
    package var notInSummary: [Placed<String>] = []
    /// Words that are in nothing that the customer reads.
    package var notToCustomer: [Placed<String>] = []

    init() {}

    init(_ fields: inout Fields, names: CaseNames) {
        lines = fields.placedList("lines") { $0.lines($1, names) }
        mayHaveMoreLines = fields.yesOrNo("more") ?? false
        if mayHaveMoreLines, lines == nil {
            fields.faults.add("more: expected lines beside it", at: fields.value("more"))
        }
        noLinesOf = fields.placedNames("no_lines_of", of: .service, in: names)
        wanted = fields.placedNames("wanted", of: .service, in: names)
        declined = fields.placedNames("declined", of: .service, in: names)
        facts = fields.facts("facts", names)
        unknown = fields.placedNames("unknown", of: .fact, in: names)
        advice = fields.placedList("advice") { $0.advice($1, names) }
        notAdvice = fields.placedNames("not_advice", of: .recommendation, in: names)
        questions = fields.placedList("questions") { $0.questions($1, names) }
        notQuestions = fields.questions("not_questions", names)
        totals = fields.totals("totals")
        validUntil = fields.placed("valid_until") { $0.day($1) }
        assumptions = fields.placedList("assumptions") { $0.placedTexts($1) }
        remarks = fields.placedList("remarks") { $0.placedTexts($1) }
        disagreements = fields.placedList("disagreements") { $0.placedNames($1, of: .fact, in: names) }
        company = fields.placed("company") { $0.company($1) }
        summary = fields.placedTexts("summary")
        notInSummary = fields.placedTexts("not_in_summary")
        notToCustomer = fields.placedTexts("not_to_customer")
    }
}

/// A line of the quote.
package struct LineExpectation: Hashable, Sendable {
    /// Id of the pricing rule.
    package var rule: Placed<String>
    /// In thousandths.
    package var quantity: Placed<Int>?
    /// In øre, as the amount.
    package var unitPrice: Placed<Int>?
    /// In percent.
    package var discount: Placed<Int>?
    package var amount: Placed<Int>?
    /// Words of the reason or of what it rests on.
    package var because: [Placed<String>]

    fileprivate init(_ fields: inout Fields, _ names: CaseNames) {
        rule = fields.name("rule", of: .price, in: names)
        quantity = fields.placed("quantity") { $0.thousandths($1) }
        unitPrice = fields.placed("unit_price") { $0.amount($1) }
        discount = fields.placed("discount") { $0.integer($1, in: 0...100) }
        amount = fields.placed("amount") { $0.amount($1) }
        because = fields.placedTexts("because")
    }
}

/// A recommendation, and when it is due where that is said.
package struct AdviceExpectation: Hashable, Sendable {
    package var rule: Placed<String>
    package var due: Placed<CalendarDay>?
}

/// A sum of the quote.
package struct TotalExpectation: Hashable, Sendable {
    package enum Sum: String, Sendable, CaseIterable {
        /// The lines of one kind, excluding VAT.
        case once, month, year
        /// One of each line, excluding VAT, and the VAT of it.
        case firstInvoice = "first_invoice"
        case vat
        /// One-off and the recurring amounts of twelve months, excluding VAT.
        case firstYear = "first_year"
    }

    package var sum: Sum
    package var ore: Placed<Int>
}

extension Fields {
    /// One for each pricing rule: it gives one line at most.
    fileprivate mutating func lines(_ key: String, _ names: CaseNames) -> [LineExpectation] {
        var seen: Set<String> = []
        let faults = faults
        return items(key) { item in
            let line = LineExpectation(&item, names)
            if !seen.insert(line.rule.value).inserted {
                faults.add("rule \(line.rule.value) is given twice", at: item.value("rule"))
            }
            return line
        }
    }

    /// A number without its blanks, or `none`.
    fileprivate mutating func company(_ key: String) -> String {
        let text = text(key).filter { $0 != " " }
        let isNumber = text.utf8.count == 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if !isNumber, text != "none" { faults.add("\(key): expected eight digits, or none", at: value(key)) }
        return text
    }

    /// Ids, or mappings of an id and a day.
    fileprivate mutating func advice(_ key: String, _ names: CaseNames) -> [AdviceExpectation] {
        let faults = faults
        return list(key).map { node in
            if let name = node.scalar?.string {
                names.check(name, of: .recommendation, at: node, faults)
                return AdviceExpectation(rule: Placed(value: name, place: place(of: node)))
            }
            var fields = Fields(node, faults)
            defer { fields.finish() }
            return AdviceExpectation(
                rule: fields.name("rule", of: .recommendation, in: names), due: fields.placed("due") { $0.day($1) })
        }
    }

    /// A text without blanks is the id of a rule.
    fileprivate mutating func questions(_ key: String, _ names: CaseNames) -> [Placed<String>] {
        placedItems(key) { text, node, faults in
            if !text.contains(" ") { names.check(text, of: .question, at: node, faults) }
        }
    }

    fileprivate mutating func totals(_ key: String) -> [TotalExpectation] {
        guard let node = value(key) else { return [] }
        var fields = Fields(node, faults)
        defer { fields.finish() }
        return TotalExpectation.Sum.allCases.compactMap { sum in
            fields.placed(sum.rawValue) { $0.amount($1) }.map { TotalExpectation(sum: sum, ore: $0) }
        }
    }
}
