/// Something we sell (`services.yaml`).
package struct Service: Hashable, Sendable {
    package var code: String
    package var name: Phrase
    package var unit: Phrase
    /// Words that ask for it, in either language; `*` at an end stands for any letters.
    package var words: [String]
    /// What the price presumes.
    package var presumes: Phrase?
    /// What it does not hold.
    package var excludes: Phrase?

    init(_ fields: inout Fields) {
        code = fields.text("code")
        let nothing = Phrase(danish: "", english: "")
        name = fields.phrase("name") ?? nothing
        unit = fields.phrase("unit") ?? nothing
        words = fields.words("words", required: false)
        presumes = fields.phrase("presumes", required: false)
        excludes = fields.phrase("excludes", required: false)
        fields.finish()
    }
}

/// Something to read out of a letter (`facts.yaml`).
package struct FactRule: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A number before or behind one of the words.
        case number
        /// An amount in a sentence with one of the words.
        case money
        /// A day in a sentence with one of the words.
        case day
        /// One of the words is there.
        case flag
        /// A percentage in a sentence with one of the words.
        case percent
    }

    package var name: String
    package var kind: Kind
    package var unit: String?
    package var words: [String]
    /// Whether several numbers in one sentence are groups that add up.
    package var addsUp: Bool
    /// Whether only our own people's note above a forward counts.
    package var onlyInNote: Bool

    init(_ fields: inout Fields) {
        name = fields.text("name")
        kind = fields.choice("kind", Kind.self) ?? .flag
        unit = fields.optionalText("unit")
        words = fields.words("words")
        addsUp = fields.optionalText("adds_up") == "yes"
        onlyInNote = fields.optionalText("only_in_note") == "yes"
        fields.finish()
    }
}
