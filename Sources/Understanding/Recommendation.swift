package import Rules

/// Advice that a rule gave: what the customer's process needs, or what the salesperson does next.
package struct Recommendation: Hashable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable { case process, step }

    package var kind: Kind
    /// What to do, in the language of the mail.
    package var action: String
    /// Who does it: the salesperson's name or address; `nil` for advice about the process.
    package var owner: String?
    package var dueOn: CalendarDay?
    /// 1 is most urgent.
    package var priority: Int
    /// Id of the rule, such as `process.invoice-flow`.
    package var rule: String
    /// Why, in the language of the mail.
    package var reason: String
    /// The words that triggered it.
    package var evidence: [Evidence]

    package init(
        kind: Kind, action: String, owner: String? = nil, dueOn: CalendarDay? = nil, priority: Int, rule: String,
        reason: String, evidence: [Evidence]
    ) {
        self.kind = kind
        self.action = action
        self.owner = owner
        self.dueOn = dueOn
        self.priority = priority
        self.rule = rule
        self.reason = reason
        self.evidence = evidence
    }
}
