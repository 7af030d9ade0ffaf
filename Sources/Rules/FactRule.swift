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
    /// Words that count a number only behind one of `behind`: `we are 40 people`, and not `it takes two people`.
    package var looseWords: [String]
    package var behind: [String]
    /// Phrases in whose clause the words, and what is found with them, mean something else.
    package var notWith: [String]
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
    /// How a summary says it in its first lines: `{users} users`; `nil` where it is not worth a place there.
    package var headline: Phrase?

    init(_ fields: inout Fields) {
        name = fields.text("name")
        kind = fields.choice("kind", Kind.self, required: true) ?? .flag
        unit = fields.optionalText("unit")
        words = fields.words("words", required: kind != .choice)
        choices = fields.items("choices", required: kind == .choice) { choice in
            Choice(value: choice.text("value"), words: choice.words("words"))
        }
        looseWords = fields.words("loose_words", required: false)
        behind = fields.words("behind", required: !looseWords.isEmpty)
        notWith = fields.words("not_with", required: false)
        addsUp = fields.yesOrNo("adds_up") ?? false
        perMonth = fields.yesOrNo("per_month") ?? false
        onlyLimits = fields.yesOrNo("only_limits") ?? false
        onlyInNote = fields.yesOrNo("only_in_note") ?? false
        lasts = fields.yesOrNo("lasts") ?? true
        headline = fields.optionalPhrase("headline")
        // It is said only where the fact is known.
        fields.guarantee(Guarantee(facts: [name]))
    }
}

/// Phrases that tell what becomes of a service when they speak of it (`facts.yaml`).
package struct DecliningPhrases: Hashable, Sendable {
    package enum Effect: String, Sendable, CaseIterable {
        /// It is turned down.
        case declines
        /// It is only spoken of: somebody else's, what once was, what may be one day.
        case aside
        /// It is wanted, although a phrase within or behind sounds like a refusal: `cannot do without`.
        case wish
    }

    package var id: String
    package var effect: Effect
    package var words: [String]
    /// Whether only what stands right behind the phrase is meant, as with `without`.
    package var onlyBehind: Bool

    init(_ fields: inout Fields) {
        id = fields.text("id")
        effect = fields.choice("effect", Effect.self) ?? .declines
        words = fields.words("words")
        onlyBehind = fields.yesOrNo("only_behind") ?? false
    }
}

/// Things that people also speak of without wanting them handled, such as an invoice that they owe (`facts.yaml`).
package struct ThingRule: Hashable, Sendable {
    package var id: String
    /// Words that ask for a service only as told here.
    package var words: [String]
    /// Words of what is done with them; in the same sentence, or the one beside it, they make a wish.
    package var handled: [String]
    /// Whether how many there are is enough: nobody tells it of what is no burden.
    package var counted: Bool

    init(_ fields: inout Fields) {
        id = fields.text("id")
        words = fields.words("words")
        handled = fields.words("handled")
        counted = fields.yesOrNo("counted") ?? false
    }
}
