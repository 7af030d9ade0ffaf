package import CVR
package import Mail
package import Rules

/// Reads facts out of a letter by the rules' words; made once for a rule set.
package struct FactFinder: Sendable {
    private let rules: RuleSet
    private let matcher: PhraseMatcher<FactWord>
    private let perMonth: Set<Int>

    package init(_ rules: RuleSet) {
        self.rules = rules
        perMonth = Set(rules.facts.indices.filter { rules.facts[$0].perMonth })
        var matcher = PhraseMatcher<FactWord>()
        for (index, service) in rules.services.enumerated() { matcher.add(service.words, .service(index)) }
        for (index, fact) in rules.facts.enumerated() {
            matcher.add(fact.words, .fact(index))
            matcher.add(fact.looseWords, .loose(index))
            matcher.add(fact.behind, .opening(index))
            matcher.add(fact.notWith, .barrier(index))
            for (choice, value) in fact.choices.enumerated() {
                matcher.add(value.words, .choice(fact: index, choice: choice))
            }
        }
        for (index, phrases) in rules.declining.enumerated() { matcher.add(phrases.words, .declining(index)) }
        for (index, thing) in rules.things.enumerated() {
            matcher.add(thing.words, .thing(index))
            matcher.add(thing.handled, .handling(index))
        }
        self.matcher = matcher
    }

    /// The facts of a letter: those of our own people's note first, since they are instructions, then the lead's.
    ///
    /// Of several readings of one fact the first is kept.
    package func facts(
        in letter: Letter, attachments: [ReadAttachment] = [], own: Set<CVRNumber> = []
    ) -> [Fact] {
        var known: Set<String> = []
        return readings(in: letter, attachments: attachments, own: own).filter { known.insert($0.name).inserted }
    }

    /// What each speaker says in a letter: our own people in their note, and the lead in text and subject.
    ///
    /// The forwarder's signature and what is quoted say nothing, nor does the subject of an answer, which was read with
    /// the mail that it answers. Of several readings of one fact by one speaker the first is kept.
    ///
    /// What the lead attached says what the mail itself leaves open, unless it is a paper of trade, such as an invoice, or
    /// one of ours (by `own`, our numbers).
    package func readings(
        in letter: Letter, attachments: [ReadAttachment] = [], own: Set<CVRNumber> = []
    ) -> [Fact] {
        var known: Set<String> = []
        let note = letter.form.isForward ? facts(in: letter, .note) : []
        let sections: [Evidence.Section] = letter.form == .reply ? [.text] : [.text, .subject]
        let papers = attachments.filter { !$0.text.isEmpty && PaperKind($0, own: own) == .statement }
        let said =
            sections.flatMap { facts(in: letter, $0) } + papers.flatMap { facts(in: letter, .attachment, of: $0) }
        return note + said.filter { known.insert($0.name).inserted }
    }

    private func facts(
        in letter: Letter, _ section: Evidence.Section, of attachment: ReadAttachment? = nil
    ) -> [Fact] {
        guard let reading = SectionReading(letter, section, of: attachment) else { return [] }
        let found = FoundWords(matcher.matches(in: reading.tokens), rules, reading)
        var quantities = quantities(found, reading)
        if section == .text { takeAsked(of: letter, in: reading, into: &quantities) }
        let services = ServiceReading(reading: reading, services: rules.services, found: found, things: rules.things)
        let facts = rules.facts.indices.compactMap { index -> Fact? in
            let rule = rules.facts[index]
            guard !rule.onlyInNote || section == .note else { return nil }
            // A hurry or a wish to meet is said in a mail.
            guard rule.lasts || section != .attachment else { return nil }
            return reading.choice(rule, found.choices[index].filter { !services.isAside($0.tokens) })
                ?? reading.fact(
                    rule, found.words[index], quantities[index] ?? [], outside: found.barred[index] ?? [])
        }
        return services.facts(quantities.values.joined().map(\.tokens)) + facts
    }

    /// What an answer counts that has no word for it: the question has.
    private func takeAsked(
        of letter: Letter, in reading: SectionReading, into quantities: inout [Int: [QuantityReading.Group]]
    ) {
        guard !letter.exchanges.isEmpty, !reading.numbers.isEmpty else { return }
        let asked = AskedQuantities(letter) { tokens in
            matcher.matches(in: tokens).compactMap { match in
                switch match.target {
                case .fact(let fact), .loose(let fact): rules.facts[fact].kind == .number ? (fact, match.tokens) : nil
                default: nil
                }
            }
        }
        let taken = quantities.values.joined().map(\.number)
        quantities.merge(asked.groups(in: reading, taken: taken)) { said, _ in said }
    }

    private func quantities(_ found: FoundWords, _ reading: SectionReading) -> [Int: [QuantityReading.Group]] {
        guard !reading.numbers.isEmpty else { return [:] }
        let matches = rules.facts.indices.filter { rules.facts[$0].kind == .number }
            .flatMap { index in
                found.words[index].map { QuantityReading.Match(fact: index, tokens: $0) }
                    + found.loose[index].map { QuantityReading.Match(fact: index, tokens: $0, isLoose: true) }
            }
        guard !matches.isEmpty else { return [:] }
        return QuantityReading(
            tokens: reading.tokens, octets: reading.octets, matches: matches, perMonth: perMonth,
            openings: found.openings, fields: reading.fields
        ).groups(of: reading.numbers)
    }
}

