package import Mail
import Rules

/// What to do, for one of our own people whose mail holds no forward.
///
/// Pure.
package struct Guidance: Sendable {
    private let letter: Letter

    package init(letter: Letter) { self.letter = letter }

    private struct View {
        var name: String?
        var subject: String
    }

    package func compose(_ templates: TemplateSet) -> TemplateSet.Draft {
        let language = MailLanguage(letter: letter.language)
        let name = letter.from.first?.name?.split(separator: " ").first.map(String.init)
        let (text, html) = templates.render("guidance", View(name: name, subject: letter.subject), in: language)
        let subject = language == .danish ? "Sådan bruger du Brevdue" : "How to use Brevdue"
        return TemplateSet.Draft(subject: "\(subject): \(letter.subject)", text: text, html: html)
    }
}
