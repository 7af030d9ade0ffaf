import CVR

/// Whose a number is that stands in a web form, or below it.
enum FormNumber {
    /// The visitor's is what they gave in the field for it.
    ///
    /// In the message the words decide, as in any text (`nil`); in other fields, and below them, only what is claimed in words
    /// counts. The signature is that of the website, or of who runs it.
    static func read(
        _ candidate: CVRCandidate, in section: Evidence.Section, of form: WebForm, _ content: String, _ names: LeadNames
    ) -> FoundNumber? {
        var candidate = candidate
        if form.companyNumber.map({ $0.holds(candidate, in: section) }) ?? false {
            // The field is the label, lines above it.
            if candidate.label == .bare { candidate.label = .labelled }
            candidate.isSE = false
            return FoundNumber(candidate: candidate, section: section, owner: .lead)
        }
        guard section == .text else {
            return FoundNumber(candidate: candidate, section: section, owner: .somebodyElse)
        }
        if form.message.map({ $0.holds(candidate, in: section) }) ?? false { return nil }
        let owner = NumberOwner(of: candidate, in: content, section, names)
        return FoundNumber(candidate: candidate, section: section, owner: owner == .lead ? .uncertain : owner)
    }
}

extension WebForm.Words {
    /// Whether a number ends within them; its label may stand before.
    fileprivate func holds(_ candidate: CVRCandidate, in section: Evidence.Section) -> Bool {
        section == self.section && range.contains(candidate.offset + candidate.length - 1)
    }
}
