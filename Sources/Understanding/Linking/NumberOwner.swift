import CVR

/// Whose number it is by the words of the sentence that it stands in.
enum NumberOwner {
    /// The company that the mail is about: nothing says otherwise.
    case lead
    /// A company that the lead belongs to or speaks for: a person has to say which one is meant.
    case uncertain
    /// A customer, a supplier, an old number.
    case somebodyElse

    init(of candidate: CVRCandidate, in content: String, _ section: Evidence.Section) {
        let isSignature = section == .signature
        let sentence = Sentence(
            around: candidate.offset..<candidate.offset + candidate.length, in: content, isOneLine: isSignature)
        self =
            switch section {
            case .signature: Self.inSignature(sentence)
            case .note, .outerSubject: Self.inNote(sentence)
            case .text, .subject, .quoted, .sender, .recipient: Self.inText(sentence)
            }
    }

    private static func inText(_ sentence: Sentence) -> NumberOwner {
        if let nearest = sentence.before.last {
            if OwnerWords.ours.contains(nearest) { return .lead }
            if OwnerWords.theirs.contains(nearest) { return .somebodyElse }
        }
        if sentence.before.suffix(2).contains(where: OwnerWords.former.contains) { return .somebodyElse }
        if sentence.has(OwnerWords.groups) { return .uncertain }
        if sentence.names(OwnerWords.partners.union(OwnerWords.customers)) { return .somebodyElse }
        return .lead
    }

    /// In our own people's words the customer is the lead, and what is ours is not.
    private static func inNote(_ sentence: Sentence) -> NumberOwner {
        if let nearest = sentence.before.last, OwnerWords.ours.contains(nearest) { return .somebodyElse }
        if sentence.before.suffix(2).contains(where: OwnerWords.former.contains) { return .somebodyElse }
        if sentence.has(OwnerWords.groups) { return .uncertain }
        return sentence.names(OwnerWords.partners) ? .somebodyElse : .lead
    }

    /// A signature tells what its writer is (`Revisor`), so that only who made or owns it counts.
    private static func inSignature(_ sentence: Sentence) -> NumberOwner {
        if sentence.has(OwnerWords.makers) { return .somebodyElse }
        return sentence.has(OwnerWords.groups) ? .uncertain : .lead
    }
}

/// Words that say whose a number is, in lower case.
enum OwnerWords {
    /// Right before the label.
    static let ours: Set<String> = ["vores", "vort", "mit", "min", "our", "my"]
    static let theirs: Set<String> = [
        "deres", "hans", "hendes", "dennes", "kundens", "leverandørens", "their", "his", "her", "its",
    ]
    /// One of the two words before the label.
    static let former: Set<String> = [
        "ikke", "tidligere", "gammelt", "gamle", "forrige", "forkert", "forkerte", "ophørt", "not", "old", "former",
        "previous", "wrong",
    ]
    /// Companies that the lead deals with.
    static let partners: Set<String> = [
        "leverandør", "leverandøren", "leverandører", "leverandørerne", "leverandørens", "underleverandør",
        "underleverandøren", "samarbejdspartner", "samarbejdspartneren", "forhandler", "forhandleren", "revisor",
        "revisoren", "bank", "banken", "advokat", "advokaten", "konkurrent", "konkurrenten", "udlejer", "udlejeren",
        "arbejdsgiver", "transportør", "transportøren", "speditør", "speditøren", "fakturaen", "regningen", "supplier",
        "suppliers", "vendor", "vendors", "subcontractor", "reseller", "accountant", "accountants", "auditor",
        "auditors", "lawyer", "competitor", "landlord", "carrier", "employer", "bookkeeper",
    ]
    static let customers: Set<String> = [
        "kunde", "kunden", "kunder", "kunderne", "kundens", "klient", "klienten", "klienter", "customer", "customers",
        "client", "clients",
    ]
    /// Phrases for companies that own the lead's, belong to it, or are spoken for.
    static let groups: [[String]] = [
        "på vegne af", "on behalf of", "moderselskab", "moderselskabet", "datterselskab", "datterselskabet",
        "søsterselskab", "søsterselskabet", "holdingselskab", "holdingselskabet", "parent company", "subsidiary",
        "sister company", "ejes af", "ejet af", "owned by", "en del af", "part of", "member of", "revisor for",
        "bogholder for", "konsulent for", "accountant for",
    ].map { $0.split(separator: " ").map(String.init) }
    /// Phrases for who made or carried the mail.
    static let makers: [[String]] = [
        "powered by", "leveret af", "sendt via", "sendt med", "sent via", "sent with", "udviklet af", "lavet af",
    ].map { $0.split(separator: " ").map(String.init) }
    /// What stands between a number and the word that says whose it is: `CVR 24256790 er vores leverandør`.
    static let articles: Set<String> = ["vores", "vor", "en", "et", "our", "a", "an", "one"]
    /// Makes the words behind it the writer's own: `Vi er leverandør af …`.
    static let selves: Set<String> = ["vi", "jeg", "we", "i", "we're", "i'm"]
    static let being: Set<String> = ["er", "are", "am", "arbejder", "work", "som", "as"]
}
