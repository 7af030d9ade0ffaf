package import Mail
package import Rules

/// Reads facts out of a letter by the rules' words; made once for a rule set.
package struct FactFinder: Sendable {
    private enum Target: Sendable {
        case service(Int)
        case fact(Int)
        case choice(fact: Int, choice: Int)
        case declining(Int)
    }

    private let rules: RuleSet
    private let matcher: PhraseMatcher<Target>

    package init(_ rules: RuleSet) {
        self.rules = rules
        var matcher = PhraseMatcher<Target>()
        for (index, service) in rules.services.enumerated() { matcher.add(service.words, .service(index)) }
        for (index, fact) in rules.facts.enumerated() {
            matcher.add(fact.words, .fact(index))
            for (choice, value) in fact.choices.enumerated() {
                matcher.add(value.words, .choice(fact: index, choice: choice))
            }
        }
        for (index, phrases) in rules.declining.enumerated() { matcher.add(phrases.words, .declining(index)) }
        self.matcher = matcher
    }

    /// The facts of a letter: those of our own people's note first, since they are instructions, then the lead's.
    ///
    /// Of several readings of one fact the first is kept.
    package func facts(in letter: Letter) -> [Fact] {
        var known: Set<String> = []
        return readings(in: letter).filter { known.insert($0.name).inserted }
    }

    /// What each speaker says in a letter: our own people in their note, and the lead in text and subject.
    ///
    /// The forwarder's signature and what is quoted say nothing. Of several readings of one fact by one speaker the first
    /// is kept.
    package func readings(in letter: Letter) -> [Fact] {
        var known: Set<String> = []
        let note = letter.form.isForward ? facts(in: letter, .note) : []
        return note + [.text, .subject].flatMap { facts(in: letter, $0) }.filter { known.insert($0.name).inserted }
    }

    private func facts(in letter: Letter, _ section: Evidence.Section) -> [Fact] {
        guard let reading = SectionReading(letter, section) else { return [] }
        var found = Found(facts: rules.facts.count)
        for match in matcher.matches(in: reading.tokens) {
            switch match.target {
            case .service(let index): found.mentions.append(.init(service: index, tokens: match.tokens))
            case .fact(let index): found.words[index].append(match.tokens)
            case .choice(let fact, let choice): found.choices[fact].append((choice, match.tokens))
            case .declining(let index):
                found.refusals.append(.init(phrases: rules.declining[index], tokens: match.tokens))
            }
        }
        let quantities = quantities(found, reading)
        let facts = rules.facts.indices.compactMap { index -> Fact? in
            let rule = rules.facts[index]
            guard !rule.onlyInNote || section == .note else { return nil }
            return reading.choice(rule, found.choices[index])
                ?? reading.fact(rule, found.words[index], quantities[index] ?? [])
        }
        return ServiceReading(reading: reading, services: rules.services).facts(found.mentions, found.refusals) + facts
    }

    /// What the matcher found in one section, by what it is about.
    private struct Found {
        var mentions: [ServiceReading.Mention] = []
        var refusals: [ServiceReading.Refusal] = []
        var words: [[Range<Int>]]
        var choices: [[(choice: Int, tokens: Range<Int>)]]

        init(facts: Int) {
            words = Array(repeating: [], count: facts)
            choices = Array(repeating: [], count: facts)
        }
    }

    private func quantities(_ found: Found, _ reading: SectionReading) -> [Int: [QuantityReading.Group]] {
        guard !reading.numbers.isEmpty else { return [:] }
        let matches = rules.facts.indices.filter { rules.facts[$0].kind == .number }
            .flatMap { index in found.words[index].map { (fact: index, tokens: $0) } }
        guard !matches.isEmpty else { return [:] }
        return QuantityReading(
            tokens: reading.tokens, octets: reading.octets, matches: matches,
            perMonth: Set(rules.facts.indices.filter { rules.facts[$0].perMonth })
        ).groups(of: reading.numbers)
    }
}
