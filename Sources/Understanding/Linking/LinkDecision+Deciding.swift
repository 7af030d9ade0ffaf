package import CVR
package import Mail

extension LinkDecision {
    /// Decides which company a letter belongs to, by the strongest evidence there is; pure.
    ///
    /// In the order of ``Ground``: what our own people said of it; the thread it answers; a labelled number in the lead's
    /// text, subject or signature; one behind `DK`; a number that the lead gave in an earlier mail quoted here; the
    /// address; the domain. Two numbers of equal rank are not chosen between: that is `ambiguous`, and so is a thread of
    /// one company with another's number in the lead's words, or a number whose owner the words leave open.
    ///
    /// Our own numbers and the forwarder's signature never link, a bare number never by itself, nor one that the lead
    /// gives as somebody else's. A number that was meant and fails the check is `invalid`.
    ///
    /// Confidence is `high` for what was said for this letter and nothing contradicts; `medium` where the directory knows
    /// the address for another company, where a broken number stands beside it, where only an SE number is given, and for
    /// a known address; `low` for a quoted statement and a known domain.
    package static func decide(letter: Letter, known: Acquaintance, own: Set<CVRNumber>) -> LinkDecision {
        let deciding = Deciding(letter: letter, known: known, own: own)
        var decision = deciding.decide()
        decision.candidates = deciding.candidates(decided: decision)
        return decision
    }
}

private struct Deciding {
    private let letter: Letter
    private let known: Acquaintance
    private let own: Set<CVRNumber>
    private let instructions: [FoundNumber]
    /// In the lead's own new words.
    private let written: [FoundNumber]
    private let quoted: [FoundNumber]

    init(letter: Letter, known: Acquaintance, own: Set<CVRNumber>) {
        self.letter = letter
        self.own = own
        self.known = known.without(own, sender: letter.original.from)
        instructions = FoundNumber.instructions(in: letter, own: own)
        // A bounce is a machine's text about somebody else's mail.
        let sections: [Evidence.Section] = letter.nature == .bounce ? [] : [.text, .signature, .subject]
        written = sections.flatMap { FoundNumber.all(in: $0, of: letter) }
        quoted = letter.nature == .bounce ? [] : FoundNumber.all(in: .quoted, of: letter)
    }

    func decide() -> LinkDecision {
        let labelled = statements(written, .labelled)
        let prefixed = statements(written, .prefixed)
        let broken = brokenNumbers
        if let decision = instructed ?? threaded(against: labelled + prefixed) { return decision }
        let confidence: LinkDecision.Confidence = isDoubtful(labelled + prefixed) ? .medium : .high
        if let decision = choose(labelled, as: .labelled, confidence) { return decision }
        if let decision = choose(prefixed, as: .prefixed, confidence) { return decision }
        if let open = written.first(where: isOpen) {
            return LinkDecision(status: .ambiguous, ground: .labelled, evidence: open.evidence(in: letter))
        }
        if let decision = remembered, agrees(decision.number, with: broken) { return decision }
        // A number that somebody meant to give and mistyped is worth asking about.
        if let first = broken.first { return LinkDecision(status: .invalid, evidence: first.evidence(in: letter)) }
        return LinkDecision(status: .none)
    }

    // MARK: The grounds, strongest first

    private var instructed: LinkDecision? {
        if let number = known.instruction {
            return LinkDecision(status: .linked, number: number, confidence: .high, ground: .instruction)
        }
        return choose(statements(instructions, .labelled), as: .instruction, .high)
            ?? choose(statements(instructions, .prefixed), as: .instruction, .high)
    }

    /// A thread decides unless the lead names another company in it; of several threads the lead's words choose.
    private func threaded(against said: [FoundNumber]) -> LinkDecision? {
        guard !known.threads.isEmpty else { return nil }
        let numbers = Set(said.compactMap(\.number))
        if numbers.isEmpty || (known.threads.count == 1 && known.threads.isSubset(of: numbers)) {
            return choose(known.threads, as: .thread, .high)
        }
        if numbers.count == 1, numbers.isSubset(of: known.threads) { return nil }
        return LinkDecision(status: .ambiguous, ground: .thread, evidence: said.first?.evidence(in: letter))
    }

    /// What the lead said earlier, and what the directory knows.
    private var remembered: LinkDecision? {
        let said = statements(quoted, .labelled)
        let numbers = Set(said.compactMap(\.number))
        if let number = numbers.first, !known.address.isEmpty, !known.address.contains(number) {
            return LinkDecision(status: .ambiguous, ground: .labelled, evidence: said.first?.evidence(in: letter))
        }
        return choose(said, as: .labelled, .low) ?? choose(known.address, as: .knownAddress, .medium)
            ?? choose(known.domain, as: .knownDomain, .low)
    }

