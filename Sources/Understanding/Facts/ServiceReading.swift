import Rules

/// Which services a section asks for and which it turns down: a word is not a wish.
struct ServiceReading {
    struct Mention {
        var service: Int
        var tokens: Range<Int>
    }

    struct Refusal {
        var phrases: DecliningPhrases
        var tokens: Range<Int>
    }

    /// How far behind `without` its object may stand.
    private static let reach = 3
    private static let pronouns: Set = ["den", "det", "dem", "it", "that", "them", "those"]
    /// `hverken chatbot, undervisning eller support`: words that only hold a list together.
    private static let listWords: Set = ["eller", "og", "or", "and", "nor", "any", "en", "et", "a", "heller", "ikke"]

    let reading: SectionReading
    let services: [Service]

    /// One fact for each service named; one turned down stays so.
    func facts(_ mentions: [Mention], _ refusals: [Refusal]) -> [Fact] {
        let declined = declined(mentions, refusals)
        var facts: [Int: Fact] = [:]
        var order: [Int] = []
        for (index, mention) in mentions.enumerated() {
            let isKnown = facts[mention.service] != nil
            guard !isKnown || declined[index] != nil && facts[mention.service]?.value == .flag(true) else { continue }
            if !isKnown { order.append(mention.service) }
            facts[mention.service] = Fact(
                name: "service." + services[mention.service].code, value: .flag(declined[index] == nil),
                evidence: reading.evidence(declined[index] ?? reading.clause(around: mention.tokens)))
        }
        return order.compactMap { facts[$0] }
    }

    /// The mentions turned down, each with the words that say so.
    private func declined(_ mentions: [Mention], _ refusals: [Refusal]) -> [Int: Range<Int>] {
        let byClause = Dictionary(grouping: mentions.indices) { clause(of: mentions[$0]) }
        var declined: [Int: Range<Int>] = [:]
        for refusal in refusals {
            let words = reading.clause(around: refusal.tokens)
            for index in meant(by: refusal, mentions, byClause) {
                guard !services[mentions[index].service].notDeclinedBy.contains(refusal.phrases.id) else { continue }
                let known = declined[index] ?? reading.clause(around: mentions[index].tokens)
                declined[index] =
                    min(known.lowerBound, words.lowerBound)..<max(known.upperBound, words.upperBound)
            }
        }
        return declined
    }

    private func clause(of mention: Mention) -> Int { reading.tokens[mention.tokens.lowerBound].clause }

    /// What a refusal speaks of: its own clause and the list that goes on from it; else the clause before or behind; else,
    /// where it only says `it`, what was named last.
    private func meant(by refusal: Refusal, _ mentions: [Mention], _ byClause: [Int: [Int]]) -> [Int] {
        let start = refusal.tokens.lowerBound
        let end = refusal.tokens.upperBound
        let here = reading.tokens[start]
        if refusal.phrases.onlyBehind {
            return (byClause[here.clause] ?? []).filter {
                (end..<end + Self.reach).contains(mentions[$0].tokens.lowerBound)
            }
        }
        if let own = byClause[here.clause] {
            return own + list(from: here.clause, mentions, byClause)
        }
        for clause in [here.clause - 1, here.clause + 1] {
            if let near = byClause[clause], sentence(of: mentions[near[0]]) == here.sentence { return near }
        }
        let saysIt = reading.tokens[reading.sentence(around: refusal.tokens)].contains {
            Self.pronouns.contains($0.word)
        }
        guard saysIt else { return [] }
        // A sentence has few clauses; what was named farther away is not meant.
        for clause in stride(from: here.clause - 1, through: max(0, here.clause - 8), by: -1) {
            guard let near = byClause[clause] else { continue }
            return sentence(of: mentions[near[0]]) >= here.sentence - 1 ? near : []
        }
        return []
    }

    private func sentence(of mention: Mention) -> Int { reading.tokens[mention.tokens.lowerBound].sentence }

    /// Mentions in the clauses that follow and hold nothing but services and the words between them.
    private func list(from clause: Int, _ mentions: [Mention], _ byClause: [Int: [Int]]) -> [Int] {
        var found: [Int] = []
        var next = clause + 1
        while let inside = byClause[next] {
            let named = Set(inside.flatMap { Array(mentions[$0].tokens) })
            let span = reading.clause(around: mentions[inside[0]].tokens)
            guard span.allSatisfy({ named.contains($0) || Self.listWords.contains(reading.tokens[$0].word) }) else {
                break
            }
            found += inside
            next += 1
        }
        return found
    }
}
