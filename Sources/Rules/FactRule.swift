/// Something to read out of a letter (`facts.yaml`).
package struct FactRule: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A number before one of the words, or behind it where a colon or the end says so.
        case number
        /// An amount in a sentence with one of the words.
        case money
        /// A day in a sentence with one of the words.
        case day
        /// One of the words is there.
        case flag
        /// A percentage in a sentence with one of the words.
        case percent
        /// One of several values, each with its words.
        case choice
    }

    /// A value of a choice.
    package struct Choice: Hashable, Sendable {
        package var value: String
        package var words: [String]
    }

    package var name: String
    package var kind: Kind
    package var unit: String?
    package var words: [String]
    package var choices: [Choice]
    /// Whether several numbers in one sentence are groups that add up.
    package var addsUp: Bool
    /// Whether a number said for a day, a week or a year is one for a month: `12,000 a year` is 1,000.
    package var perMonth: Bool
    /// Whether a day counts only behind a word such as `by`.
    package var onlyLimits: Bool
    /// Whether only our own people's note above a forward counts.
    package var onlyInNote: Bool
    /// Whether it still holds in later messages; a hurry or a question is over with the message that it stands in.
    package var lasts: Bool

    init(_ fields: inout Fields) {
        name = fields.text("name")
        kind = fields.choice("kind", Kind.self, required: true) ?? .flag
        unit = fields.optionalText("unit")
        words = fields.words("words", required: kind != .choice)
        choices = fields.items("choices", required: kind == .choice) { choice in
            Choice(value: choice.text("value"), words: choice.words("words"))
        }
        addsUp = fields.yesOrNo("adds_up") ?? false
        perMonth = fields.yesOrNo("per_month") ?? false
        onlyLimits = fields.yesOrNo("only_limits") ?? false
        onlyInNote = fields.yesOrNo("only_in_note") ?? false
        lasts = fields.yesOrNo("lasts") ?? true
    }
}

/// Phrases that turn a service down when they speak of it (`facts.yaml`).
package struct DecliningPhrases: Hashable, Sendable {
    package var id: String
    package var words: [String]
    /// Whether only what stands right behind the phrase is meant, as with `without`.
    package var onlyBehind: Bool

    init(_ fields: inout Fields) {
        id = fields.text("id")
        words = fields.words("words")
        onlyBehind = fields.yesOrNo("only_behind") ?? false
    }
}
