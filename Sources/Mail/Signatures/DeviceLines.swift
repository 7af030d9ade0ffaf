/// What a telephone or an app writes below a mail; a new one is an entry.
enum DeviceLines {
    private static let beginnings = [
        "sendt fra min", "sendt fra mit", "sendt fra outlook", "sendt fra mail", "sendt via",
        "hent outlook til",
        "sendt med", "sent from my", "sent from outlook", "sent from mail", "sent from yahoo",
        "sent from the", "sent via",
        "sent with", "get outlook for", "skickat från min", "skickat från outlook", "skickat från mail",
        "hämta outlook",
        "von meinem", "gesendet von", "sendt fra", "verzonden vanaf", "verstuurd vanaf",
        "envoyé de mon",
        "envoyé depuis", "envoyé à partir", "enviado desde mi", "enviado do meu", "inviato da",
        "lähetetty",
        "outlook til ios", "outlook for ios", "télécharger outlook", "wysłane z", "отправлено с",
    ].map { Array($0.utf8) }

    static func isDeviceLine(_ line: ArraySlice<UInt8>) -> Bool {
        let octets = line.trimming("*_-[")
        guard octets.count < 120, let first = octets.first, first | 0x20 >= UInt8(ascii: "a") else {
            return false
        }
        let lower = Folding.lower(octets.prefix(40))
        return beginnings.contains { lower.starts(with: $0) }
    }
}
