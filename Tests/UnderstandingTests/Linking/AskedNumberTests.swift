import CVR
import Mail
import Testing
import Understanding

@Suite("A number that answers a question")
struct AskedNumberTests {
    private func letter(_ question: String, _ answer: String, more: String = "") -> Letter {
        var letter = Letter.sample(text: "> \(question)\n\(answer)\n\n\(more)", form: .reply)
        letter.exchanges = [Letter.Exchange(question: question, answer: answer)]
        return letter
    }

    @Test(
        "for the company's is the lead's without a label of its own",
        arguments: [
            ("Hvad er jeres CVR-nummer?", "24256790"), ("Må jeg få CVR til fakturaen?", "Det er 24 25 67 90."),
            ("Jeres momsnummer mangler", "24256790"), ("What is your VAT number?", "24256790, thanks"),
        ])
    func asked(_ question: String, _ answer: String) {
        let decision = letter(question, answer).linked()
        #expect(decision.status == .linked && decision.number?.description == "24256790")
        #expect(decision.ground == .labelled && decision.confidence == .high)
        if let evidence = decision.evidence { letter(question, answer).check(evidence) }
    }

    @Test("a mistyped one is asked about")
    func mistyped() { #expect(letter("Hvad er jeres CVR-nummer?", "24256791").linked().status == .invalid) }

    @Test(
        "for something else stays bare, and so does one of several",
        arguments: [
            ("Hvad er jeres telefonnummer?", "24256790"), ("Hvad er jeres CVR-nummer?", "Tlf. 24256790"),
            ("Hvad er CVR- og kundenummer?", "24256790 / 13748136"), ("Hvad er jeres CVR-nummer?", "Det ved jeg ikke."),
        ])
    func other(_ question: String, _ answer: String) { #expect(letter(question, answer).linked().status == .none) }

    @Test("one elsewhere in the text is not what was asked for")
    func elsewhere() {
        #expect(letter("Hvad er jeres CVR-nummer?", "Det kommer.", more: "24256790").linked().status == .none)
    }
}
