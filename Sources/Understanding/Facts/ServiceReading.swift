import Rules

/// Which services a section asks for and which it turns down: a word is not a wish.
struct ServiceReading {
    struct Mention {
        var service: Int
        var tokens: Range<Int>

        /// Whether the other is a part of this one.
        func holds(_ other: Mention) -> Bool {
            service == other.service && tokens != other.tokens && tokens.lowerBound <= other.tokens.lowerBound
                && tokens.upperBound >= other.tokens.upperBound
        }
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

    /// `uden at …`, `without anybody …`: what follows is something that happens, not something left out.
    private static let happenings: Set = ["at", "anybody", "anyone", "somebody", "someone", "us", "them"]

    let reading: SectionReading
    let services: [Service]

    /// One fact for each service named; one turned down stays so.
    func facts(_ mentions: [Mention], _ refusals: [Refusal]) -> [Fact] {
        let mentions = mentions.filter { mention in
            !isAside(mention) && !mentions.contains { $0.holds(mention) }
        }
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

    /// Whether the words between a refusal and a service make a statement of their own: `without typing invoices`.
    private func happens(_ between: Range<Int>, behind refusal: Refusal) -> Bool {
        let isWithout = reading.tokens[refusal.tokens.lowerBound].word == "without"
        return reading.tokens[between].contains {
            Self.happenings.contains($0.word) || isWithout && $0.word.hasSuffix("ing")
        }
    }

    /// Whether the words beside it say that no service is meant: `på kursus`, `fakturaer sendes til`.
    private func isAside(_ mention: Mention) -> Bool {
        let service = services[mention.service]
        let (start, end) = (mention.tokens.lowerBound, mention.tokens.upperBound)
        return service.notBehind.contains { stands($0) { start - $0..<start } }
            || service.notBefore.contains { stands($0) { end..<end + $0 } }
    }

    private func stands(_ phrase: String, at place: (_ count: Int) -> Range<Int>) -> Bool {
        let words = phrase.split(separator: " ").map { Folding.fold($0) }
        let range = place(words.count)
        return range.lowerBound >= 0 && range.upperBound <= reading.tokens.count
            && reading.tokens[range].map(\.word) == words
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
                let object = mentions[$0].tokens.lowerBound
                return (end..<end + Self.reach).contains(object) && !happens(end..<object, behind: refusal)
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