    private func choose(
        _ found: [FoundNumber], as ground: LinkDecision.Ground, _ confidence: LinkDecision.Confidence
    ) -> LinkDecision? {
        guard let first = found.first, let number = first.number else { return nil }
        guard found.allSatisfy({ $0.number == number }) else {
            return LinkDecision(status: .ambiguous, ground: ground, evidence: first.evidence(in: letter))
        }
        return LinkDecision(
            status: .linked, number: number, confidence: confidence, ground: ground,
            evidence: first.evidence(in: letter))
    }

    private func choose(
        _ numbers: Set<CVRNumber>, as ground: LinkDecision.Ground, _ confidence: LinkDecision.Confidence
    ) -> LinkDecision? {
        guard let number = numbers.first else { return nil }
        guard numbers.count == 1 else { return LinkDecision(status: .ambiguous, ground: ground) }
        let address = letter.content(of: .sender)
        let evidence = letter.evidence(address, offset: 0, length: address.utf8.count, in: .sender)
        return LinkDecision(
            status: .linked, number: number, confidence: confidence, ground: ground,
            evidence: ground == .thread ? nil : evidence)
    }

    // MARK: What counts

    /// Valid numbers of the lead's company with that label; an SE number only where no CVR number is given.
    private func statements(_ found: [FoundNumber], _ label: CVRCandidate.Label) -> [FoundNumber] {
        let said = found.filter { $0.owner == .lead && $0.candidate.label == label && isCandidate($0) }
        let companies = said.filter { !$0.candidate.isSE }
        return companies.isEmpty ? said : companies
    }

    private func isCandidate(_ found: FoundNumber) -> Bool { found.number.map { !own.contains($0) } ?? false }

    /// Whether the words leave open whose number it is, and the directory does not tell either.
    private func isOpen(_ found: FoundNumber) -> Bool {
        guard let number = found.number, found.owner == .uncertain, found.candidate.label != .bare else { return false }
        return !own.contains(number) && known.address != [number]
    }

    /// Numbers that were given as the lead's and fail the check.
    private var brokenNumbers: [FoundNumber] {
        (instructions + written).filter {
            $0.owner != .somebodyElse && $0.candidate.label != .bare && $0.number == nil
        }
    }

    private func isDoubtful(_ said: [FoundNumber]) -> Bool {
        guard let number = said.first?.number else { return false }
        let directory = known.address.isEmpty ? known.domain : known.address
        let isKnownForAnother = !directory.isEmpty && !directory.contains(number)
        let isOnlySE = said.allSatisfy(\.candidate.isSE)
        return isKnownForAnother || isOnlySE || !agrees(number, with: brokenNumbers)
    }

    /// Whether broken numbers are this one with a slip of the finger: at most two digits differ.
    private func agrees(_ number: CVRNumber?, with broken: [FoundNumber]) -> Bool {
        guard let number else { return true }
        return broken.allSatisfy { zip($0.candidate.digits.utf8, number.description.utf8).count { $0 != $1 } <= 2 }
    }

    // MARK: Candidates

    /// Every number looked at: the chosen first, then labelled ones, broken ones, bare ones and our own.
    ///
    /// Where nothing was chosen, those of the directory too, so that a person can.
    func candidates(decided: LinkDecision) -> [LinkDecision.Candidate] {
        var seen: Set<String> = []
        let found = (instructions + written + quoted).map { found in
            LinkDecision.Candidate(
                number: found.candidate.digits, valid: found.number != nil,
                own: found.number.map(own.contains) ?? false, labelled: found.candidate.label != .bare,
                text: found.candidate.text)
        }
        let directory = decided.status == .ambiguous ? known.threads.union(known.address).union(known.domain) : []
        let remembered = directory.sorted().map {
            LinkDecision.Candidate(
                number: $0.description, valid: true, own: false, labelled: false, text: $0.description)
        }
        return (found + remembered).enumerated()
            .sorted { rank($0.element, decided, $0.offset) < rank($1.element, decided, $1.offset) }
            .map(\.element).filter { seen.insert($0.number).inserted }.prefix(20).map { $0 }
    }

    private func rank(_ candidate: LinkDecision.Candidate, _ decided: LinkDecision, _ place: Int) -> (Int, Int) {
        if candidate.number == decided.number?.description { return (candidate.labelled ? 0 : 1, place) }
        if candidate.own { return (5, place) }
        guard candidate.labelled else { return (4, place) }
        return (candidate.valid ? 2 : 3, place)
    }
}

extension Acquaintance {
    /// Without our own numbers, and without what a public mail provider's domain would say.
    fileprivate func without(_ own: Set<CVRNumber>, sender: Mailbox?) -> Acquaintance {
        let isPublic = sender.map { PublicMailProviders.includes($0.domain) } ?? true
        return Acquaintance(
            threads: threads.subtracting(own), address: address.subtracting(own),
            domain: isPublic ? [] : domain.subtracting(own),
            instruction: instruction.flatMap { own.contains($0) ? nil : $0 })
    }
}
