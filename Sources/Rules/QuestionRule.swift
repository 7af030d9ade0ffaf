import Yams

/// Something to ask whenever its condition holds (`pricing.yaml`, `questions`).
package struct QuestionRule: Hashable, Sendable {
    package var id: String
    package var when: Condition
    package var question: Phrase
    /// What the answer changes in money.
    package var effect: Phrase?
    /// What the price presumes until it is answered.
    package var presumption: Phrase?

    init(_ fields: inout Fields) {
        id = fields.text("id")
        let faults = fields.faults
        when = fields.value("when", required: true).map { Condition($0, faults) } ?? .always
        question = fields.phrase("question")
        effect = fields.optionalPhrase("effect")
        presumption = fields.optionalPhrase("presumption")
    }
}
