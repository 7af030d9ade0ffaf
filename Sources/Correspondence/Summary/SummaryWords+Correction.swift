import Rules

extension SummaryWords {
    /// What a person put right, and that the earlier summary no longer holds.
    var correction: String? {
        guard let correction = summary.correction else { return nil }
        let day = days.date(CalendarDay(danishAt: correction.at))
        let move =
            correction.from.map {
                say("flyttet fra CVR \($0) til CVR \(correction.to)", "moved from CVR \($0) to CVR \(correction.to)")
            } ?? say("samlet på CVR \(correction.to)", "filed under CVR \(correction.to)")
        let reply =
            isReader(correction.by)
            ? say("efter dit svar \(day)", "after your reply of \(day)")
            : say(
                "efter svar fra \(givenName(correction.by)) \(day)",
                "after a reply from \(givenName(correction.by)) on \(day)")
        return say("Rettet: ", "Corrected: ") + move + " " + reply
            + say("; den tidligere opsummering gælder ikke.", "; the earlier summary no longer holds.")
    }
}
