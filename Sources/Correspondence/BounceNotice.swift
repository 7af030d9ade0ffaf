package import Mail
package import Rules

/// That a mail of ours came back, for whoever of our people it concerns; pure.
package struct BounceNotice: Sendable {
    /// Columns of the remote's words that are shown.
    private static let wordLimit = 600

    private let subject: String
    private let failures: [DeliveryReport.Recipient]
    private let suppressed: [String]
    private let language: MailLanguage

    /// Tells of the recipients that it did not reach, and of addresses that get no mail from now on.
    package init(
        subject: String, failures: [DeliveryReport.Recipient], suppressed: [String], language: MailLanguage
    ) {
        self.subject = Layout.clip(subject.onOneLine, to: 120)
        self.failures = failures
        self.suppressed = suppressed
        self.language = language
    }

    package func compose(_ templates: TemplateSet, to reader: Mailbox) -> TemplateSet.Draft {
        let name = reader.name.flatMap { $0.onOneLine.split(separator: " ").first.map(String.init) }
        let (text, html) = templates.render(
            "bounce_notice",
            .of([
                "name": name,
                "what": View.paragraph(what),
                "failures": failures.prefix(5).map { failure in
                    let words = Layout.clip(
                        (failure.words ?? failure.status ?? "").onOneLine.withoutPersonalNumbers, to: Self.wordLimit)
                    return [
                        "address": failure.address.onOneLine, "words": words,
                        "text": Layout.wrap(words, indent: "  ", first: "  "),
                    ] as View
                },
                "suppressed": suppressed.isEmpty ? nil : View.paragraph(consequence),
            ]), in: language)
        let title = say("Ikke leveret", "Not delivered")
        return TemplateSet.Draft(subject: subject.isEmpty ? title : "\(title): \(subject)", text: text, html: html)
    }

    private var what: String {
        let addresses = failures.prefix(5).map(\.address.onOneLine).joined(separator: ", ")
        return say(
            "Mailen \"\(subject)\" kom retur. Den nåede ikke frem til \(addresses).",
            "The mail \"\(subject)\" came back. It did not reach \(addresses).")
    }

    private var consequence: String {
        let addresses = suppressed.prefix(5).map(\.onOneLine).joined(separator: ", ")
        return say(
            "Adressen findes ikke: senere mails til \(addresses) holdes tilbage, indtil den er frigivet.",
            "There is no such address: later mails to \(addresses) are held back until it is released.")
    }

    private func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }
}
