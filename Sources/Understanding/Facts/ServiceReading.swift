import Rules

/// Which services a section asks for and which it turns down: a word is not a wish.
struct ServiceReading {
    struct Mention {
        var service: Int
        var tokens: Range<Int>

        /// Whether the other is a part of this one: `orders` of `purchase orders`.
        func holds(_ other: Mention) -> Bool {
            tokens != other.tokens && tokens.lowerBound <= other.tokens.lowerBound
                && tokens.upperBound >= other.tokens.upperBound
        }
    }

    /// A phrase that tells what becomes of the services it speaks of.
    struct Saying {
        var phrases: DecliningPhrases
        var tokens: Range<Int>
    }

    private let reading: SectionReading
    private let services: [Service]
    private let found: FoundWords
    private let things: [ThingRule]
    private let refusals: Refusals
    private let asides: [Saying]

    init(reading: SectionReading, services: [Service], found: FoundWords, things: [ThingRule]) {
        self.reading = reading
        self.services = services
        self.found = found
        self.things = things
        let valid = Self.valid(found.phrases, reading.tokens)
        refusals = Refusals(
            reading: reading, services: services, refusals: valid.filter { $0.phrases.effect == .declines })
        asides = valid.filter { $0.phrases.effect == .aside }
    }

    /// One fact for each service named; one turned down stays so.
    ///
    /// `counted`: words of the section with how many there are.
    func facts(_ counted: [Range<Int>]) -> [Fact] {
        let longest = found.mentions.filter { mention in !found.mentions.contains { $0.holds(mention) } }
        let mentions = longest.filter { !isPassing($0) && !isAside($0.tokens) }
        let declined = refusals.declined(mentions).merging(denied(mentions)) { said, _ in said }
        var facts: [Int: Fact] = [:]
        var order: [Int] = []
        for (index, mention) in mentions.enumerated() {
            guard declined[index] != nil || isWanted(mention, counted) else { continue }
            let isKnown = facts[mention.service] != nil
            guard !isKnown || declined[index] != nil && facts[mention.service]?.value == .flag(true) else { continue }
            if !isKnown { order.append(mention.service) }
            facts[mention.service] = Fact(
                name: "service." + services[mention.service].code, value: .flag(declined[index] == nil),
                evidence: reading.evidence(declined[index] ?? reading.clause(around: mention.tokens)))
        }
        return order.compactMap { facts[$0] }
    }

    // MARK: Words that are no wish

    /// `Support: nej` turns down what the label is; of `Bruger I support i dag: nej` nothing comes.
    private func denied(_ mentions: [Mention]) -> [Int: Range<Int>] {
        var denied: [Int: Range<Int>] = [:]
        for (index, mention) in mentions.enumerated() {
            guard let field = reading.fields.field(at: mention.tokens.lowerBound), !field.isAlone,
                field.label == mention.tokens, field.isDenied(reading.tokens)
            else { continue }
            denied[index] = field.tokens
        }
        return denied
    }

    /// Whether the words stand behind a phrase that makes them somebody else's, past, or no more than possible.
    func isAside(_ tokens: Range<Int>) -> Bool {
        let clause = reading.tokens[tokens.lowerBound].clause
        return asides.contains {
            let end = $0.tokens.upperBound
            guard reading.tokens[$0.tokens.lowerBound].clause == clause, end <= tokens.lowerBound else { return false }
            // `We stopped using Xero and now run on e-conomic` goes on with something else, `chatbots og en hotline` does not.
            let joint = reading.tokens[end..<tokens.lowerBound].lastIndex { Self.conjunctions.contains($0.word) }
            return joint.map { tokens.lowerBound - $0 <= 2 } ?? true
        }
    }

    private static let conjunctions: Set = ["og", "and", "so", "så"]

    /// Without phrases that a wish in their clause takes back: `cannot do without`, `uden support går det ikke`.
    private static func valid(_ phrases: [Saying], _ tokens: [Token]) -> [Saying] {
        let wishes = phrases.filter { $0.phrases.effect == .wish }
        guard !wishes.isEmpty else { return phrases }
        return phrases.filter { phrase in
            !wishes.contains { wish in
                guard tokens[wish.tokens.lowerBound].clause == tokens[phrase.tokens.lowerBound].clause else {
                    return false
                }
                return !wish.tokens.overlaps(phrase.tokens) || wish.tokens.count >= phrase.tokens.count
            }
        }
    }

    /// A thing that is only spoken of asks for nothing: it is counted, or something is to be done with it.
    private func isWanted(_ mention: Mention, _ counted: [Range<Int>]) -> Bool {
        let kinds = found.things.filter {
            $0.tokens.contains(mention.tokens.lowerBound) && $0.tokens.count >= mention.tokens.count
        }
        guard !kinds.isEmpty else { return true }
        let sentence = reading.tokens[mention.tokens.lowerBound].sentence
        let list = reading.fields.lists[sentence]
        return kinds.contains { kind, _ in
            things[kind].counted && counted.contains { $0.overlaps(mention.tokens) }
                || (found.handled[kind] ?? []).contains { abs($0 - sentence) <= 1 }
                || list.map { found.handledLists[kind]?.contains($0) ?? false } ?? false
        }
    }

    /// Whether the words beside it say that no service is meant: `på kursus`, `fakturaer sendes til`.
    private func isPassing(_ mention: Mention) -> Bool {
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
}
