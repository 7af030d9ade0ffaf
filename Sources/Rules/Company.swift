import Yams

/// Who we are (`company.yaml`).
package struct Company: Hashable, Sendable {
    package var name: String
    package var cvr: [String]
    package var domains: [String]
    /// Staff addresses; empty: everybody in the domains.
    package var people: [String]
    /// From of automatic mail.
    package var from: String
    /// Address that mail is forwarded to; `nil` where it is `from`.
    package var intake: String?
    /// Post address and telephone, as they stand at the foot of a mail to a customer.
    package var address: String?
    package var phone: String?
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
        intake = fields.optionalText("intake")
        address = fields.optionalText("address")
        phone = fields.optionalText("phone")
        let faults = fields.faults
        closed = fields.items("closed") { range in
            guard let first = range.day("from"), let last = range.day("to") else { return nil }
            if first <= last, last.dayNumber - first.dayNumber < 366 { return first...last }
            faults.add("to: expected a day within a year from \(first)", at: range.value("to"))
            return nil
        }
        answers = fields.items("answers") { answer in
            StandardAnswer(
                id: answer.text("id"), words: answer.words("words"), question: answer.phrase("question"),
                answer: answer.phrase("answer"))
        }
        check(&fields)
    }

    /// Forms that a slip of the pen breaks.
    private func check(_ fields: inout Fields) {
        let faults = fields.faults
        for item in fields.list("cvr") {
            let digits = item.scalar?.string.utf8 ?? "".utf8
            let isQuoted = item.scalar.map { $0.style != .plain } ?? false
            if !isQuoted || digits.count != 8 || !digits.allSatisfy({ (0x30...0x39).contains($0) }) {
                faults.add("cvr: expected eight digits in quotes", at: item)
            }
        }
        for item in fields.list("domains") where item.scalar.map({ $0.string.contains("@") }) ?? true {
            faults.add("domains: expected a domain without @", at: item)
        }
        let single = ["from", "intake"].compactMap { key in fields.value(key).map { (key, $0) } }
        for (key, item) in single + fields.list("people").map({ ("people", $0) }) {
            let parts = item.scalar?.string.split(separator: "@", omittingEmptySubsequences: false) ?? []
            if parts.count != 2 || parts.contains("") { faults.add("\(key): expected a mail address", at: item) }
        }
    }
}
