import CVR
import Mail

/// A candidate, where it was found, and whose number the words around it make it.
struct FoundNumber {
    var candidate: CVRCandidate
    var section: Evidence.Section
    var owner: NumberOwner

    var number: CVRNumber? { candidate.number }

    /// Whether it is given as the lead's.
    var isLeads: Bool { owner == .claimed || owner == .lead }

    func evidence(in letter: Letter) -> Evidence {
        letter.evidence(candidate.text, offset: candidate.offset, length: candidate.length, in: section)
    }

    /// Candidates of a section, in the order of the text.
    static func all(in section: Evidence.Section, of letter: Letter, _ names: LeadNames) -> [FoundNumber] {
        let content = letter.content(of: section)
        var candidates = CVRFinder.candidates(in: content)
        guard !candidates.isEmpty else { return [] }
        if section == .text, !letter.exchanges.isEmpty { candidates = candidates.map(AskedNumbers(letter).labelled) }
        let statements =
            section == .quoted
            ? QuotedStatements(content, by: letter.original.from, isForward: letter.form.isForward) : nil
        let form = section == .text || section == .signature ? names.passedOn : nil
        return candidates.map { candidate in
            if let form, let found = FormNumber.read(candidate, in: section, of: form, content, names) { return found }
            let isElsewhere = statements.map { !$0.holds(candidate.offset) } ?? false
            let owner = isElsewhere ? .somebodyElse : NumberOwner(of: candidate, in: content, section, names)
            return FoundNumber(candidate: candidate, section: section, owner: owner)
        }
    }

    /// Where the signature itself gives a number, another in the notice below it is somebody else's: a parent's, mostly.
    static func aboveNotice(_ found: [FoundNumber], of letter: Letter) -> [FoundNumber] {
        let gives = { (found: FoundNumber) in found.isLeads && found.candidate.label != .bare && found.number != nil }
        guard found.count > 1, let start = letter.noticeStart,
            found.contains(where: { $0.candidate.offset < start && gives($0) })
        else { return found }
        return found.map { found in
            var found = found
            if found.candidate.offset >= start { found.owner = .somebodyElse }
            return found
        }
    }

    /// Numbers in our own people's words: above the forward, and in the subject they gave it.
    static func instructions(in letter: Letter, own: Set<CVRNumber>, _ names: LeadNames) -> [FoundNumber] {
        guard letter.form.isForward else { return [] }
        let known = Set(CVRFinder.candidates(in: letter.original.subject).map(\.digits))
        let tags = all(in: .outerSubject, of: letter, names).filter { !known.contains($0.candidate.digits) }
        let noted = all(in: .note, of: letter, names)
        guard !noted.isEmpty else { return tags }
        let ours = noted.filter { $0.number.map(own.contains) ?? false }.map(\.candidate.offset)
        let end = NoteSignature.start(in: letter.note, of: letter.forwarder?.name, ownNumbers: ours)
        return tags + noted.filter { $0.candidate.offset < end }
    }
}
