import Testing

@testable import Mail

/// A mail that a test sends on.
struct SentMail: Sendable {
    var name: String
    var address: String
    var to: String
    var subject: String
    /// As clients write it.
    var date: String
    var text: String
}

/// How a client wraps a mail that is sent on; one row of ``all`` for each.
struct ForwardTemplate: Sendable, CustomTestStringConvertible {
    /// A line of the header.
    enum Field: Sendable { case from, date, to, subject }

    var client: String
    /// What stands above the header, by the words of the language for a forwarded message.
    var marker: @Sendable (String) -> String
    var order: [Field]
    /// What is put before each line of the header, and before each line of the text.
    var headerMark = ""
    var textMark = ""
    /// Whether all labels stand in one line.
    var isFolded = false
    var below = ""

    var testDescription: String { client }

    static let all = [
        ForwardTemplate(client: "Outlook", marker: { _ in "" }, order: [.from, .date, .to, .subject]),
        ForwardTemplate(
            client: "Outlook on the web", marker: { _ in "________________________________\n" },
            order: [.from, .date, .to, .subject]),
        ForwardTemplate(
            client: "Outlook 2003", marker: { _ in "-----Original Message-----\n" },
            order: [.from, .date, .to, .subject]),
        ForwardTemplate(
            client: "Gmail", marker: { "---------- \($0) ---------\n" }, order: [.from, .date, .subject, .to]),
        ForwardTemplate(
            client: "Apple Mail", marker: { "\($0):\n\n" }, order: [.from, .subject, .date, .to], headerMark: "> ",
            textMark: "> "),
        ForwardTemplate(
            client: "iPhone", marker: { "\($0):\n\n" }, order: [.from, .date, .to, .subject], headerMark: "> ",
            textMark: "> "),
        ForwardTemplate(
            client: "Thunderbird", marker: { "\n-------- \($0) --------\n" }, order: [.subject, .date, .from, .to]),
        ForwardTemplate(
            client: "Yahoo", marker: { "\n   ----- \($0) ----- " }, order: [.from, .to, .date, .subject], isFolded: true
        ),
        ForwardTemplate(
            client: "HubSpot", marker: { "---------- \($0) ----------\n" }, order: [.from, .date, .subject, .to]),
        ForwardTemplate(
            client: "IONOS", marker: { "> ---------- \($0) ----------\n" }, order: [.from, .to, .date, .subject],
            headerMark: "> ", textMark: "> "),
        ForwardTemplate(
            client: "Missive", marker: { "---------- \($0) ----------\n" }, order: [.from, .date, .to, .subject],
            textMark: "> "),
        ForwardTemplate(
            client: "MailMate", marker: { "\($0):\n\n" }, order: [.from, .to, .subject, .date], headerMark: "> ",
            textMark: "> "),
        ForwardTemplate(
            client: "Proton Mail", marker: { "------- \($0) -------\n" }, order: [.from, .date, .subject, .to],
            textMark: "> "),
        ForwardTemplate(
            client: "Superhuman", marker: { "---------- \($0) ----------\n" }, order: [.from, .date, .subject, .to]),
        ForwardTemplate(
            client: "Front", marker: { "---------- \($0) ----------\n" }, order: [.from, .date, .to, .subject]),
        ForwardTemplate(
            client: "Roundcube", marker: { "-------- \($0) --------\n" }, order: [.subject, .date, .from, .to]),
        ForwardTemplate(
            client: "Mutt", marker: { "----- \($0) -----\n\n" }, order: [.date, .from, .to, .subject],
            below: "\n\n----- End forwarded message -----"),
    ]

    /// The words that clients of a language use, where it is known of one.
    static let words: [String: String] = [
        "da": "Videresendt meddelelse", "en": "Forwarded message", "nb": "Videresendt melding",
        "sv": "Vidarebefordrat meddelande", "de": "Weitergeleitete Nachricht", "nl": "Doorgestuurd bericht",
        "fr": "Message transféré", "es": "Mensaje reenviado", "it": "Messaggio inoltrato",
        "pt": "Mensagem encaminhada", "pl": "Przekazana wiadomość", "fi": "Välitetty viesti", "et": "Edastatud kiri",
        "hr": "Proslijeđena poruka", "hu": "Továbbított üzenet", "ro": "Mesaj redirecționat",
        "ru": "Пересылаемое сообщение", "uk": "Переслане повідомлення", "sk": "Preposlaná správa",
        "cs": "Přeposlaná zpráva", "tr": "İletilmiş mesaj",
    ]

    /// The text of a mail by which somebody sends another on; `spelling`: which of a language's labels are used.
    func wrap(_ mail: SentMail, in row: HeaderLabels.Row, note: String, spelling: Int = 0) -> String {
        let fields = order.map { field in
            let value =
                switch field {
                case .from: "\(mail.name) <\(mail.address)>"
                case .date: mail.date
                case .to: mail.to
                case .subject: mail.subject
                }
            return "\(label(field, row, spelling)): \(value)"
        }
        let header = isFolded ? fields.joined(separator: " ") : fields.map { headerMark + $0 }.joined(separator: "\n")
        let text = mail.text.split(separator: "\n", omittingEmptySubsequences: false).map { textMark + $0 }
        return "\(note)\n\n\(marker(Self.words[row.language] ?? ""))\(header)\n\(textMark)\n"
            + text.joined(separator: "\n") + below
    }

    /// With a capital, as clients write it.
    private func label(_ field: Field, _ row: HeaderLabels.Row, _ spelling: Int) -> String {
        let labels =
            switch field {
            case .from: row.from
            case .date: row.date
            case .to: row.to
            case .subject: row.subject
            }
        let label = labels[spelling % labels.count]
        return label.prefix(1).uppercased() + label.dropFirst()
    }
}
