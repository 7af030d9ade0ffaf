import CVR
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
        /// It came back.
        case returned
    }

    private let event: Event
    private let subject: String
    private let recipient: String
    private let words: String
    private let isSuppressed: Bool
    private let language: MailLanguage

    /// The news of a mail with this subject.
    ///
    /// `words`: what the other side said. `isSuppressed`: whether the recipient gets no mail from now on.
    package init(
        _ event: Event, subject: String, recipient: String, words: String, isSuppressed: Bool = false,
        language: MailLanguage
    ) {
        self.event = event
        self.subject = Layout.clip(subject.onOneLine, to: 120)
        self.recipient = Layout.clip(recipient.onOneLine, to: 80)
        self.isSuppressed = isSuppressed
        self.words = Layout.clip(PersonalNumbers.hidden(in: words.onOneLine), to: 600)
        self.language = language
    }

    /// `name`: how the reader is addressed.
    package func compose(_ templates: TemplateSet, name: String?) -> TemplateSet.Draft {
        let (text, html) = templates.render(
            "delivery_notice",
            .of([
                "name": name.map { $0.onOneLine }, "news": View.paragraph(news), "advice": View.paragraph(advice),
                "suppressed": isSuppressed ? View.paragraph(consequence) : nil,
                "words": words.isEmpty ? nil : View.paragraph(words, indent: "  ", first: "  "),
            ]), in: language)
        return TemplateSet.Draft(subject: subject.isEmpty ? title : "\(title): \(subject)", text: text, html: html)
    }

    private func say(_ danish: String, _ english: String) -> String { language == .danish ? danish : english }

    private var title: String {
        switch event {
        case .delayed: say("Forsinket", "Delayed")
        case .failed, .expired, .returned: say("Ikke leveret", "Not delivered")
        case .unknown: say("Uvist om leveret", "Perhaps not delivered")
        }
    }

    private var news: String {
        let mail = say("Mailen \"\(subject)\" til \(recipient)", "The mail \"\(subject)\" to \(recipient)")
        return switch event {
        case .delayed: mail + say(" er endnu ikke leveret.", " has not been delivered yet.")
        case .failed: mail + say(" kunne ikke leveres.", " could not be delivered.")
        case .expired:
            mail + say(" blev ikke leveret i tide og er opgivet.", " was not delivered in time and was given up.")
        case .returned: mail + say(" kom retur: den nåede ikke frem.", " came back: it did not arrive.")
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
        case .failed, .returned:
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

    private var consequence: String {
        say(
            "Adressen findes ikke: senere mails til den holdes tilbage, indtil den er frigivet.",
            "There is no such address: later mails to it are held back until it is released.")
    }
}
