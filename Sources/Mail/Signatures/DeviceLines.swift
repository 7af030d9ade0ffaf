/// What a telephone or an app writes below a mail; a new one is an entry.
enum DeviceLines {
    /// Nobody but a program writes these.
    private static let certain = [
        "hent outlook til", "få outlook til", "get outlook for", "hämta outlook", "skaffa outlook",
        "télécharger outlook",
        "outlook til ios", "outlook for ios", "sendt fra outlook", "sent from outlook", "skickat från outlook",
        "sent wirelessly from", "sendt trådløst fra", "envoyé sans fil", "diese nachricht wurde von meinem",
    ].map { Array($0.utf8) }

    /// A sentence may begin so too.
    private static let beginnings = [
        "sendt fra min", "sendt fra mit", "sendt fra mail", "sendt via", "sendt med", "sendt fra", "sent from my",
        "sent from mail", "sent from yahoo", "sent from the", "sent via", "sent with", "skickat från min",
        "skickat från mail", "skickat med", "von meinem", "gesendet von", "gesendet mit", "verzonden vanaf",
        "verstuurd vanaf", "verzonden met", "verstuurd met", "envoyé de mon", "envoyé depuis", "envoyé à partir",
        "enviado desde mi", "enviado do meu", "inviato da", "lähetetty", "wysłane z", "отправлено с",
    ].map { Array($0.utf8) }

    /// Words by which people ask pardon for what they write on a telephone.
    private static let pardons = [
        "undskyld", "beklag", "fejl", "excuse", "forgive", "pardon", "sorry", "apolog", "typo", "brevity", "ursäkta",
        "entschuldig",
    ].map { Array($0.utf8) }

    static func isDeviceLine(_ line: ArraySlice<UInt8>) -> Bool {
        let octets = line.trimming("*_-[(<")
        guard octets.count < 120, let first = octets.first, first | 0x20 >= UInt8(ascii: "a") else {
            return false
        }
        let lower = Folding.lower(octets)
        if certain.contains(where: { lower.starts(with: $0) }) { return true }
        return beginnings.contains { lower.starts(with: $0) } && !isSaid(octets, lower)
    }

    /// Whether it names the writer's own device or a program, rather than a way by which anything may have been sent.
    static func isOfOwnDevice(_ line: ArraySlice<UInt8>) -> Bool {
        let lower = Folding.lower(line.trimming("*_-[(<").prefix(40))
        return !ways.contains { lower.starts(with: $0) }
    }

    private static let ways = ["sendt med", "sendt via", "sent via", "sent with", "gesendet mit", "skickat med"].map {
        Array($0.utf8)
    }

    /// Whether it is a long sentence that asks no pardon.
    ///
    /// `Sendt med posten i går er kontrakten, som I skal have.`
    private static func isSaid(_ octets: ArraySlice<UInt8>, _ lower: [UInt8]) -> Bool {
        guard let last = octets.last, ".?!".utf8.contains(last) else { return false }
        return octets.split(separator: 0x20).count { (0x61...0x7A).contains($0.first ?? 0) } >= 6
            && !pardons.contains { lower.contains(octets: $0) }
    }
}
