import CVR

/// Whose number it is by the words of the sentence that it stands in, and by the name beside it.
enum NumberOwner {
    /// The company that the mail is about: the words claim it, or the name is the lead's.
    case claimed
    /// The same, since nothing says otherwise.
    case lead
    /// Another company may be meant: a person has to say which.
    case uncertain
    /// A customer, a supplier, an old number.
    case somebodyElse

    init(of candidate: CVRCandidate, in content: String, _ section: Evidence.Section, _ names: LeadNames) {
        // Fields of a form have nothing to do with each other.
        let isOneLine = section == .signature || names.passedOn != nil
        let sentence = Sentence(
            around: candidate.offset..<candidate.offset + candidate.length, in: content, isOneLine: isOneLine)
        if candidate.isGeneral, sentence.has(OwnerWords.abroad) {
            self = .somebodyElse
            return
        }
        self =
            switch section {
            case .signature: Self.inSignature(sentence)
            case .note, .outerSubject: Self.inNote(sentence, names)
            case .text, .subject, .quoted, .sender, .recipient, .attachment, .other: Self.inText(sentence, names)
            }
        // What a machine tells is as often about somebody else: only who it speaks for is told by its name.
        let isOwn = self == .claimed || self == .lead
        if isOwn, section != .note, section != .outerSubject, !names.mayBeSenders(sentence.company) {
            self = .uncertain
        }
    }

    private static func inText(_ sentence: Sentence, _ names: LeadNames) -> NumberOwner {
        if let nearest = sentence.before.last {
            if OwnerWords.ours.contains(nearest) { return .claimed }
            if OwnerWords.theirs.contains(nearest) { return .somebodyElse }
        }
        if sentence.before.suffix(2).contains(where: OwnerWords.former.contains) { return .somebodyElse }
        if sentence.has(OwnerWords.groups) { return .uncertain }
        if sentence.names(OwnerWords.dealtWith) { return .somebodyElse }
        if isOnPaper(sentence) { return .somebodyElse }
        let company = sentence.company
        let likeness = company.map(names.likeness) ?? .unknown
        if likeness == .same { return .claimed }
        let claim = sentence.last(OwnerWords.selfDescriptions)
        if let dealing = sentence.last(OwnerWords.dealings, notWith: OwnerWords.us), dealing > claim ?? -1 {
            return .somebodyElse
        }
        if likeness == .other { return .uncertain }
        if claim != nil { return .claimed }
        if company != nil, sentence.before.contains(where: OwnerWords.deals.contains) { return .uncertain }
        return company == nil || sentence.isPlainLine ? .lead : .uncertain
    }

    /// `På fakturaen står CVR …`.
    private static func isOnPaper(_ sentence: Sentence) -> Bool {
        guard let place = sentence.before.lastIndex(where: OwnerWords.papers.contains) else { return false }
        return !sentence.before[place...].contains(where: OwnerWords.receivers.contains)
    }

    /// In our own people's words the customer is the lead, and what is ours is not.
    private static func inNote(_ sentence: Sentence, _ names: LeadNames) -> NumberOwner {
        if let nearest = sentence.before.last, OwnerWords.ours.contains(nearest) { return .somebodyElse }
        if sentence.before.suffix(2).contains(where: OwnerWords.former.contains) { return .somebodyElse }
        if sentence.has(OwnerWords.groups) { return .uncertain }
        if sentence.names(OwnerWords.partners) { return .somebodyElse }
        guard let company = sentence.company, names.likeness(of: company) != .same else { return .lead }
        return sentence.last(OwnerWords.dealt, notWith: OwnerWords.us.union(["os", "us", "dem", "them"])) == nil
            ? .lead : .somebodyElse
    }

    /// A signature tells what its writer is (`Revisor`), so that only who made or owns it counts.
    private static func inSignature(_ sentence: Sentence) -> NumberOwner {
        if sentence.has(OwnerWords.makers) { return .somebodyElse }
        return sentence.has(OwnerWords.groups) ? .uncertain : .lead
    }
}
