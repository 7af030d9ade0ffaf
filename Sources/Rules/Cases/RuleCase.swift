import Yams

/// An example that the business wrote: what comes in, and what the rules are to make of it (`cases/*.yaml`).
package struct RuleCase: Hashable, Sendable {
    package var name: String
    package var place: Place
    /// When the last message is dealt with; when it was sent where none is given.
    package var at: DanishTime?
    /// In the order of time; the last one is answered, those before it were said earlier.
    package var messages: [CaseMessage]
    package var expected: CaseExpectation

    init(_ fields: inout Fields, mails: Set<String>, names: CaseNames) {
        place = fields.place(of: fields.value("name") ?? fields.node)
        name = fields.text("name")
        at = fields.time("at")
        messages = fields.items("messages", required: true) { CaseMessage(&$0, mails: mails) }
        let faults = fields.faults
        if let list = fields.value("messages"), list.sequence != nil, messages.isEmpty {
            faults.add("messages: expected at least one mail or chat", at: list)
        }
        for (earlier, later) in zip(messages, messages.dropFirst()) {
            guard let first = earlier.saidAt, let second = later.saidAt, first.instant > second.instant else {
                continue
            }
            faults.addFault("messages: expected in the order of time", at: later.place)
        }
        expected = fields.mapping("expect") { CaseExpectation(&$0, names: names) } ?? CaseExpectation()
        if let node = fields.value("expect"), let mapping = node.mapping, mapping.isEmpty {
            faults.add("expect: nothing is expected", at: node)
        }
    }
}

extension Fields {
    mutating func time(_ key: String, required: Bool = false) -> DanishTime? {
        guard let value = value(key, required: required) else { return nil }
        if let time = value.scalar.flatMap({ DanishTime($0.string) }) { return time }
        faults.add("\(key): expected a day and a time such as 2026-11-24 08:52", at: value)
        return nil
    }
}

extension FaultList {
    func addFault(_ message: String, at place: Place) { add(message, line: place.line, column: place.column) }
}
