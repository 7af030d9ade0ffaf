import CVR
import Mail

/// Numbers in what is attached to a letter, and whether one of them is the lead's for certain.
///
/// A file is hardly ever written for the letter: it may be somebody else's invoice, our own offer, a list of customers. So a
/// number links only when it is the only labelled one in papers that are neither of trade nor ours, nothing says that it is
/// somebody else's, and the paper names the writer: by their address, their domain or their company.
struct AttachedNumbers {
    /// A number, where it stands, and what that is.
    private struct Found {
        var number: CVRNumber
        var evidence: Evidence
        var owner: NumberOwner
        var paper: PaperKind
        var namesWriter: Bool
    }

    /// Every labelled number looked at, as candidates that a person may choose from.
    private(set) var candidates: [LinkDecision.Candidate] = []
    private var found: [Found] = []
    /// Whether there is a file of so many numbers that it is a list: then nothing is certain.
    private var hasList = false

    /// Numbers of one file that are looked at.
    private static let mostOfFile = 50

    init(_ attachments: [ReadAttachment], of letter: Letter, own: Set<CVRNumber>, _ names: LeadNames) {
        guard letter.nature != .bounce else { return }
        let attachments = attachments.filter { !$0.text.isEmpty }
        guard !attachments.isEmpty else { return }
        let writer = Writer(letter)
        for attachment in attachments {
            let numbers = CVRFinder.candidates(in: attachment.text).filter { $0.label != .bare }
            hasList = hasList || numbers.count > Self.mostOfFile
            guard !numbers.isEmpty, numbers.count <= Self.mostOfFile else { continue }
            candidates += numbers.map { candidate in
                LinkDecision.Candidate(
                    number: candidate.digits, valid: candidate.number != nil,
                    own: candidate.number.map(own.contains) ?? false, labelled: true, text: candidate.text)
            }
            let paper = PaperKind(attachment, own: own)
            let namesWriter = writer.isNamed(in: attachment.text)
            found += numbers.compactMap { candidate in
                guard let number = candidate.number, !own.contains(number) else { return nil }
                let owner = NumberOwner(of: candidate, in: attachment.text, .attachment, names)
                return Found(
                    number: number, evidence: Evidence(candidate, in: attachment), owner: owner, paper: paper,
                    namesWriter: namesWriter)
            }
        }
    }

    /// The lead's number and its words; `nil` where nothing says for certain that it is theirs.
    var certain: (number: CVRNumber, evidence: Evidence)? {
        let statements = found.filter { $0.paper == .statement && $0.owner != .somebodyElse }
        guard !hasList,
            let first = statements.first(where: { $0.namesWriter && ($0.owner == .claimed || $0.owner == .lead) }),
            statements.allSatisfy({ $0.number == first.number })
        else { return nil }
        return (first.number, first.evidence)
    }

    /// The first of numbers that may be the lead's, for a person to be asked about; none of papers of trade or ours.
    var open: Evidence? { found.first { $0.paper == .statement && $0.owner != .somebodyElse }?.evidence }
}

/// Who wrote a letter, as a paper would name them.
private struct Writer {
    /// In lower case.
    private let names: [String]

    /// Letters that a name has at least, so that no word of the language is taken for one.
    private static let shortest = 5

    init(_ letter: Letter) {
        let sender = letter.writer
        var names = [sender?.address.lowercased()].compactMap { $0 }
        if let domain = sender?.domain.lowercased(), !domain.isEmpty, !PublicMailProviders.includes(domain) {
            names += ["@" + domain, "www." + domain, "//" + domain]
        }
        if let company = ContactReader.read(letter).company.name?.lowercased() { names.append(company) }
        self.names = names.filter { $0.utf8.count >= Self.shortest }
    }

    func isNamed(in text: String) -> Bool {
        let text = text.lowercased()
        return names.contains { text.contains($0) }
    }
}

extension Evidence {
    fileprivate init(_ candidate: CVRCandidate, in attachment: ReadAttachment) {
        self.init(
            part: attachment.attachment.contentType, section: .attachment, text: candidate.text,
            offset: candidate.offset, length: candidate.length, attachment: attachment.name)
    }
}
