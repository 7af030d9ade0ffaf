package import Mail
import Rules

/// What to do, for one of our own people whose mail holds no forward; pure.
package struct Guidance: Sendable {
    private let letter: Letter

    package init(letter: Letter) { self.letter = letter }

    package func compose(_ templates: TemplateSet) -> TemplateSet.Draft {
        let language = MailLanguage(letter: letter.language)
        let name = letter.from.first?.name.flatMap { $0.onOneLine.split(separator: " ").first.map(String.init) }
        let subject = Layout.clip(letter.subject.onOneLine, to: 120)
        let missing =
            switch language {
            case .danish:
                "Din mail" + (subject.isEmpty ? "" : " \"\(subject)\"")
                    + " rummer ingen videresendt mail, så der er intet at regne på."
            case .english:
                "Your mail" + (subject.isEmpty ? "" : " \"\(subject)\"")
                    + " holds no forwarded mail, so there is nothing to work on."
            }
        let (text, html) = templates.render(
            "guidance", .of(["name": name, "missing": View.paragraph(missing)]), in: language)
        let title = language == .danish ? "Sådan bruger du Brevdue" : "How to use Brevdue"
        return TemplateSet.Draft(subject: subject.isEmpty ? title : "\(title): \(subject)", text: text, html: html)
    }
}
