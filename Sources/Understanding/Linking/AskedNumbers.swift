import CVR
import Mail

/// Numbers that answer a question for the company's: `> Hvad er jeres CVR-nummer?`, and the digits alone below it.
struct AskedNumbers {
    /// Of each answer to such a question the only number.
    private let digits: Set<String>

    init(_ letter: Letter) {
        digits = Set(
            letter.exchanges.filter { Self.asksForNumber($0.question) }.compactMap { exchange in
                let found = CVRFinder.candidates(in: exchange.answer)
                return found.count == 1 ? found[0].digits : nil
            })
    }

    /// The candidate, which the question is the label of where it has none of its own.
    func labelled(_ candidate: CVRCandidate) -> CVRCandidate {
        guard candidate.label == .bare, digits.contains(candidate.digits) else { return candidate }
        var candidate = candidate
        candidate.label = .labelled
        return candidate
    }

    private static func asksForNumber(_ question: String) -> Bool {
        question.lowercased().split { !$0.isLetter }.contains { word in
            names.contains { word.hasPrefix($0) } || word == "vat"
        }
    }

    private static let names = ["cvr", "momsnr", "momsnummer"]
}
