/// Numbers in a field belong to its label: `Antal brugere: 12`, whatever the next line speaks of.
extension QuantityReading {
    /// The groups of a number that the value of a field begins with; `nil` where its label is of no fact, or what stands
    /// behind the number says better what it counts.
    func labelled(_ phrase: NumberPhrase) -> [(fact: Int, group: Group)]? {
        guard let field = fields.field(at: phrase.tokens.lowerBound), field.isBegun(by: phrase.tokens, tokens) else {
            return nil
        }
        let asks = field.asksHowMany(tokens, octets)
        let owners = wordsOf(field)
        guard !owners.isEmpty, asks || !isNamedByLabel(field) && !isYear(phrase) else { return nil }
        let behind = wordsBehind(phrase).filter { field.value.contains($0.words.lowerBound) }
        let facts = Set(owners.map(\.fact))
        guard asks || behind.isEmpty || behind.contains(where: { facts.contains($0.fact) }) else { return nil }
        guard !isMeasured(phrase, field, owners) else { return [] }
        let period = field.period(tokens, octets, behind: phrase.tokens)
        let end = max(phrase.tokens.upperBound, min(field.value.upperBound, sentenceEnd(of: phrase)))
        return owners.map { owner in
            (
                owner.fact,
                Group(
                    value: phrase.value, least: phrase.least, parts: phrase.parts, tokens: field.label.lowerBound..<end,
                    number: phrase.tokens, period: period, isWhole: asks && behind.isEmpty)
            )
        }
    }

    /// The first words of a label that are of a fact, and the longest that begin there: `Antal selskaber med bilag` are
    /// companies.
    private func wordsOf(_ field: LabelledField) -> [(fact: Int, words: Range<Int>)] {
        for place in field.label {
            let words = words(at: place).filter { $0.words.upperBound <= field.label.upperBound }
            guard let longest = words.map(\.words.upperBound).max() else { continue }
            return words.filter { $0.words.upperBound == longest }
        }
        return []
    }

    /// `Faktura: 4471`, `Kontonummer bilag: 12`: the number is a name.
    private func isNamedByLabel(_ field: LabelledField) -> Bool {
        tokens[field.label].contains { isCounted(by: $0.word) }
    }

    /// `Fakturaer: 900 kr.`, but `Kursusdage: 2 dage`.
    private func isMeasured(
        _ phrase: NumberPhrase, _ field: LabelledField, _ owners: [(fact: Int, words: Range<Int>)]
    ) -> Bool {
        let next = phrase.tokens.upperBound
        guard field.value.contains(next), Self.foreignUnits.contains(tokens[next].word) else { return false }
        return !owners.contains { tokens[$0.words].contains { $0.word.hasSuffix(tokens[next].word) } }
    }

    private func sentenceEnd(of phrase: NumberPhrase) -> Int {
        let sentence = tokens[phrase.tokens.lowerBound].sentence
        let near = tokens[phrase.tokens.lowerBound...].prefix(60)
        return near.firstIndex { $0.sentence != sentence } ?? near.endIndex
    }
}
