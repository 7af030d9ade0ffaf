import Foundation
import Rules
import TestSupport
import Testing
import Understanding

/// Facts of several messages, and what they disagree on.
@Suite("Facts of several messages")
struct MergedFactsTests {
    private static let rules = Result { try RuleFolder.load(Repository.rules) }

    private static func source(_ id: Int64?, day: Int, note: Bool = false, _ channel: Statement.Channel = .mail)
        -> Statement.Source
    {
        Statement.Source(
            messageID: id, channel: channel, saidAt: Date(timeIntervalSince1970: Double(day) * 86_400),
            isInstruction: note)
    }

    private static func fact(_ name: String, _ value: FactValue, _ section: Evidence.Section = .text) -> Fact {
        Fact(
            name: name, value: value,
            evidence: Evidence(part: "text/plain", section: section, text: name, offset: 0, length: name.utf8.count))
    }

    private static func number(_ name: String, _ number: Int, _ section: Evidence.Section = .text) -> Fact {
        fact(name, .number(thousandths: number * 1000), section)
    }

    @Test("what was said last counts, and what was said before is shown as a disagreement")
    func newestCounts() throws {
        let merged = MergedFacts(
            atHand: [Statement(source: Self.source(nil, day: 23), facts: [Self.number("documents_per_month", 900)])],
            earlier: [
                Statement(source: Self.source(4, day: 19, .chat), facts: [Self.number("documents_per_month", 700)]),
                Statement(source: Self.source(3, day: 12), facts: [Self.number("users", 18)]),
            ], rules: try Self.rules.get())
        #expect(merged.facts.map(\.name) == ["documents_per_month", "users"])
        #expect(merged.facts[0].value == .number(thousandths: 900_000))
        #expect(merged.facts[1].evidence.messageID == 3, "evidence names the message it stands in")
        let disagreement = try #require(merged.disagreements.first)
        #expect(merged.disagreements.count == 1)
        #expect(disagreement.other.fact.value == .number(thousandths: 700_000))
        #expect(disagreement.other.source.channel == .chat && disagreement.other.fact.evidence.messageID == 4)
    }

    @Test("a message that comes in late does not overrule what was said after it")
    func lateMessage() throws {
        let merged = MergedFacts(
            atHand: [Statement(source: Self.source(nil, day: 10), facts: [Self.number("users", 5)])],
            earlier: [Statement(source: Self.source(3, day: 12), facts: [Self.number("users", 18)])],
            rules: try Self.rules.get())
        #expect(merged.facts[0].value == .number(thousandths: 18_000))
        #expect(merged.disagreements.count == 1)
    }

    @Test("our people's note counts before the mail it sends on, and the mail's words stay visible")
    func noteCounts() throws {
        let merged = MergedFacts(
            atHand: [
                Statement(source: Self.source(nil, day: 23), facts: [Self.number("users", 14)]),
                Statement(source: Self.source(nil, day: 24, note: true), facts: [Self.number("users", 20, .note)]),
            ], earlier: [], rules: try Self.rules.get())
        #expect(merged.facts[0].evidence.section == .note)
        #expect(merged.disagreements.first?.other.fact.value == .number(thousandths: 14_000))
    }

    @Test("a hurry and a question are over with the message that they stand in")
    func passing() throws {
        let earlier = ["urgent", "price_by", "asks_meeting"].map { Self.fact($0, .flag(true)) }
        let statement = Statement(source: Self.source(3, day: 12), facts: earlier + [Self.number("users", 3)])
        let rules = try Self.rules.get()
        let atHand = [Statement(source: Self.source(nil, day: 23), facts: [Self.fact("manual", .flag(true))])]
        #expect(
            MergedFacts(atHand: atHand, earlier: [statement], rules: rules).facts.map(\.name) == ["manual", "users"])
        #expect(MergedFacts(atHand: [statement], earlier: [], rules: rules).facts.count == 4)
    }

    @Test("a service turned down later is turned down, and one asked for later is asked for")
    func services() throws {
        let (yes, no) = (Self.fact("service.chatbot", .flag(true)), Self.fact("service.chatbot", .flag(false)))
        for (first, last) in [(yes, no), (no, yes)] {
            let merged = MergedFacts(
                atHand: [Statement(source: Self.source(nil, day: 23), facts: [last])],
                earlier: [Statement(source: Self.source(3, day: 12), facts: [first])], rules: try Self.rules.get())
            #expect(merged.facts.map(\.value) == [last.value])
            #expect(merged.disagreements.map(\.other.fact.value) == [first.value])
        }
    }

    @Test("the order in which statements are found changes nothing")
    func order() throws {
        let rules = try Self.rules.get()
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let statements = (0..<Int.random(in: 1...6, using: &random)).map { id in
                Statement(
                    source: Self.source(
                        Int64(id), day: Int.random(in: 1...3, using: &random), note: .random(using: &random)),
                    facts: (0..<3).map { _ in
                        Self.number(
                            ["users", "employees"].randomElement(using: &random) ?? "",
                            .random(in: 1...4, using: &random))
                    }.reduce(into: []) { facts, fact in
                        if !facts.contains(where: { $0.name == fact.name }) { facts.append(fact) }
                    })
            }
            let merged = MergedFacts(atHand: [], earlier: statements, rules: rules)
            #expect(MergedFacts(atHand: [], earlier: statements.shuffled(using: &random), rules: rules) == merged)
        }
    }
}

/// Repeatable (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
