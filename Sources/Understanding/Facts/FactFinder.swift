import FoundationEssentials
package import Mail
package import Rules

/// Reads facts out of a letter by the rules' words; made once for a rule set.
package struct FactFinder: Sendable {
    enum Target: Sendable {
        case service(Int)
        case fact(Int)
        case declining
    }

    let rules: RuleSet
    private var matcher = PhraseMatcher<Target>()

    package init(_ rules: RuleSet) {
        self.rules = rules
        for (index, service) in rules.services.enumerated() {
            for words in service.words { matcher.add(words, .service(index)) }
        }
        for (index, fact) in rules.facts.enumerated() {
            for words in fact.words { matcher.add(words, .fact(index)) }
        }
        for words in rules.declining { matcher.add(words, .declining) }
    }

    /// The facts of a letter: those of our own people's note first, since they are instructions, then the lead's.
    ///
    /// The forwarder's signature and what is quoted say nothing. Of several readings of one fact the first is kept.
    package func facts(in letter: Letter) -> [Fact] {
        let sections: [Evidence.Section] = letter.form.isForward ? [.note, .text, .subject] : [.text, .subject]
        var facts: [Fact] = []
        var known: Set<String> = []
        for section in sections {
            for fact in self.facts(in: letter, section) where known.insert(fact.name).inserted {
                facts.append(fact)
            }
        }
        return facts
    }

    private func facts(in letter: Letter, _ section: Evidence.Section) -> [Fact] {
        let text = letter.content(of: section)
        let tokens = Tokenizer.tokens(of: text, language: letter.language)
        guard !tokens.isEmpty else { return [] }
        let matches = matcher.matches(in: tokens)
        let reading = SectionReading(letter: letter, section: section, text: text, tokens: tokens)
        return services(matches, reading)
            + rules.facts.indices.compactMap { index in
                let rule = rules.facts[index]
                guard !rule.onlyInNote || section == .note else { return nil }
                let found = matches.filter { if case .fact(index) = $0.target { true } else { false } }.map(\.tokens)
                return found.isEmpty ? nil : reading.fact(rule, found)
            }
    }

    /// A word is not a wish: a service in a sentence that turns it down is declined, and stays so.
    private func services(_ matches: [PhraseMatcher<Target>.Match], _ reading: SectionReading) -> [Fact] {
        let declining = Set(
            matches.compactMap { match in
                if case .declining = match.target { reading.tokens[match.tokens.lowerBound].sentence } else { nil }
            })
        var facts: [Int: Fact] = [:]
        var order: [Int] = []
        for match in matches {
            guard case .service(let index) = match.target else { continue }
            let isDeclined = declining.contains(reading.tokens[match.tokens.lowerBound].sentence)
            let span = isDeclined ? reading.sentence(around: match.tokens) : reading.clause(around: match.tokens)
            let fact = Fact(
                name: "service." + rules.services[index].code, value: .flag(!isDeclined),
                evidence: reading.evidence(span))
            if facts[index] == nil { order.append(index) }
            if facts[index] == nil || isDeclined { facts[index] = fact }
        }
        return order.compactMap { facts[$0] }
    }
}
