package import Rules

/// The facts of several statements as one set.
///
/// The rule: of each fact the statement made last counts, whoever made it, and our own people's note before the mail that
/// it sends on. A fact that does not last (`lasts: no` in `facts.yaml`, such as a hurry) counts in the message at hand
/// only. Whatever else was said of the same thing is a disagreement: it is shown, never silently dropped.
package struct MergedFacts: Hashable, Sendable {
    /// One of each name, in the order of the statements, the newest first.
    package var facts: [Fact]
    package var disagreements: [Disagreement]

    /// `atHand`: what the message that is answered says; `earlier`: what was said around it, in any order.
    package init(atHand: [Statement], earlier: [Statement], rules: RuleSet) {
        let passing = Set(rules.facts.filter { !$0.lasts }.map(\.name))
        let voices =
            atHand.flatMap(\.voices) + earlier.flatMap(\.voices).filter { !passing.contains($0.fact.name) }
        var chosen: [String: Disagreement.Voice] = [:]
        var others: [String: [Disagreement.Voice]] = [:]
        var order: [String] = []
        for voice in voices.sorted(by: { $0.isBefore($1) }) {
            let name = voice.fact.name
            guard let first = chosen[name] else {
                chosen[name] = voice
                order.append(name)
                continue
            }
            if first.fact.disagrees(with: voice.fact), !(others[name] ?? []).contains(where: { $0.saysTheSame(voice) })
            {
                others[name, default: []].append(voice)
            }
        }
        facts = order.compactMap { chosen[$0]?.fact }
        disagreements = order.flatMap { name in
            (others[name] ?? []).compactMap { other in
                chosen[name].map { Disagreement(name: name, chosen: $0, other: other) }
            }
        }
    }
}

/// Two statements that say different things of one fact.
package struct Disagreement: Hashable, Sendable, Codable {
    /// A fact and who said it.
    package struct Voice: Hashable, Sendable, Codable {
        package var fact: Fact
        package var source: Statement.Source

        package init(fact: Fact, source: Statement.Source) {
            self.fact = fact
            self.source = source
        }
    }

    package var name: String
    /// The one that counts: it was said last.
    package var chosen: Voice
    package var other: Voice

    package init(name: String, chosen: Voice, other: Voice) {
        self.name = name
        self.chosen = chosen
        self.other = other
    }
}

extension Disagreement.Voice {
    /// The order of weight; total, so that the order in which statements are found changes nothing.
    fileprivate func isBefore(_ other: Self) -> Bool {
        if source.saidAt != other.source.saidAt { return source.saidAt > other.source.saidAt }
        if source.isInstruction != other.source.isInstruction { return source.isInstruction }
        let (id, otherID) = (source.messageID ?? .max, other.source.messageID ?? .max)
        if id != otherID { return id > otherID }
        let (words, otherWords) = (fact.evidence, other.fact.evidence)
        return (words.section.weight, words.offset, fact.name) < (
            otherWords.section.weight, otherWords.offset, other.fact.name
        )
    }

    fileprivate func saysTheSame(_ other: Self) -> Bool {
        fact.value == other.fact.value && source.messageID == other.source.messageID
    }
}

extension Evidence.Section {
    /// What stands in the text says more than the subject above it.
    fileprivate var weight: Int { self == .subject || self == .outerSubject ? 1 : 0 }
}

extension Fact {
    /// A flag is there or not; only a service can be both asked for and turned down.
    fileprivate func disagrees(with other: Fact) -> Bool {
        if case .flag = value { return name.hasPrefix("service.") && value != other.value }
        return value != other.value
    }
}

extension Statement {
    /// Its facts, each with evidence that names the message.
    fileprivate var voices: [Disagreement.Voice] {
        facts.map { fact in
            var fact = fact
            fact.evidence.messageID = source.messageID
            return Disagreement.Voice(fact: fact, source: source)
        }
    }
}
