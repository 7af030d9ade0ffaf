import CVR
import Mail
import Testing
import Understanding

@Suite("Candidates shown with a decision")
struct CandidateTests {
    @Test("the chosen one comes first, then labelled, broken and bare ones, our own last")
    func order() {
        let letter = Letter.sample(
            text: "13748136 eller CVR 94617308 eller CVR 24256791, vores kunde har CVR 22756214",
            signature: "CVR-nr. 24256790")
        let decision = letter.linked()
        #expect(decision.candidates.map(\.number) == ["24256790", "22756214", "24256791", "13748136", "94617308"])
        #expect(decision.candidates.map(\.valid) == [true, true, false, true, true])
        #expect(decision.candidates.map(\.own) == [false, false, false, false, true])
        #expect(decision.candidates.map(\.labelled) == [true, true, true, false, true])
    }

    @Test("a number that stands twice is shown once, as its best label has it")
    func once() {
        let letter = Letter.sample(text: "Vi er 24256790.", signature: "CVR-nr. 24 25 67 90")
        #expect(letter.linked().candidates.map(\.text) == ["CVR-nr. 24 25 67 90"])
    }

    @Test("where nothing was chosen, the directory's are shown too")
    func directory() {
        let known = Acquaintance.of(address: ["24256790", "13748136"])
        #expect(Letter.sample().linked(known).candidates.map(\.number) == ["13748136", "24256790"])
    }

    @Test("the forwarder's signature gives none, and a flood gives a few")
    func bounded() {
        #expect(Letter.sample(forwarderSignature: "CVR 24256790").linked().candidates.isEmpty)
        let numbers = (10_000_000..<10_000_500).map { "CVR \($0)\n" }.joined()
        #expect(Letter.sample(text: numbers).linked().candidates.count == 20)
    }

    @Test("evidence names the part the words were read from")
    func part() {
        #expect(Letter.sample(text: "CVR 24256790", textPart: "text/html").linked().evidence?.part == "text/html")
        #expect(Letter.sample(subject: "CVR 24256790").linked().evidence?.part == "header")
    }
}
