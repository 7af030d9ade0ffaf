import CVR
import Understanding

extension SummaryWords {
    private static let commandLimit = 2

    /// What a reply to the summary may say, each with what comes of it; only what is carried out.
    var commands: View? {
        guard summary.takesCommands else { return nil }
        let command: Command.Wording = isLinked ? .wrongCompany : .company
        let numbers = seenNumbers.prefix(Self.commandLimit)
        let texts = numbers.isEmpty ? [command.text(nil, in: language)] : numbers.map { command.text($0, in: language) }
        let effect =
            isLinked
            ? say(
                "Så flyttes det hele til det rigtige firma, og du får en rettet opsummering.",
                "Then everything is moved to the right company, and you get a corrected summary.")
            : say(
                "Så samles det hele på firmaet, og du får en ny opsummering.",
                "Then everything is filed under the company, and you get a new summary.")
        return ["items": texts.map { ["command": $0] as View }, "effect": View.paragraph(effect)]
    }

    /// Numbers that the mail calls somebody's and that are neither this company's nor one
    /// that a person ruled out; a bare one may be a telephone's.
    private var seenNumbers: [CVRNumber] {
        dossier.link.candidates.compactMap { candidate in
            guard candidate.valid, candidate.labelled, !candidate.own, let number = CVRNumber(candidate.number),
                number != dossier.link.number, number != summary.correction?.from
            else { return nil }
            return number
        }
    }
}
