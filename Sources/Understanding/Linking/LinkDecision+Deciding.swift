package import CVR
package import Mail

extension LinkDecision {
    /// Decides which company a letter belongs to, by the strongest evidence there is; pure.
    ///
    /// In the order of ``Ground``: what our own people said of it; the thread it answers; a labelled number in the lead's
    /// text, subject or signature; one behind `DK`; the address; the domain. Two numbers of equal rank are not chosen
    /// between: that is `ambiguous`. Our own numbers and the forwarder's signature never link, a bare number never by
    /// itself, nor one that the lead gives as somebody else's.
    package static func decide(letter: Letter, known: Acquaintance, own: Set<CVRNumber>) -> LinkDecision {
        let instructions = FoundNumber.all(in: letter, [.note]).filter { $0.candidate.label == .labelled }
        let written = FoundNumber.all(in: letter, [.text, .signature, .subject])
        var decision = Deciding(
            letter: letter, known: known, own: own, instructions: instructions, written: written
        ).decide()
        decision.candidates = candidates(instructions + written, own: own, decided: decision.number)
        return decision
    }

    private static func candidates(
        _ found: [FoundNumber], own: Set<CVRNumber>, decided: CVRNumber?
    ) -> [Candidate] {
        var seen: Set<String> = []
        return found.filter { seen.insert($0.candidate.digits).inserted }
            .map { found in
                let number = found.candidate.number
                return Candidate(
                    number: found.candidate.digits, valid: number != nil, own: number.map(own.contains) ?? false,
                    labelled: found.candidate.label != .bare, text: found.candidate.text)
            }
            .enumerated()
            .sorted { rank($0.element, decided, $0.offset) < rank($1.element, decided, $1.offset) }
            .map(\.element)
    }

    private static func rank(_ candidate: Candidate, _ decided: CVRNumber?, _ place: Int) -> (Int, Int) {
        if candidate.number == decided?.description { return (0, place) }
        return (candidate.own ? 4 : candidate.labelled && candidate.valid ? 1 : candidate.labelled ? 2 : 3, place)
    }
}

private struct Deciding {
    let letter: Letter
    let known: Acquaintance
    let own: Set<CVRNumber>
    let instructions: [FoundNumber]
    let written: [FoundNumber]

    func decide() -> LinkDecision {
        if let number = known.instruction, !own.contains(number) {
            return LinkDecision(status: .linked, number: number, confidence: .high, ground: .instruction)
        }
        if let decision = choose(instructions, as: .instruction, confidence: .high) { return decision }
        if let decision = choose(known.threads, as: .thread, confidence: .high) { return decision }
        let spoken = written.filter { !ThirdParties.owns($0, in: letter) }
        let labelled = spoken.filter { $0.candidate.label == .labelled }
        let confidence: LinkDecision.Confidence = contradictsDirectory(labelled) ? .medium : .high
        if let decision = choose(labelled, as: .labelled, confidence: confidence) { return decision }
        let prefixed = spoken.filter { $0.candidate.label == .prefixed }
        if let decision = choose(prefixed, as: .prefixed, confidence: .high) { return decision }
        if let decision = choose(known.address, as: .knownAddress, confidence: .medium) { return decision }
        if let decision = choose(known.domain, as: .knownDomain, confidence: .low) { return decision }
        // A number that somebody meant to give and mistyped is worth asking about.
        if let broken = (instructions + labelled + prefixed).first(where: { $0.candidate.number == nil }) {
            return LinkDecision(status: .invalid, evidence: broken.evidence(in: letter))
        }
        return LinkDecision(status: .none)
    }

    private func choose(
        _ found: [FoundNumber], as ground: LinkDecision.Ground, confidence: LinkDecision.Confidence
    ) -> LinkDecision? {
        let valid = found.filter { $0.candidate.number.map { !own.contains($0) } ?? false }
        guard let first = valid.first, let number = first.candidate.number else { return nil }
        let isAlone = valid.allSatisfy { $0.candidate.number == number }
        guard isAlone else {
            return LinkDecision(status: .ambiguous, ground: ground, evidence: first.evidence(in: letter))
        }
        return LinkDecision(
            status: .linked, number: number, confidence: confidence, ground: ground,
            evidence: first.evidence(in: letter))
    }

    private func choose(
        _ numbers: Set<CVRNumber>, as ground: LinkDecision.Ground, confidence: LinkDecision.Confidence
    ) -> LinkDecision? {
        let numbers = numbers.subtracting(own)
        guard let number = numbers.first else { return nil }
        guard numbers.count == 1 else { return LinkDecision(status: .ambiguous, ground: ground) }
        let address = letter.original.from?.address ?? ""
        let evidence = letter.evidence(address, offset: 0, length: address.utf8.count, in: .sender)
        return LinkDecision(
            status: .linked, number: number, confidence: confidence, ground: ground,
            evidence: ground == .thread ? nil : evidence)
    }

    /// Whether the sender's address is known to stand for another company than the one written.
    private func contradictsDirectory(_ labelled: [FoundNumber]) -> Bool {
        guard !known.address.isEmpty else { return false }
        return labelled.contains { $0.candidate.number.map { !known.address.contains($0) } ?? false }
    }
}

/// Numbers that the lead gives as somebody else's: a customer, a supplier, the company they write for.
enum ThirdParties {
    private static let words = [
        "vores kunde", "kunden", "leverandør", "underleverandør", "samarbejdspartner", "på vegne af",
        "for vores klient",
        "moderselskab", "søsterselskab", "datterselskab", "revisor", "our customer", "our client", "supplier", "vendor",
        "on behalf of", "parent company", "subsidiary", "accountant", "konkurrent", "competitor", "vores bank",
        "fakturaen fra", "invoice from", "ejes af", "owned by", "tidligere arbejdsgiver",
    ]

    static func owns(_ found: FoundNumber, in letter: Letter) -> Bool {
        guard found.section == .text else { return false }
        let content = Array(letter.content(of: found.section).utf8)
        let start = content[..<found.candidate.offset].lastIndex(of: 0x0A) ?? 0
        let sentence = String(
            decoding: content[max(start, found.candidate.offset - 160)..<found.candidate.offset], as: UTF8.self)
        let lower = sentence.lowercased()
        return words.contains(where: lower.contains)
    }
}
