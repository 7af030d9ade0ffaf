/// Advice and when it is given (`recommendations.yaml`).
package struct RecommendationRule: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable { case process, step }

    /// When a step is due.
    package enum Due: Hashable, Sendable {
        /// Workdays from the day of the mail.
        case inWorkdays(Int)
        /// The last workday before a day that the letter names.
        case before(fact: String)
        /// The last day for an order that holds the customer's deadline.
        case orderBy
    }

    package var id: String
    package var kind: Kind
    package var when: Condition
    package var action: Phrase
    /// The action in a few words, as a day goes behind it: `call {customer}`.
    package var short: Phrase?
    package var reason: Phrase
    /// 1 is most urgent.
    package var priority: Int
    /// `nil` for advice on the process, and where nothing hurries.
    package var due: Due?

    init(_ fields: inout Fields) {
        id = fields.text("id")
        kind = fields.choice("kind", Kind.self, required: true) ?? .step
        let faults = fields.faults
        when = fields.condition("when", required: true) ?? .always
        action = fields.phrase("action")
        short = fields.optionalPhrase("short")
        reason = fields.phrase("reason")
        priority = fields.integer("priority", in: 1...9) ?? 5
        let dues = [
            fields.integer("due_in_workdays", in: 0...250).map { Due.inWorkdays($0) },
            fields.optionalReference("due_before", to: .fact, need: [.day]).map { .before(fact: $0) },
            fields.yesOrNo("due_by_order") == true ? .orderBy : nil,
        ].compactMap { $0 }
        due = dues.first
        if dues.count > 1 {
            faults.add("expected only one of due_in_workdays, due_before, due_by_order", at: fields.node)
        }
        fields.guarantee(when.guarantee)
        if kind == .process, due != nil { faults.add("advice on the process is never due", at: fields.node) }
    }
}
