import CVR
import Mail

extension Letter {
    /// The stored text of a section that evidence points into.
    package func content(of section: Evidence.Section) -> String {
        switch section {
        case .subject: original.subject
        case .outerSubject: subject
        case .note: note
        case .text: text
        case .signature: signature
        case .quoted: quoted
        case .sender: original.from?.address ?? ""
        }
    }

    /// Evidence for words of a section.
    func evidence(_ text: String, offset: Int, length: Int, in section: Evidence.Section) -> Evidence {
        let isHeader = [.subject, .outerSubject, .sender].contains(section)
        return Evidence(
            part: isHeader ? "header" : textPart, section: section, text: text, offset: offset, length: length)
    }
}

/// A candidate and where it was found.
struct FoundNumber {
    var candidate: CVRCandidate
    var section: Evidence.Section

    func evidence(in letter: Letter) -> Evidence {
        letter.evidence(candidate.text, offset: candidate.offset, length: candidate.length, in: section)
    }

    /// Candidates of a letter in the given sections.
    static func all(in letter: Letter, _ sections: [Evidence.Section]) -> [FoundNumber] {
        sections.flatMap { section in
            CVRFinder.candidates(in: letter.content(of: section)).map { FoundNumber(candidate: $0, section: section) }
        }
    }
}