/// What a phrase of the rules is about.
enum FactWord: Sendable {
    case service(Int)
    case fact(Int)
    case loose(Int)
    case opening(Int)
    case barrier(Int)
    case choice(fact: Int, choice: Int)
    case declining(Int)
    case thing(Int)
    case handling(Int)
}

/// What the matcher found in one section, by what it is about.
struct FoundWords {
    private(set) var mentions: [ServiceReading.Mention] = []
    private(set) var phrases: [ServiceReading.Saying] = []
    /// By fact, without those in a clause that bars them.
    private(set) var words: [[Range<Int>]]
    private(set) var loose: [[Range<Int>]]
    private(set) var choices: [[(choice: Int, tokens: Range<Int>)]]
    /// Tokens before which the loose words of a fact count.
    private(set) var openings: [Int: Set<Int>] = [:]
    /// Clauses in which the words of a fact mean something else.
    private(set) var barred: [Int: Set<Int>] = [:]
    private(set) var things: [(thing: Int, tokens: Range<Int>)] = []
    /// Sentences in which things of a kind are handled.
    private(set) var handled: [Int: Set<Int>] = [:]
    /// Lists in one of whose lines they are.
    private(set) var handledLists: [Int: Set<Int>] = [:]

    init(_ matches: [PhraseMatcher<FactWord>.Match], _ rules: RuleSet, _ reading: SectionReading) {
        let tokens = reading.tokens
        words = Array(repeating: [], count: rules.facts.count)
        loose = words
        choices = Array(repeating: [], count: rules.facts.count)
        for match in matches where !reading.isSilent(match, rules) {
            let first = tokens[match.tokens.lowerBound]
            switch match.target {
            case .service(let index): mentions.append(.init(service: index, tokens: match.tokens))
            case .fact(let index): words[index].append(match.tokens)
            case .loose(let index): loose[index].append(match.tokens)
            case .opening(let index): openings[index, default: []].insert(match.tokens.upperBound)
            case .barrier(let index): barred[index, default: []].insert(first.clause)
            case .choice(let fact, let choice): choices[fact].append((choice, match.tokens))
            case .declining(let index):
                phrases.append(.init(phrases: rules.declining[index], tokens: match.tokens))
            case .thing(let index): things.append((index, match.tokens))
            case .handling(let index):
                handled[index, default: []].insert(first.sentence)
                if let list = reading.fields.lists[first.sentence] { handledLists[index, default: []].insert(list) }
            }
        }
        for (fact, clauses) in barred {
            words[fact].removeAll { clauses.contains(tokens[$0.lowerBound].clause) }
            loose[fact].removeAll { clauses.contains(tokens[$0.lowerBound].clause) }
        }
    }
}
