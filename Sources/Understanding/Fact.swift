package import Rules

/// Something read out of a letter that rules can ask for: a service asked for, a number of users, a deadline.
package struct Fact: Hashable, Sendable, Codable {
    /// Name from `facts.yaml` (`users`, `documents_per_month`, `service.erp`, `deadline`, …).
    package var name: String
    package var value: FactValue
    /// Lower end of a range in thousandths, such as `10-12 users`, whose upper end is the value.
    package var least: Int?
    /// The groups that a number was added up from, in thousandths: `4 + 14`; empty for a single number.
    package var parts: [Int]
    /// Unit of a number (`users`, `documents/month`, `DKK`), `nil` where none is meant.
    package var unit: String?
    /// The words it was read from.
    package var evidence: Evidence

    package init(
        name: String, value: FactValue, least: Int? = nil, parts: [Int] = [], unit: String? = nil,
        evidence: Evidence
    ) {
        self.name = name
        self.value = value
        self.least = least
        self.parts = parts
        self.unit = unit
        self.evidence = evidence
    }
}

extension Fact {
    /// Absent parts, as in what was written before there were any, are none.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try values.decode(String.self, forKey: .name),
            value: try values.decode(FactValue.self, forKey: .value),
            least: try values.decodeIfPresent(Int.self, forKey: .least),
            parts: try values.decodeIfPresent([Int].self, forKey: .parts) ?? [],
            unit: try values.decodeIfPresent(String.self, forKey: .unit),
            evidence: try values.decode(Evidence.self, forKey: .evidence))
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

extension FactValue: CustomStringConvertible {
    /// Plain: `true`, `2.5`, an amount in kroner with two decimals, an ISO day, the text.
    package var description: String {
        switch self {
        case .flag(let isTrue): "\(isTrue)"
        case .number(let thousandths): Self.decimal(thousandths, digits: 3)
        case .money(let ore): "\(ore / 100).\(String(100 + ore % 100).dropFirst())"
        case .day(let day): day.description
        case .text(let text): text
        }
    }

    private static func decimal(_ scaled: Int, digits: Int) -> String {
        let rest = abs(scaled % 1000)
        guard rest != 0 else { return String(scaled / 1000) }
        var decimals = String(1000 + rest).dropFirst()
        while decimals.last == "0" { decimals = decimals.dropLast() }
        return "\(scaled / 1000).\(decimals)"
    }
}
