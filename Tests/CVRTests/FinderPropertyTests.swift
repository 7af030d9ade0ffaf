import CVR
import GrowthSupport
import Testing

@Suite("Finding in any text")
struct FinderPropertyTests {
    private static let pieces = [
        "CVR", "cvr-nr.", "DK", "VAT", "SE-nr", "og", ",", ".", "/", "-", " ", "\n", "\u{A0}", "\u{202F}", "24256790",
        "24", "25 67 90", "2425", "1", "æ", "é", "💶", "€", "+45", "(", "|", "virksomhed/", "https://", "kr", "Tlf",
        "\t",
        "0", "99999999", "\u{200B}", "e\u{301}", "\0",
    ]

    @Test("offsets point at the words, digits are eight, and nothing crashes", arguments: 0..<60)
    func offsets(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        for _ in 0..<60 {
            let text = (0..<Int.random(in: 0...40, using: &random))
                .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            var end = 0
            for candidate in CVRFinder.candidates(in: text) {
                let words = text.utf8.dropFirst(candidate.offset).prefix(candidate.length)
                #expect(words.elementsEqual(candidate.text.utf8))
                #expect(candidate.digits.utf8.count == 8)
                #expect(candidate.text.filter(\.isASCIIDigit).hasSuffix(candidate.digits))
                #expect(candidate.offset >= end, "candidates stand one behind the other")
                end = candidate.offset + candidate.length
            }
        }
    }

    @Test("a valid number behind a label is found wherever it stands", arguments: 0..<40)
    func found(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let noise = (0..<20).map { _ in Self.pieces.filter { !$0.contains("\n") }.randomElement(using: &random) ?? "" }
        let text = noise.joined(separator: " ") + "\n\n\nCVR-nr. 13 74 81 36\n\n" + noise.joined()
        #expect(CVRFinder.candidates(in: text).contains { $0.digits == "13748136" && $0.label == .labelled })
    }

    @Test(
        "work grows with the text", .timeLimit(.minutes(5)),
        arguments: [
            "1", "1 ", "12345678 ", "CVR 12345678 ", "CVR 12345678/", "CVR ", "a", "DK", "å", "/virksomhed/12345678",
            "\n",
        ])
    func hostile(_ piece: String) {
        let ratio = Growth.ratio(of: 40_000) { octets in
            let text = String(repeating: piece, count: octets / piece.utf8.count)
            #expect(CVRFinder.candidates(in: text).count <= 100)
        }
        #expect(ratio < Growth.limit)
    }

    @Test("bare numbers cannot hide a labelled one")
    func flood() {
        let text = String(repeating: "24256790;\n", count: 500) + "CVR-nr. 13748136"
        #expect(CVRFinder.candidates(in: text).last?.digits == "13748136")
    }
}

/// A small seeded generator, so that a failure can be seen again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
