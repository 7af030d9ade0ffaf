import CVR
import Mail

/// In which points a record of the company register agrees with a letter.
struct RegisterMatch {
    /// The words of the letter that agree, the strongest first.
    private(set) var points: [Evidence] = []

    init(_ letter: Letter, _ record: RegisterEntry) {
        if let writer = letter.writer, !PublicMailProviders.includes(writer.domain),
            record.domains.contains(writer.domainName)
        {
            points.append(letter.writerEvidence)
        }
        for name in [record.name] + record.secondaryNames {
            guard let words = Self.words(name, in: letter) else { continue }
            points.append(words)
            break
        }
        let phones = Set(record.phones.map(Self.lastEight).filter { $0.count == 8 })
        if let segment = SignatureSegments.all(in: letter.signature).first(where: { segment in
            Phones.read(segment).map { phones.contains(Self.lastEight($0)) } ?? false
        }) {
            points.append(Self.evidence(segment, of: letter.signature, in: .signature, letter))
        }
    }

    /// The one record that agrees; `ambiguous` where several do.
    static func decide(
        _ letter: Letter, _ records: [RegisterEntry], bare: [FoundNumber]
    ) -> LinkDecision? {
        let matches = records.filter { !$0.hasCeased }.compactMap { record in
            let points = RegisterMatch(letter, record).points
            return points.first.map { (number: record.number, first: $0, count: points.count) }
        }
        guard let match = matches.first else { return nil }
        guard matches.allSatisfy({ $0.number == match.number }) else {
            return LinkDecision(status: .ambiguous, ground: .register, evidence: match.first)
        }
        // A bare number says nothing alone, but with a name that agrees.
        let isWritten = bare.contains { $0.number == match.number && $0.owner != .somebodyElse }
        return LinkDecision(
            status: .linked, number: match.number, confidence: match.count > 1 || isWritten ? .medium : .low,
            ground: .register, evidence: match.first)
    }

    /// The name as it stands in signature, text or display name.
    private static func words(_ name: String, in letter: Letter) -> Evidence? {
        for section in [Evidence.Section.signature, .text] {
            let content = letter.content(of: section)
            if let range = content.range(ofIgnoringCase: name) {
                return evidence(content[range], of: content, in: section, letter)
            }
        }
        return nil
    }

    private static func evidence(
        _ words: Substring, of content: String, in section: Evidence.Section, _ letter: Letter
    ) -> Evidence {
        let offset = content.utf8.distance(from: content.startIndex, to: words.startIndex)
        return letter.evidence(String(words), offset: offset, length: words.utf8.count, in: section)
    }

    private static func lastEight(_ phone: String) -> String {
        String(phone.filter { $0.isASCII && $0.isNumber }.suffix(8))
    }
}

extension String {
    /// Where the words stand, whatever their case; whole words alone.
    fileprivate func range(ofIgnoringCase words: String) -> Range<Index>? {
        let (wanted, octets) = (Array(words.lowercased().utf8), Array(lowercased().utf8))
        // Where lower case has other lengths, places would not be the same.
        guard !wanted.isEmpty, octets.count == utf8.count, wanted.count <= octets.count else { return nil }
        let isLetter = { (place: Int) in
            octets.indices.contains(place) && (octets[place] >= 0x80 || (0x61...0x7A).contains(octets[place]))
        }
        for place in 0...(octets.count - wanted.count)
        where octets[place] == wanted[0] && !isLetter(place - 1) && !isLetter(place + wanted.count) {
            guard octets[place..<place + wanted.count].elementsEqual(wanted) else { continue }
            let start = utf8.index(startIndex, offsetBy: place)
            return start..<utf8.index(start, offsetBy: wanted.count)
        }
        return nil
    }
}
