/// Who we are (`company.yaml`).
package struct Company: Hashable, Sendable {
    package var name: String
    package var cvr: [String]
    package var domains: [String]
    /// Staff addresses; empty: everybody in the domains.
    package var people: [String]
    /// From of automatic mail.
    package var from: String
    /// Days on which nobody works, besides week-ends and Danish public holidays.
    package var closed: [ClosedRange<CalendarDay>]
    /// What customers often ask, and what we say.
    package var answers: [StandardAnswer]

    /// An answer that needs no salesperson.
    package struct StandardAnswer: Hashable, Sendable {
        package var id: String
        package var words: [String]
        package var question: Phrase
        package var answer: Phrase
    }

    init(_ fields: inout Fields) {
        name = fields.text("name")
        cvr = fields.texts("cvr", required: true)
        domains = fields.texts("domains", required: true)
        people = fields.texts("people")
        from = fields.text("from")
        let faults = fields.faults
        closed = fields.list("closed").compactMap { item in
            var range = Fields(item, faults)
            defer { range.finish() }
            guard let first = CalendarDay(iso: range.text("from")), let last = CalendarDay(iso: range.text("to")),
                first <= last
            else {
                faults.add("closed: expected days such as 2026-12-21, the first not after the last", at: item)
                return nil
            }
            return first...last
        }
        answers = fields.list("answers").compactMap { item in
            var answer = Fields(item, faults)
            defer { answer.finish() }
            let (id, words) = (answer.text("id"), answer.words("words"))
            guard let question = answer.phrase("question"), let text = answer.phrase("answer") else { return nil }
            return StandardAnswer(id: id, words: words, question: question, answer: text)
        }
        fields.finish()
    }
}
