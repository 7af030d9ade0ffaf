import CVR
import GrowthSupport
import Mail
import Testing
import Understanding

@Suite("Deciding on any letter")
struct LinkPropertyTests {
    private static let pieces = [
        "CVR 24256790", "CVR-nr. 13748136", "DK22756214", "CVR 24256791", "24256790", "94617308", "CVR 94617308",
        "vores",
        "kunde", "leverandør", "på vegne af", ".", "? ", "\n", "\n\n", "Fra: Mette <mly@vestklit.example>\n", "skrev",
        "æøå", "💶", "Tlf.", ", ", " ", "er", "ikke", "\u{A0}",
    ]

    private static func text(_ random: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...25, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    @Test("evidence stands where it says, a link has a number that was given, and ours never links", arguments: 0..<150)
    func sound(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<20 {
            let letter = Letter.sample(
                text: Self.text(&random), signature: Self.text(&random), note: Self.text(&random),
                quoted: Self.text(&random), subject: Self.text(&random), outerSubject: Self.text(&random))
            let decision = letter.linked()
            if let evidence = decision.evidence { letter.check(evidence) }
            #expect((decision.status == .linked) == (decision.number != nil))
            #expect((decision.status == .linked) == (decision.confidence != nil))
            #expect(decision.number?.description != "94617308")
            guard let number = decision.number else { continue }
            #expect(decision.candidates.first?.number == number.description)
            #expect(decision.candidates.first?.labelled == true)
        }
    }

    @Test("a letter without labels never links", arguments: 0..<50)
    func bare(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let numbers = (0..<40).map { _ in String(Int.random(in: 10_000_000...99_999_999, using: &random)) }
        let letter = Letter.sample(
            text: numbers.joined(separator: ", "), signature: numbers.joined(separator: "\n"),
            note: numbers.joined(separator: " og "))
        #expect(letter.linked().status == .none)
    }

    @Test("work grows with the letter", .timeLimit(.minutes(5)))
    func hostile() {
        let ratio = Growth.ratio(of: 500) { count in
            let many = String(repeating: "CVR 24256790 på vegne af vores kunde. ", count: count)
            let letter = Letter.sample(
                text: many, signature: many, note: many, quoted: "Fra: <mly@vestklit.example>\n" + many)
            _ = letter.linked()
        }
        #expect(ratio < Growth.limit)
    }
}

/// A small seeded generator, so that a failure can be seen again.
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
