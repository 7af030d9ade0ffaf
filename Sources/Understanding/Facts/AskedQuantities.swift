import Mail

/// Numbers alone that answer how many there are: `> Hvor mange brugere bliver I?`, and `25` below it.
struct AskedQuantities {
    /// A question for one fact, and the answer's words.
    struct Question {
        var fact: Int
        var period: Period?
        var answer: String
    }

    /// Words of an answer before its number at most: `Vi er nok omkring 25`.
    private static let reach = 4

    private let questions: [Question]

    /// `words`: the facts that are counted, by their words in a text.
    init(_ letter: Letter, _ words: ([Token]) -> [(fact: Int, tokens: Range<Int>)]) {
        questions = letter.exchanges.compactMap { exchange in
            let octets = Array(exchange.question.utf8)
            let tokens = Tokenizer.tokens(of: octets)
            // Of a paragraph with several questions it is open which one a number answers.
            guard let start = Self.asks(tokens), Self.asks(Array(tokens[(start + 1)...])) == nil else { return nil }
            let sentence = tokens[start].sentence
            let asked = words(tokens).first {
                $0.tokens.lowerBound > start && tokens[$0.tokens.lowerBound].sentence == sentence
            }
            guard let fact = asked?.fact else { return nil }
            let period = tokens.indices.lazy.compactMap { Period.phrase(in: tokens, octets, at: $0)?.period }.first
            return Question(fact: fact, period: period, answer: exchange.answer)
        }
    }

    /// The groups that answers in a text make, each once; `taken` are tokens of numbers that belong to a fact already.
    func groups(in reading: SectionReading, taken: [Range<Int>]) -> [Int: [QuantityReading.Group]] {
        var groups: [Int: [QuantityReading.Group]] = [:]
        var rest = reading.octets[...]
        for question in questions {
            // Where one is not found, neither is it known where those behind it begin.
            guard let place = Self.place(of: Array(question.answer.utf8), in: rest) else { break }
            rest = rest[place.upperBound...]
            let tokens = reading.tokens.indices.filter { place.contains(reading.tokens[$0].start) }
            let numbers = reading.numbers.filter { tokens.contains($0.tokens.lowerBound) }
            guard numbers.count == 1, let number = numbers.first, let first = tokens.first, number.value > 0,
                number.tokens.lowerBound - first <= Self.reach, !taken.contains(where: number.tokens.overlaps),
                !reading.isMeasure(behind: number), groups[question.fact] == nil
            else { continue }
            groups[question.fact] = [
                QuantityReading.Group(
                    value: number.value, least: number.least, parts: number.parts, tokens: number.tokens,
                    number: number.tokens, period: reading.period(behind: number) ?? question.period)
            ]
        }
        return groups
    }

    /// Where it is asked how many: `hvor mange`, `how many`, `antal`.
    private static func asks(_ tokens: [Token]) -> Int? {
        tokens.indices.first { index in
            let next = index + 1 < tokens.count ? tokens[index + 1].word : ""
            switch tokens[index].word {
            case "hvor": return next == "mange" || next == "stort"
            case "how": return next == "many"
            case "antal", "antallet", "number": return true
            default: return false
            }
        }
    }

    /// Octets by which an answer is known in the text, so that looking for it takes time in proportion to that.
    private static let longestBeginning = 60

    private static func place(of answer: [UInt8], in octets: ArraySlice<UInt8>) -> Range<Int>? {
        guard let first = answer.first, octets.count >= answer.count else { return nil }
        var start = octets.startIndex
        while let next = octets[start...].firstIndex(of: first), next + answer.count <= octets.endIndex {
            if octets[next...].starts(with: answer.prefix(longestBeginning)) { return next..<(next + answer.count) }
            start = next + 1
        }
        return nil
    }
}

extension SectionReading {
    /// Whether a number is said of something else than a count: `25 %`, `25 kr.`.
    fileprivate func isMeasure(behind number: NumberPhrase) -> Bool {
        let next = number.tokens.upperBound
        return next < tokens.count && QuantityReading.foreignUnits.contains(tokens[next].word)
    }

    fileprivate func period(behind number: NumberPhrase) -> Period? {
        Period.phrase(in: tokens, octets, at: number.tokens.upperBound)?.period
    }
}
