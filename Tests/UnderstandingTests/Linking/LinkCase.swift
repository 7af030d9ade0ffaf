import CVR
import Mail
import Testing
import Understanding

/// A letter, what is known before, and what is decided.
struct LinkCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var letter: Letter
    var known: Acquaintance
    var attachments: [AttachmentText]
    var status: LinkDecision.Status
    var number: String?
    var ground: LinkDecision.Ground?
    var confidence: LinkDecision.Confidence?
    var evidence: String?

    /// Linked.
    init(
        _ description: String, _ letter: Letter, known: Acquaintance = Acquaintance(),
        attached: [String] = [], _ number: String,
        _ ground: LinkDecision.Ground, _ confidence: LinkDecision.Confidence = .high, evidence: String? = nil
    ) {
        (testDescription, self.letter, self.known) = (description, letter, known)
        attachments = attached.enumerated().map { AttachmentText(place: $0.offset, text: $0.element) }
        (status, self.number, self.ground, self.confidence) = (.linked, number, ground, confidence)
        self.evidence = evidence
    }

    /// Not linked.
    init(
        _ description: String, _ letter: Letter, known: Acquaintance = Acquaintance(),
        attached: [String] = [], _ status: LinkDecision.Status,
        ground: LinkDecision.Ground? = nil, evidence: String? = nil
    ) {
        (testDescription, self.letter, self.known) = (description, letter, known)
        attachments = attached.enumerated().map { AttachmentText(place: $0.offset, text: $0.element) }
        (self.status, self.ground, self.evidence) = (status, ground, evidence)
    }

    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let decision = letter.linked(known, attachments)
        #expect(decision.status == status, sourceLocation: sourceLocation)
        #expect(decision.number?.description == number, sourceLocation: sourceLocation)
        #expect(decision.ground == ground, sourceLocation: sourceLocation)
        #expect(decision.confidence == confidence, sourceLocation: sourceLocation)
        #expect(decision.evidence?.text == evidence, sourceLocation: sourceLocation)
        if let evidence = decision.evidence { letter.check(evidence, attachments, sourceLocation: sourceLocation) }
        #expect(
            decision == letter.linked(known, attachments), "the same letter gives the same decision",
            sourceLocation: sourceLocation)
    }
}

extension Letter {
    /// The words stand where the evidence says.
    func check(
        _ evidence: Evidence, _ attachments: [AttachmentText] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let content = evidence.attachment.map { attachments[$0].text } ?? content(of: evidence.section)
        let words = content.utf8.dropFirst(evidence.offset).prefix(evidence.length)
        #expect(words.elementsEqual(evidence.text.utf8), sourceLocation: sourceLocation)
    }
}
