/// Lines that clients put above a forwarded mail.
enum ForwardMarkers {
    enum Meaning: Sendable {
        /// Only forwards carry it.
        case forward
        /// Forwards and replies alike (older Outlook).
        case original
    }

    /// Words of such a line in lower case, without the dashes around them and a colon behind.
    private static let words: [String: Meaning] = [
        // Gmail
        "forwarded message": .forward, "videresendt meddelelse": .forward, "videresendt besked": .forward,
        "videresendt melding": .forward, "vidarebefordrat meddelande": .forward, "weitergeleitete nachricht": .forward,
        "doorgestuurd bericht": .forward, "message transféré": .forward, "mensaje reenviado": .forward,
        "messaggio inoltrato": .forward, "mensagem encaminhada": .forward,
        // Apple Mail
        "begin forwarded message": .forward, "start på videresendt besked": .forward,
        "start på videresendt meddelelse": .forward, "anfang der weitergeleiteten nachricht": .forward,
        "vidarebefordrat brev": .forward, "början på vidarebefordrat meddelande": .forward,
        "begynnelsen av videresendt melding": .forward, "start på videresendt e-mail": .forward,
        // Thunderbird
        "videresendt e-mail": .forward, "videresendt mail": .forward, "videresendt": .forward,
        // Outlook
        "original message": .original, "oprindelig meddelelse": .original, "oprindelig besked": .original,
        "oprindelig mail": .original, "opprinnelig melding": .original, "ursprungligt meddelande": .original,
        "ursprüngliche nachricht": .original, "original appointment": .original,
    ]

    /// What the line means, when it is such a line.
    static func meaning(of line: Substring) -> Meaning? {
        let line = line.trimmed
        guard line.utf8.count < 120 else { return nil }
        let isSetOff = line.utf8.first == UInt8(ascii: "-") || line.utf8.last == UInt8(ascii: ":")
        guard isSetOff else { return nil }
        return words[line.trimmed(of: "-–— :*\u{A0}").lowercased()]
    }

    /// A rule of underscores, as Outlook draws it above the header.
    static func isRule(_ line: Substring) -> Bool {
        let line = line.trimmed
        return line.utf8.count >= 10 && line.utf8.allSatisfy { $0 == UInt8(ascii: "_") }
    }
}
