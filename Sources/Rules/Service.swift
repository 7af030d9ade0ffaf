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
        includes = fields.optionalPhrase("includes")
        presumes = fields.optionalPhrase("presumes")
        excludes = fields.optionalPhrase("excludes")
    }
}
