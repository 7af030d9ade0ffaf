/// Something we sell (`services.yaml`).
package struct Service: Hashable, Sendable {
    package var code: String
    package var name: Phrase
    /// As it is called among others in a sentence: `en chatbot`.
    package var short: Phrase?
    package var unit: Phrase
    /// The unit of any other number than one.
    package var units: Phrase?
    /// Words that ask for it, in either language; `*` at an end of a word stands for any letters.
    package var words: [String]
    /// Groups of declining phrases that do not turn it down: who already has a finance system wants it connected.
    package var notDeclinedBy: [String]
    /// Words behind which its own say nothing: who is `på kursus` wants none.
    package var notBehind: [String]
    /// Words before which its own say nothing: `fakturaer sendes til …` tells where to invoice.
    package var notBefore: [String]
    /// What a unit costs, by how often it falls due; price rules charge it.
    package var prices: BasePrices
    /// Fact whose number is the quantity of its lines, and the quantity that is presumed while it is not known.
    package var driver: String?
    package var presumed: Int?
    /// What to ask when it is part of the price.
    package var asks: [ServiceAsk]
    /// What it holds.
    package var includes: Phrase?
    /// What the price presumes.
    package var presumes: Phrase?
    /// What it does not hold.
    package var excludes: Phrase?

    init(_ fields: inout Fields) {
        code = fields.text("code")
        name = fields.phrase("name")
        short = fields.optionalPhrase("short")
        unit = fields.phrase("unit")
        units = fields.optionalPhrase("units")
        words = fields.words("words", required: false)
        notDeclinedBy = fields.references("not_declined_by", to: .declining)
        notBehind = fields.words("not_behind", required: false)
        notBefore = fields.words("not_before", required: false)
        prices =
            fields.value("prices") == nil ? BasePrices() : fields.mapping("prices", BasePrices.init) ?? BasePrices()
        driver = fields.optionalReference("driver", to: .fact, need: [.number])
        presumed = fields.integer("presumed", in: 1...1_000_000)
        asks = fields.rules("asks", named: "id", ServiceAsk.init)
        includes = fields.optionalPhrase("includes")
        presumes = fields.optionalPhrase("presumes")
        excludes = fields.optionalPhrase("excludes")
        checkDriver(&fields)
    }

    private func checkDriver(_ fields: inout Fields) {
        let open = asks.filter { $0.when == nil }
        if driver == nil, presumed != nil {
            fields.faults.add(
                "presumed: there is no driver whose number it stands in for", at: fields.value("presumed"))
        }
        if driver == nil, !open.isEmpty {
            fields.faults.add(
                "asks: without when it is asked while the driver is unknown, and there is no driver",
                at: fields.value("asks"))
        }
        if open.count > 1 {
            fields.faults.add(
                "asks: expected only one without when, which asks for the driver", at: fields.value("asks"))
        }
    }
}

/// What a unit of a service costs, in øre.
package struct BasePrices: Hashable, Sendable {
    package var once: Int?
    package var month: Int?
    package var year: Int?

    init() {}

    init(_ fields: inout Fields) {
        once = fields.amount("once")
        month = fields.amount("month")
        year = fields.amount("year")
        if self == BasePrices() { fields.faults.add("expected once, month or year", at: fields.node) }
    }

    package subscript(_ recurrence: PriceRule.Recurrence?) -> Int? {
        switch recurrence {
        case nil: once
        case .month: month
        case .year: year
        }
    }
}
