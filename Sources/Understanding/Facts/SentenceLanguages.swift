/// Which sentences of a text are Danish and which English, for the few number words that mean something in both.
struct SentenceLanguages: Sendable {
    /// Danish where positive.
    private var votes: [Int]
    private let isEnglishMail: Bool

    private static let words: [String: Int] = {
        let danish = [
            "og", "vi", "er", "det", "har", "jeg", "ikke", "skal", "vil", "på", "af", "en", "et", "den", "der", "til",
            "med", "som", "om", "kan", "os", "vores", "hvad", "hvor", "får",
        ]
        let english = [
            "the", "and", "we", "are", "is", "of", "in", "have", "would", "like", "a", "it", "that", "with", "be", "on",
            "our", "you", "need", "there", "will", "they", "want", "us", "please", "can", "what",
        ]
        return Dictionary(uniqueKeysWithValues: danish.map { ($0, 1) } + english.map { ($0, -1) })
    }()

    /// Looks at the sentences only where a word of both languages stands in them.
    init(_ tokens: [Token], language: String?) {
        isEnglishMail = language == "en"
        votes = []
        let isAsked = tokens.contains {
            NumberWords.onlyDanish.contains($0.word) || NumberWords.onlyEnglish.contains($0.word)
        }
        guard isAsked else { return }
        votes = Array(repeating: 0, count: (tokens.last?.sentence ?? 0) + 1)
        for token in tokens { votes[token.sentence] += Self.words[token.word] ?? 0 }
    }

    /// Whether the word is a number in its sentence.
    func isNumber(_ word: String, sentence: Int) -> Bool {
        if NumberWords.onlyDanish.contains(word) { return !isEnglish(sentence) }
        return !NumberWords.onlyEnglish.contains(word) || isEnglish(sentence)
    }

    private func isEnglish(_ sentence: Int) -> Bool {
        let vote = votes.indices.contains(sentence) ? votes[sentence] : 0
        return vote == 0 ? isEnglishMail : vote < 0
    }
}
