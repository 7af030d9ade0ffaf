/// Something to ask about a service that is part of the price (`services.yaml`, `asks`).
package struct ServiceAsk: Hashable, Sendable {
    package var id: String
    /// Besides that the service is part of the price; `nil`: while its driver is not known.
    package var when: Condition?
    package var question: Phrase
    /// What the answer changes in money.
    package var effect: Phrase?
    /// What the price presumes until it is answered.
    package var presumption: Phrase?

    init(_ fields: inout Fields) {
        id = fields.text("id")
        when = fields.condition("when")
        question = fields.phrase("question")
        effect = fields.optionalPhrase("effect")
        presumption = fields.optionalPhrase("presumption")
        fields.guarantee(when?.guarantee ?? Guarantee())
    }
}
