package import Rules
package import Understanding

/// A priced offer with the reason for every line.
///
/// Amounts exclude VAT unless named otherwise. Every line holds: quantity times unit price, less discount, rounded as the
/// rules say, is `amount`.
package struct Quote: Hashable, Sendable, Codable {
    /// How often an amount falls due; `nil` in a line means once.
    package enum Period: String, Sendable, Codable, CaseIterable { case month, year }

    package var lines: [Line]
    /// Sum of all lines, a recurring one for one period: the first invoice.
    package var subtotal: Money
    package var vat: Money
    package var total: Money
    /// One-off and each period apart, in the order one-off, month, year; only those that have lines.
    package var totals: [Total]
    /// One-off and the recurring amounts of the first twelve months.
    package var firstYear: Money
    /// What the price presumes, in the language of the mail.
    package var assumptions: [String]
    package var questions: [Question]
    package var validUntil: CalendarDay
    /// Content hash of the rules that priced it.
    package var ruleSet: String

    /// One line.
    package struct Line: Hashable, Sendable, Codable {
        package var position: Int
        /// Code of the service in `services.yaml`.
        package var code: String
        package var description: String
        package var quantity: Quantity
        package var unit: String
        package var unitPrice: Money
        /// Whole percent, 0 to 100.
        package var discountPercent: Int
        /// Id of the rule that gives the discount, a campaign or the price rule itself; `nil` where our own people's note
        /// asks for it, or there is none.
        package var discountRule: String?
        package var amount: Money
        package var recurring: Period?
        /// Id of the pricing rule.
        package var rule: String
        /// Why the line is there and how its quantity came about, in the language of the mail.
        package var reason: String
        package var evidence: [Evidence]

        package init(
            position: Int, code: String, description: String, quantity: Quantity, unit: String, unitPrice: Money,
            discountPercent: Int = 0, discountRule: String? = nil, amount: Money, recurring: Period? = nil,
            rule: String, reason: String,
            evidence: [Evidence]
        ) {
            self.position = position
            self.code = code
            self.description = description
            self.quantity = quantity
            self.unit = unit
            self.unitPrice = unitPrice
            self.discountPercent = discountPercent
            self.discountRule = discountRule
            self.amount = amount
            self.recurring = recurring
            self.rule = rule
            self.reason = reason
            self.evidence = evidence
        }
    }

    /// The sum of the lines of one period.
    package struct Total: Hashable, Sendable, Codable {
        package var recurring: Period?
        package var subtotal: Money
        package var vat: Money
        package var total: Money

        package init(recurring: Period?, subtotal: Money, vat: Money, total: Money) {
            self.recurring = recurring
            self.subtotal = subtotal
            self.vat = vat
            self.total = total
        }
    }

    /// Something to ask the lead because the answer changes the price.
    package struct Question: Hashable, Sendable, Codable {
        package var text: String
        /// What the answer changes in money, in words; `nil` when it only clears things up.
        package var effect: String?
        package var rule: String

        package init(text: String, effect: String? = nil, rule: String) {
            self.text = text
            self.effect = effect
            self.rule = rule
        }
    }

    package init(
        lines: [Line], subtotal: Money, vat: Money, total: Money, totals: [Total], firstYear: Money,
        assumptions: [String], questions: [Question], validUntil: CalendarDay, ruleSet: String
    ) {
        self.lines = lines
        self.subtotal = subtotal
        self.vat = vat
        self.total = total
        self.totals = totals
        self.firstYear = firstYear
        self.assumptions = assumptions
        self.questions = questions
        self.validUntil = validUntil
        self.ruleSet = ruleSet
    }
}
