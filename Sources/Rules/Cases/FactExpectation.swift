import Yams

/// A fact and the value it is to have.
package struct FactExpectation: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        /// In thousandths; of a range the upper end and the lower.
        case number(Int, least: Int?)
        /// In øre.
        case money(Int)
        case day(CalendarDay)
        case flag
        case text(String)
    }

    package var name: String
    package var value: Placed<Value>
}

extension Fields {
    /// Values by the names of facts, each in the form of its kind.
    mutating func facts(_ key: String, _ names: CaseNames) -> [FactExpectation] {
        guard let node = value(key) else { return [] }
        guard let mapping = node.mapping else {
            faults.add("\(key): expected names of facts and their values", at: node)
            return []
        }
        var fields = Fields(node, faults)
        return mapping.compactMap { name, node in
            let key = name.string ?? "?"
            guard let rule = names.facts.first(where: { $0.name == key }) else {
                names.check(key, of: .fact, at: name, faults)
                return nil
            }
            return fields.placed(key) { fields, key in fields.value(of: rule, key) }
                .map { FactExpectation(name: key, value: $0) }
        }
    }

    private mutating func value(of rule: FactRule, _ key: String) -> FactExpectation.Value? {
        switch rule.kind {
        case .number, .percent: return number(key)
        case .money: return amount(key).map { .money($0) }
        case .day: return day(key).map { .day($0) }
        case .flag:
            guard let isTrue = yesOrNo(key) else { return nil }
            if !isTrue {
                faults.add("\(key): expected yes; a fact that must not be known stands in unknown", at: value(key))
            }
            return isTrue ? .flag : nil
        case .choice:
            let text = text(key)
            let names = rule.choices.map(\.value)
            if !text.isEmpty, !names.contains(text) {
                faults.add(
                    "\(key): expected one of \(names.joined(separator: ", "))"
                        + Spelling.suggestion(for: text, among: names), at: value(key))
            }
            return .text(text)
        }
    }

    /// `900`, or both ends of a range: `10-12`.
    private mutating func number(_ key: String) -> FactExpectation.Value? {
        let ends = value(key)?.scalar?.string.split(separator: "-").map(String.init) ?? []
        guard ends.count == 2 else { return thousandths(key).map { .number($0, least: nil) } }
        if let least = Decimals.scaled(ends[0], digits: 3), let most = Decimals.scaled(ends[1], digits: 3), least < most
        {
            return .number(most, least: least)
        }
        faults.add("\(key): expected a number or a range such as 10-12", at: value(key))
        return nil
    }
}
