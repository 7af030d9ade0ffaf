package import Rules

/// What became of a mail of ours, for the salesperson who caused it; pure.
package struct DeliveryNotice: Sendable {
    /// What happened.
    package enum Event: Sendable {
        /// It waits for longer than people expect.
        case delayed
        /// It was refused for good.
        case failed
        /// Its time was over before anybody took it.
        case expired
        /// It may or may not have been taken.
        case unknown
    }

    private let event: Event
    private let subject: String
    private let recipients: [String]
    private let words: String
    private let language: MailLanguage

    /// The news of a mail with this subject, to these people; `words`: what the other side said.
    package init(_ event: Event, subject: String, recipients: [String], words: String, language: MailLanguage) {
        self.event = event
        self.subject = Layout.clip(subject.onOneLine, to: 120)
        self.recipients = recipients
        self.words = Layout.clip(words.onOneLine.withoutPersonalNumbers, to: 400)
        self.language = language
    }

    /// `name`: how the reader is addressed.
    package func compose(_ templates: TemplateSet, name: String?) -> TemplateSet.Draft {
        let (text, html) = templates.render(
            "delivery_notice",
            .of([
                "name": name, "news": View.paragraph(news), "advice": View.paragraph(advice),
                "words": words.isEmpty ? nil : View.paragraph(words, indent: "  ", first: "  "),
            ]), in: language)
        return TemplateSet.Draft(subject: "\(title): \(subject)", text: text, html: html)
    }

    private func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }

    private var title: String {
        switch event {
        case .delayed: say("Forsinket", "Delayed")
        case .failed, .expired: say("Ikke afleveret", "Not delivered")
        case .unknown: say("Uvist om afleveret", "Perhaps not delivered")
        }
    }

    private var news: String {
        let mail = say("Mailen \"\(subject)\" til \(list)", "The mail \"\(subject)\" to \(list)")
        return switch event {
        case .delayed: mail + say(" er endnu ikke afleveret.", " has not been delivered yet.")
        case .failed: mail + say(" kunne ikke afleveres.", " could not be delivered.")
        case .expired:
            mail + say(" blev ikke afleveret i tide og er opgivet.", " was not delivered in time and was given up.")
        case .unknown:
            mail
                + say(
                    " er måske ikke nået frem: forbindelsen blev afbrudt, lige da den var sendt.",
                    " may not have arrived: the connection broke just when it had been sent.")
        }
    }

    private var advice: String {
        switch event {
        case .delayed:
            say(
                "Der forsøges stadig. Du får besked, hvis den må opgives.",
                "It is still being tried. You will hear if it has to be given up.")
        case .failed:
            say(
                "Der forsøges ikke igen. Tjek adressen, eller kontakt modtageren på en anden måde.",
                "It is not tried again. Check the address, or reach the recipient in another way.")
        case .expired:
            say(
                "Der forsøges ikke igen. Kontakt modtageren på en anden måde, eller send den videre igen.",
                "It is not tried again. Reach the recipient in another way, or forward the mail once more.")
        case .unknown:
            say(
                "Den sendes ikke igen af sig selv, så ingen får den to gange. Spørg modtageren, om den er kommet.",
                "It is not sent again by itself, so that nobody gets it twice. Ask the recipient whether it came.")
        }
    }

    private var list: String {
        let shown = recipients.prefix(5).map { Layout.clip($0.onOneLine, to: 80) }
        let last = shown.last ?? ""
        guard shown.count > 1 else { return last }
        return shown.dropLast().joined(separator: ", ") + say(" og ", " and ") + last
    }
}
