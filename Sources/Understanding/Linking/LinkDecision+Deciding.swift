package import CVR
package import Mail

extension LinkDecision {
    /// Decides which company a letter belongs to, by the strongest evidence there is; pure.
    ///
    /// In the order of ``Ground``: what our own people said of it; the thread it answers; a labelled number in the lead's
    /// text or subject, then in the signature; one behind `DK`; one in a paper of the
    /// lead's that is attached; one that the lead gave in an earlier mail quoted
    /// here; the address; the domain; a record of the register at hand. Two numbers of equal rank are not
    /// chosen between: that is `ambiguous`, and so is a thread of one company with another's number in the lead's words, a
    /// number in the text that nothing claims beside another in the signature, or one whose owner the words leave open.
    ///
    /// Our own numbers and the forwarder's signature never link, a bare number or an SE number never by itself, nor one
    /// that the lead gives as somebody else's. A number that was meant and fails the check is `invalid`.
    ///
    /// Confidence is `high` for what was said for this letter and nothing contradicts; `medium` where the directory or the
    /// register knows it otherwise, where another or a broken number stands beside it, for an attached paper
    /// and for a known address; `low` for a quoted statement, a known domain and a record that agrees in one point alone.
    ///
    /// `attachments`: what was read of the files that came with it.
    package static func decide(
        letter: Letter, known: Acquaintance, own: Set<CVRNumber>, attachments: [ReadAttachment] = []
    ) -> LinkDecision {
        let deciding = Deciding(letter: letter, known: known, own: own, attachments: attachments)
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
    private let spoken: [FoundNumber]
    private let signed: [FoundNumber]
    private let quoted: [FoundNumber]
    private let attached: AttachedNumbers
    private let names: LeadNames

    init(letter: Letter, known: Acquaintance, own: Set<CVRNumber>, attachments: [ReadAttachment]) {
        self.letter = letter
        self.own = own
        self.known = known.without(own, sender: letter.writer)
        names = LeadNames(letter)
        instructions = FoundNumber.instructions(in: letter, own: own, names)
        // A bounce is a machine's text about somebody else's mail.
        let isMachine = letter.nature == .bounce
        let all = { [names] (section: Evidence.Section) in
            isMachine ? [] : FoundNumber.all(in: section, of: letter, names)
        }
        spoken = all(.text) + all(.subject)
        signed = FoundNumber.aboveNotice(all(.signature), of: letter)
        quoted = all(.quoted)
        attached = AttachedNumbers(attachments, of: letter, own: own, names)
    }

    private var written: [FoundNumber] { spoken + signed }

    func decide() -> LinkDecision {
        let said = statements(written, .labelled) + statements(written, .prefixed)
        if let decision = instructed ?? threaded(against: said) { return decision }
        if let several { return several }
        if let decision = given(.labelled, as: .labelled) ?? given(.prefixed, as: .prefixed) { return decision }
        if let open = written.first(where: isOpen) {
            return LinkDecision(status: .ambiguous, ground: .labelled, evidence: open.evidence(in: letter))
        }
        let broken = brokenNumbers
        let remembered = remembered
        if let decision = enclosed(beside: remembered), agrees(decision.number, with: broken) { return decision }
        if let decision = remembered, agrees(decision.number, with: broken) { return decision }
        // The tax number of a part of a company may be no CVR number.
        if let part = written.first(where: { $0.isLeads && $0.candidate.isSE && isCandidate($0) }) {
            return LinkDecision(status: .ambiguous, ground: .labelled, evidence: part.evidence(in: letter))
        }
        // A number that somebody meant to give and mistyped is worth asking about.
        if let first = broken.first { return LinkDecision(status: .invalid, evidence: first.evidence(in: letter)) }
        if let open = attached.open {
            return LinkDecision(status: .ambiguous, ground: .attachment, evidence: open)
        }
        return RegisterMatch.decide(letter, known.register, bare: written) ?? LinkDecision(status: .none)
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

    /// What the lead's own words give: the text before the signature, where it claims the number as the lead's.
    private func given(_ label: CVRCandidate.Label, as ground: LinkDecision.Ground) -> LinkDecision? {
        let (text, signature) = (statements(spoken, label), statements(signed, label))
        let claimed = text.filter { $0.owner == .claimed }
        let first = claimed.isEmpty ? text : claimed
        guard let number = first.first?.number else { return choose(signature, as: ground, confidence(of: signature)) }
        let signedNumbers = Set(signature.compactMap(\.number))
        guard signedNumbers.isEmpty || signedNumbers.contains(number) || !claimed.isEmpty else {
            return choose(text + signature, as: ground, .medium)
        }
        let isAlone = signedNumbers.isSubset(of: [number])
        return choose(first, as: ground, isAlone ? confidence(of: first) : .medium)
    }

    /// Where a machine tells two numbers, neither is chosen: of who runs it, and whom it tells of.
    private var several: LinkDecision? {
        let told = written.filter { $0.candidate.label != .bare && $0.owner != .somebodyElse && isCandidate($0) }
        guard let first = told.first, Set(told.compactMap(\.number)).count > 1, names.isMachine else { return nil }
        return LinkDecision(status: .ambiguous, ground: .labelled, evidence: first.evidence(in: letter))
    }

    private func confidence(of said: [FoundNumber]) -> LinkDecision.Confidence { isDoubtful(said) ? .medium : .high }

    /// A number in a paper of the lead's that is attached; where they said another one before, or are known for another,
    /// a person is asked.
    private func enclosed(beside remembered: LinkDecision?) -> LinkDecision? {
        guard let paper = attached.certain else { return nil }
        if let remembered, remembered.status != .linked { return nil }
        guard remembered.map({ $0.number == paper.number }) ?? true else {
            return LinkDecision(status: .ambiguous, ground: .attachment, evidence: paper.evidence)
        }
        return LinkDecision(
            status: .linked, number: paper.number, confidence: .medium, ground: .attachment, evidence: paper.evidence)
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
        return LinkDecision(
            status: .linked, number: number, confidence: confidence, ground: ground,
            evidence: ground == .thread ? nil : letter.writerEvidence)
    }

    // MARK: What counts

    /// Valid numbers of the lead's company with that label.
    private func statements(_ found: [FoundNumber], _ label: CVRCandidate.Label) -> [FoundNumber] {
        found.filter { $0.isLeads && $0.candidate.label == label && !$0.candidate.isSE && isCandidate($0) }
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
        let isCalledOtherwise = known.register.contains {
            $0.number == number && RegisterMatch(letter, $0).points.isEmpty
        }
        return isKnownForAnother || isCalledOtherwise || !agrees(number, with: brokenNumbers)
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
        return (found + attached.candidates + remembered).enumerated()
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
            instruction: instruction.flatMap { own.contains($0) ? nil : $0 },
            register: register.filter { !own.contains($0.number) })
    }
}
