import CVR
package import Mail
package import Rules

/// What to write instead, for one of our own people whose reply held a command that could not be followed; pure.
package struct CommandReceipt: Sendable {
    private static let numberLimit = 3

    private let fault: Command.Fault
    private let language: MailLanguage
    private let letter: Letter

    /// `letter`: the reply that held the command.
    package init(_ fault: Command.Fault, language: MailLanguage, answering letter: Letter) {
        self.fault = fault
        self.language = language
        self.letter = letter
    }

    package func compose(_ templates: TemplateSet) -> TemplateSet.Draft {
        let name = letter.from.first?.name.flatMap { $0.onOneLine.split(separator: " ").first.map(String.init) }
        let (text, html) = templates.render(
            "receipt",
            .of([
                "name": name,
                "understood": View.paragraph(understood),
                "commands": instead.map { ["command": $0] as View },
            ]), in: language)
        let subject = Layout.clip(letter.subject.onOneLine, to: 120)
        let title = say("Intet er ændret", "Nothing was changed")
        return TemplateSet.Draft(subject: subject.isEmpty ? title : "\(title): \(subject)", text: text, html: html)
    }

    private func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }

    /// What was understood, and why that cannot be done.
    private var understood: String {
        switch fault {
        case .notACVRNumber(let text):
            let written = "\"\(Layout.clip(PersonalNumbers.hidden(in: text.onOneLine), to: 60))\""
            return say("Du skrev \(written). ", "You wrote \(written). ") + fault(of: text)
        case .ownNumber(let number):
            return say(
                "Du skrev CVR \(number). Det er vores eget nummer, så det kan ikke være kundens.",
                "You wrote CVR \(number). That is our own number, so it cannot be the customer's.")
        case .missingNumber:
            return say(
                "Du skrev, at det er det forkerte firma, men ikke nummeret på det rigtige.",
                "You wrote that it is the wrong company, but not the number of the right one.")
        case .unproved:
            return say(
                "Din mail er ikke signeret (DKIM) af dit domæne, så det er ikke sikkert, at ordren er fra dig.",
                "Your mail is not signed (DKIM) by your domain, so it is not certain that the order is yours.")
        case .severalNumbers(let numbers):
            let last = numbers.last.map(\.description) ?? ""
            let list = numbers.dropLast().map(\.description).joined(separator: ", ") + say(" og ", " and ") + last
            return say(
                "Du skrev flere numre: \(list). Det er uvist, hvilket du mener.",
                "You wrote several numbers: \(list). It is open which one you mean.")
        }
    }

    private func fault(of text: String) -> String {
        text.filter(\.isNumber).count == 8
            ? say(
                "Det er ikke et CVR-nummer: kontrolcifferet passer ikke. Måske er et ciffer tastet forkert.",
                "That is no CVR number: the check digit is wrong. Perhaps a digit was mistyped.")
            : say(
                "Det er ikke et CVR-nummer: et CVR-nummer har otte cifre.",
                "That is no CVR number: a CVR number has eight digits.")
    }

    /// What may be written instead: with each of the numbers, or with a place for one.
    private var instead: [String] {
        guard case .severalNumbers(let numbers) = fault, !numbers.isEmpty else {
            return [Command.Wording.company.text(nil, in: language)]
        }
        return numbers.prefix(Self.numberLimit).map { Command.Wording.company.text($0, in: language) }
    }
}
