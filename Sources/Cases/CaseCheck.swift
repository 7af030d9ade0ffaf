import Rules
import Understanding

/// Compares what came of a case with what is expected, and notes what differs.
struct CaseCheck {
    let run: CaseRun
    let rules: RuleSet
    private(set) var failures: [CaseFailure] = []

    init(_ run: CaseRun, rules: RuleSet) {
        self.run = run
        self.rules = rules
    }

    mutating func check(_ expected: CaseExpectation) {
        checkLines(expected)
        checkFacts(expected)
        checkAdvice(expected)
        checkQuestions(expected)
        checkTotals(expected)
        checkWords(expected)
    }

    mutating func fail(_ place: Place, expected: String, came: String, because: [String] = []) {
        failures.append(CaseFailure(place: place, expected: expected, came: came, because: because))
    }

    // MARK: Words of a report

    /// `"omkring 900 leverandørfakturaer" (text)`, and which message where it is not the one answered.
    func words(_ evidence: [Evidence]) -> [String] {
        evidence.map { words in
            "\"\(words.text.onOneLine)\" (\(words.section.rawValue)"
                + (words.messageID.map { ", message \($0)" } ?? "") + ")"
        }
    }

    /// `documents_per_month = 900: "omkring 900 …" (text)`.
    func spoken(_ fact: Fact) -> String {
        let value = fact.least.map { "\(FactValue.number(thousandths: $0))-\(fact.value)" } ?? "\(fact.value)"
        return (["\(fact.name) = \(value):"] + words([fact.evidence])).joined(separator: " ")
    }

    static func listed(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }

    static func amount(_ ore: Int) -> String { "\(FactValue.money(ore: ore))" }

    static func number(_ thousandths: Int) -> String { "\(FactValue.number(thousandths: thousandths))" }
}

extension String {
    /// With every run of blanks and line ends as one blank.
    var onOneLine: String { split { $0 == " " || $0.isNewline || $0 == "\u{A0}" }.joined(separator: " ") }

    /// Whether the words stand in it, whatever lines it is broken into; capitals do not matter.
    func holds(_ words: String) -> Bool { onOneLine.lowercased().contains(words.onOneLine.lowercased()) }
}
