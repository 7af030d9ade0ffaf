import Rules

/// Which mentions of services the refusals of a section speak of.
struct Refusals {
    typealias Mention = ServiceReading.Mention

    /// How far behind `without` its object may stand.
    private static let reach = 3
    private static let pronouns: Set = ["den", "det", "dem", "it", "that", "them", "those"]
    /// `hverken chatbot, undervisning eller support`: words that only hold a list together.
    private static let listWords: Set = ["eller", "og", "or", "and", "nor", "any", "en", "et", "a", "heller", "ikke"]

    /// `uden at …`, `without anybody …`: what follows is something that happens, not something left out.
    private static let happenings: Set = ["at", "anybody", "anyone", "somebody", "someone", "us", "them"]

    let reading: SectionReading
    let services: [Service]
    let refusals: [ServiceReading.Saying]

    /// The mentions turned down, each with the words that say so.
    func declined(_ mentions: [Mention]) -> [Int: Range<Int>] {
        let removed = removed(mentions)
        guard !refusals.isEmpty else { return removed }
        let byClause = Dictionary(grouping: mentions.indices) { clause(of: mentions[$0]) }
        var declined = removed
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

    /// Verbs that turn down what stands between them and one of these.
    private static let removals: [String: Set<String>] = {
        let cutting = ["skære", "skærer", "skær", "skåret", "skæres"].map { ($0, Set(["væk", "fra", "bort", "ud"])) }
        let leaving = ["lade", "lader", "lad"].map { ($0, Set(["ude"])) }
        let english = ["cut", "cutting", "leave", "leaving", "strip"].map { ($0, Set(["out"])) }
        return Dictionary(uniqueKeysWithValues: cutting + leaving + english)
    }()

    /// `Don't leave support out`.
    private static let denials: Set = ["ikke", "aldrig", "not", "don't", "can't", "cannot", "won't", "never"]

    /// `Vi vil skære support væk`: mentions between a verb and the particle that belongs to it.
    private func removed(_ mentions: [Mention]) -> [Int: Range<Int>] {
        var removed: [Int: Range<Int>] = [:]
        for (index, mention) in mentions.enumerated() {
            let (start, end) = (mention.tokens.lowerBound, mention.tokens.upperBound)
            let isHere = { (place: Int) in reading.tokens[place].clause == reading.tokens[start].clause }
            let before = (max(0, start - Self.reach)..<start).last {
                isHere($0) && Self.removals[reading.tokens[$0].word] != nil
            }
            guard let before, let particles = Self.removals[reading.tokens[before].word],
                let last = (end..<min(end + Self.reach, reading.tokens.count)).first(where: {
                    isHere($0) && particles.contains(reading.tokens[$0].word)
                })
            else { continue }
            let isDenied = (max(0, before - Self.reach)..<before).contains {
                isHere($0) && Self.denials.contains(reading.tokens[$0].word)
            }
            if !isDenied { removed[index] = before..<last + 1 }
        }
        return removed
    }

    /// Whether the words between a refusal and a service make a statement of their own: `without typing invoices`.
    private func happens(_ between: Range<Int>, behind refusal: ServiceReading.Saying) -> Bool {
        let isWithout = reading.tokens[refusal.tokens.lowerBound].word == "without"
        return reading.tokens[between].contains {
            Self.happenings.contains($0.word) || isWithout && $0.word.hasSuffix("ing")
        }
    }

    private func clause(of mention: Mention) -> Int { reading.tokens[mention.tokens.lowerBound].clause }

    private func sentence(of mention: Mention) -> Int { reading.tokens[mention.tokens.lowerBound].sentence }

    /// What a refusal speaks of: its own clause and the list that goes on from it; else the clause before or behind; else,
    /// where it only says `it`, what was named last.
    private func meant(
        by refusal: ServiceReading.Saying, _ mentions: [Mention], _ byClause: [Int: [Int]]
    ) -> [Int] {
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
        let words = reading.sentence(around: refusal.tokens)
        // `Support? Nej tak.` speaks of what was asked.
        let isAnswer = words.count <= refusal.tokens.count + 1
        guard isAnswer || reading.tokens[words].contains(where: { Self.pronouns.contains($0.word) }) else { return [] }
        // A sentence has few clauses; what was named farther away is not meant.
        for clause in stride(from: here.clause - 1, through: max(0, here.clause - 8), by: -1) {
            guard let near = byClause[clause] else { continue }
            return sentence(of: mentions[near[0]]) >= here.sentence - 1 ? near : []
        }
        return []
    }

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
