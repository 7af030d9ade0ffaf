import CVR
import Mail
import Testing
import Understanding

/// A letter, what is known before, and what is decided.
struct LinkCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var letter: Letter
    var known: Acquaintance
    var status: LinkDecision.Status
    var number: String?
    var ground: LinkDecision.Ground?
    var confidence: LinkDecision.Confidence?
    var evidence: String?

    /// Linked.
    init(
        _ description: String, _ letter: Letter, known: Acquaintance = Acquaintance(),
        _ number: String,
        _ ground: LinkDecision.Ground, _ confidence: LinkDecision.Confidence = .high, evidence: String? = nil
    ) {
        (testDescription, self.letter, self.known) = (description, letter, known)
        (status, self.number, self.ground, self.confidence) = (.linked, number, ground, confidence)
        self.evidence = evidence
    }

    /// Not linked.
    init(
        _ description: String, _ letter: Letter, known: Acquaintance = Acquaintance(),
        _ status: LinkDecision.Status,
        ground: LinkDecision.Ground? = nil, evidence: String? = nil
    ) {
        (testDescription, self.letter, self.known) = (description, letter, known)
        (self.status, self.ground, self.evidence) = (status, ground, evidence)
    }

    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let decision = letter.linked(known)
        #expect(decision.status == status, sourceLocation: sourceLocation)
        #expect(decision.number?.description == number, sourceLocation: sourceLocation)
        #expect(decision.ground == ground, sourceLocation: sourceLocation)
        #expect(decision.confidence == confidence, sourceLocation: sourceLocation)
        #expect(decision.evidence?.text == evidence, sourceLocation: sourceLocation)
        if let evidence = decision.evidence { letter.check(evidence, sourceLocation: sourceLocation) }
        #expect(
            decision == letter.linked(known), "the same letter gives the same decision",
            sourceLocation: sourceLocation)
    }
}

extension Letter {
    /// The words stand where the evidence says.
    func check(_ evidence: Evidence, sourceLocation: SourceLocation = #_sourceLocation) {
        let words = content(of: evidence.section).utf8.dropFirst(evidence.offset).prefix(evidence.length)
        #expect(words.elementsEqual(evidence.text.utf8), sourceLocation: sourceLocation)
    }
}
