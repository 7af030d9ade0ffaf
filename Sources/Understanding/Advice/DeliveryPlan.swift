package import Rules

/// The days that hold the customer's deadline.
package struct DeliveryPlan: Hashable, Sendable {
    /// Last workday that keeps the deadline.
    package var goLive: CalendarDay
    /// First workday of the work.
    package var start: CalendarDay
    /// Last workday for the order: the one before the work begins.
    package var orderBy: CalendarDay
    /// Whether that day is still to come.
    package var isReachable: Bool

    /// `nil` when the letter names no deadline or the rules count no weeks.
    package init?(_ facts: [Fact], terms: QuoteTerms, calendar: WorkCalendar, today: CalendarDay) {
        guard terms.deliveryWeeks > 0, let name = terms.deadlineFact,
            case .day(let deadline) = facts.first(where: { $0.name == name })?.value
        else { return nil }
        goLive = calendar.lastWorkday(through: deadline)
        let begin = goLive.advanced(byDays: -7 * terms.deliveryWeeks)
        start = calendar.workday(0, after: begin)
        orderBy = calendar.lastWorkday(before: start)
        isReachable = orderBy >= today
    }
}
