package import Mail
package import Rules

/// That a mail from outside arrived, for its sender (RFC 3834 section 3): plain text, and nothing of theirs but the
/// subject; pure.
package struct PublicReceipt: Sendable {
    private let letter: Letter
    private let company: Company

    package init(answering letter: Letter, company: Company) {
        self.letter = letter
        self.company = company
    }

    package func compose(_ templates: TemplateSet) -> TemplateSet.Draft {
        let language = MailLanguage(letter: letter.language)
        let text = templates.text(
            "public_receipt",
            .of(["company": company.name, "address": company.address, "phone": company.phone]), in: language)
        let subject = Layout.clip(letter.subject.onOneLine, to: 120)
        let title = language == .danish ? "Vi har modtaget din mail" : "We received your mail"
        return TemplateSet.Draft(subject: "Auto: \(subject.isEmpty ? title : subject)", text: text, html: "")
    }
}
