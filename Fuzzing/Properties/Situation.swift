import CVR
import Mail
import Understanding

/// What is known around a letter when it is understood.
struct Situation {
    var own: Set<CVRNumber> = []
    var known = Acquaintance()
    var attachments: [ReadAttachment] = []

    /// A house that knows nothing, and one that knows all that the letter names: its first number is ours, its second that of
    /// the writer's company in every record, and all of its text comes again as a file.
    static func all(around letter: Letter) -> [Situation] {
        let content = [letter.text, letter.signature, letter.quoted, letter.note].joined(separator: "\n")
        let numbers = CVRFinder.candidates(in: content).compactMap(\.number)
        let file = Letter.Attachment(
            filename: "a.txt", contentType: "text/plain", size: content.utf8.count, sha256: "", inline: false)
        var known = Situation(attachments: [ReadAttachment(file, outcome: .text, text: content)])
        known.own = Set(numbers.prefix(1))
        let theirs = numbers.dropFirst().prefix(1)
        known.known = Acquaintance(
            threads: Set(theirs), address: Set(numbers.prefix(2)), domain: Set(theirs),
            register: theirs.map {
                RegisterEntry(
                    number: $0, name: letter.original.from?.name ?? "", phones: ["10405033"],
                    domains: [String(letter.original.from?.domain ?? "")])
            })
        return [Situation(), known]
    }
}

/// All that is concluded from a letter before anything is advised.
struct Understood: Hashable {
    var link: LinkDecision
    var facts: [Fact]
    var readings: [Fact]
    var contact: ContactReader.Reading

    init(_ letter: Letter, in situation: Situation, _ finder: FactFinder) {
        link = LinkDecision.decide(
            letter: letter, known: situation.known, own: situation.own, attachments: situation.attachments)
        facts = finder.facts(in: letter, attachments: situation.attachments, own: situation.own)
        readings = finder.readings(in: letter, attachments: situation.attachments, own: situation.own)
        contact = ContactReader.read(letter)
    }

    var evidence: [Evidence] { (facts + readings).map(\.evidence) + (link.evidence.map { [$0] } ?? []) }
}
