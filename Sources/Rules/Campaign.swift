/// A discount that everybody gets in a time (`pricing.yaml`, `campaigns`).
///
/// A line has one discount: the largest of what the note gives within the limit, of the campaigns that hold on the day of
/// the mail, and of what the quantity gives. They are never added.
package struct Campaign: Hashable, Sendable {
    package enum Scope: String, Sendable, CaseIterable {
        case oneOff = "one_off"
        case recurring, all
    }

    package var id: String
    package var name: Phrase
    /// Whole percent.
    package var percent: Int
    /// First and last day.
    package var days: ClosedRange<CalendarDay>
    package var when: Condition
    /// Services it is for; empty: all.
    package var services: Set<String>
    package var scope: Scope

    init?(_ fields: inout Fields) {
        id = fields.text("id")
        name = fields.phrase("name")
        percent = fields.required("percent", in: 1...100)
        when = fields.condition("when") ?? .always
        services = Set(fields.references("services", to: .service))
        scope = fields.choice("on", Scope.self) ?? .oneOff
        fields.guarantee(when.guarantee)
        guard let first = fields.day("from"), let last = fields.day("to") else { return nil }
        guard first <= last else {
            fields.faults.add("to: expected \(first) or later", at: fields.value("to"))
            return nil
        }
        days = first...last
    }

    /// Whether lines that fall due so are meant.
    package func covers(_ recurrence: PriceRule.Recurrence?) -> Bool {
        switch scope {
        case .all: true
        case .oneOff: recurrence == nil
        case .recurring: recurrence != nil
        }
    }
}
