/// Lines that clients put above a forwarded mail.
enum ForwardMarkers {
    enum Meaning: Sendable {
        /// Only forwards carry it.
        case forward
        /// Forwards and replies alike (Outlook before 2007, some web mail).
        case original
    }

    /// Words of such a line in lower case, without the dashes around them and a colon behind; a new client is an entry.
    private static let words: [String: Meaning] = [
        // Gmail, HubSpot, Missive
        "forwarded message": .forward, "videresendt meddelelse": .forward,
        "videresendt besked": .forward,
        "videresendt melding": .forward, "vidarebefordrat meddelande": .forward,
        "weitergeleitete nachricht": .forward,
        "doorgestuurd bericht": .forward, "message transféré": .forward, "message transmis": .forward,
        "mensaje reenviado": .forward, "messaggio inoltrato": .forward,
        "mensagem encaminhada": .forward,
        "mensagem reencaminhada": .forward, "wiadomość przesłana dalej": .forward,
        "przekazana wiadomość": .forward,
        "edelleenlähetetty viesti": .forward, "välitetty viesti": .forward,
        "пересылаемое сообщение": .forward,
        "переслане повідомлення": .forward, "preposlaná správa": .forward,
        "přeposlaná zpráva": .forward,
        "proslijeđena poruka": .forward, "továbbított üzenet": .forward, "továbbított levél": .forward,
        "mesaj redirecționat": .forward, "iletilmiş mesaj": .forward, "İletilmiş mesaj": .forward,
        "edastatud kiri": .forward,
        "mail transféré": .forward, "mesaj înaintat": .forward, "пересланное сообщение": .forward,
        // Apple Mail
        "begin forwarded message": .forward, "start på videresendt besked": .forward,
        "start på videresendt meddelelse": .forward, "anfang der weitergeleiteten nachricht": .forward,
        "vidarebefordrat brev": .forward, "början på vidarebefordrat meddelande": .forward,
        "vidarebefordrat mejl": .forward, "begynnelsen av videresendt melding": .forward,
        "videresendt melding starter": .forward, "start på videresendt e-mail": .forward,
        "begin doorgestuurd bericht": .forward, "début du message réexpédié": .forward,
        "début du message transféré": .forward, "inicio del mensaje reenviado": .forward,
        "inizio messaggio inoltrato": .forward, "início da mensagem reencaminhada": .forward,
        "início da mensagem encaminhada": .forward, "początek przekazywanej wiadomości": .forward,
        "välitetty viesti alkaa": .forward, "započni proslijeđenu poruku": .forward,
        "továbbított levél kezdete": .forward, "începe mesajul redirecționat": .forward,
        "начало переадресованного сообщения": .forward, "začiatok preposlanej správy": .forward,
        "začátek přeposílané zprávy": .forward, "İleti başlangıcı": .forward,
        "початок листа, що пересилається": .forward,
        "start på videresendt melding": .forward, "začátek přeposlané zprávy": .forward,
        // Thunderbird
        "treść przekazanej wiadomości": .forward, "перенаправленное сообщение": .forward,
        "переадресованное сообщение": .forward, "перенаправлене повідомлення": .forward,
        "yönlendirilmiş mesaj": .forward,
        "videresendt e-mail": .forward, "videresendt mail": .forward, "videresendt": .forward,
        "İletilen İleti": .forward,
        // Outlook
        "original message": .original, "oprindelig meddelelse": .original,
        "oprindelig besked": .original,
        "oprindelig mail": .original, "opprinnelig melding": .original,
        "ursprungligt meddelande": .original,
        "ursprüngliche nachricht": .original, "original appointment": .original,
        "message d'origine": .original,
        "mensaje original": .original, "mensagem original": .original, "messaggio originale": .original,
        "oorspronkelijk bericht": .original, "wiadomość oryginalna": .original,
        "alkuperäinen viesti": .original,
        "исходное сообщение": .original, "videresendt af": .forward, "reply message": .original,
        "svar meddelelse": .original, "antwort nachricht": .original,
    ]

    /// Words of a line below a forwarded mail in lower case (Mutt, Yandex, web mail); a new client is an entry.
    private static let ends: Set = [
        "end forwarded message", "end of forwarded message", "slut på videresendt meddelelse",
        "slut på videresendt besked", "slut på videresendt e-mail", "slut på vidarebefordrat meddelande",
        "slutt på videresendt melding", "ende der weitergeleiteten nachricht", "ende weitergeleitete nachricht",
        "einde doorgestuurd bericht", "fin du message transféré", "fin du message réexpédié",
        "fin del mensaje reenviado", "fine messaggio inoltrato", "koniec przekazywanej wiadomości",
        "конец пересылаемого сообщения", "завершение пересылаемого сообщения",
    ]

    /// Whether a forwarded mail ends at the line.
    static func isEnd(_ line: TextLine) -> Bool {
        let octets = line.octets.trimmingSpaces
        guard octets.first == UInt8(ascii: "-"), octets.count < 120 else { return false }
        let words = octets.trimming("-")
        return !words.isEmpty && ends.contains(Folding.text(words))
    }

    /// What the line means, when it is such a line.
    static func meaning(of line: TextLine) -> Meaning? {
        let octets = line.octets.trimmingSpaces
        guard isSetOff(octets), octets.count < 120 else { return nil }
        return words[Folding.text(octets.trimming("-=:*_>"))]
    }

    /// What stands behind such words in the same line, as Yahoo writes its header.
    static func rest(of line: TextLine) -> ArraySlice<UInt8>? {
        let octets = line.octets.trimmingSpaces
        guard octets.starts(with: "-----".utf8) else { return nil }
        let inner = octets.drop { $0 == UInt8(ascii: "-") }
        guard let end = inner.prefix(100).firstIndex(of: UInt8(ascii: "-")),
            words[Folding.text(inner[..<end].trimmingSpaces)] == .forward
        else { return nil }
        return inner[end...].drop { $0 == UInt8(ascii: "-") }.trimmingSpaces
    }

    /// Dashes in front, perhaps behind an asterisk, or a colon at the end.
    private static func isSetOff(_ octets: ArraySlice<UInt8>) -> Bool {
        let first = octets.first == UInt8(ascii: "*") ? octets.dropFirst().first : octets.first
        return first == UInt8(ascii: "-") || octets.last == UInt8(ascii: ":")
    }

    /// Words between dashes, as a client puts them above the header in whatever language: `----- Sendt videre -----`.
    static func isFramed(_ line: TextLine) -> Bool {
        let octets = line.octets.trimmingSpaces
        return octets.count < 120 && octets.starts(with: "-----".utf8) && octets.suffix(5).elementsEqual("-----".utf8)
    }

    /// A rule of underscores, as Outlook draws it above the header.
    static func isRule(_ line: TextLine) -> Bool {
        let octets = line.octets.trimmingSpaces
        return octets.count >= 10 && octets.allSatisfy { $0 == UInt8(ascii: "_") }
    }
}
