package import Rules
/// Something read out of a letter that rules can ask for: a service asked for, a number of users, a deadline.
package struct Fact: Hashable, Sendable, Codable {
    /// Name from `facts.yaml` (`users`, `documents_per_month`, `service.erp`, `deadline`, …).
    package var name: String
    package var value: FactValue
    /// Unit of a number (`users`, `documents/month`, `DKK`), `nil` where none is meant.
    package var unit: String?
    /// The words it was read from.
    package var evidence: Evidence

    package init(name: String, value: FactValue, unit: String? = nil, evidence: Evidence) {
        self.name = name
        self.value = value
        self.unit = unit
        self.evidence = evidence
    }
}

/// The value of a fact.
package enum FactValue: Hashable, Sendable, Codable {
    /// A yes or no: a service is asked for, or declined.
    case flag(Bool)
    /// A number in thousandths, so that 2.5 is exact.
    case number(thousandths: Int)
    /// An amount in øre.
    case money(ore: Int)
    /// A calendar day, `YYYY-MM-DD`.
    case day(CalendarDay)
    case text(String)
}
