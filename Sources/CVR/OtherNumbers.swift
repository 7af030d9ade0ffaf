/// Tells numbers that are plainly no company's: telephones, dates, amounts, orders, accounts, parts of codes.
enum OtherNumbers {
    /// Whether a run without a company label is one of them.
    static func holds(_ run: DigitRun, in text: TextOctets, _ words: RecentWords, countryCodeEnd: Int?) -> Bool {
        if run.isDate || isPartOfCode(run, in: text, words) || isAmount(run, in: text, words) { return true }
        // `(+45) 24256790`
        if let end = countryCodeEnd, run.start - end <= 3 { return true }
        return words.nearestFirst.prefix(4).contains { word in
            word.lowerBound >= words.lineStart && isSomethingElse(text.lowercased(word))
        }
    }

    /// Letters and signs that touch the digits: `A24256790`, `id=24256790`, `fil_24256790.pdf`, `#24256790`.
    static func isPartOfCode(_ run: DigitRun, in text: TextOctets, _ words: RecentWords) -> Bool {
        let signs: [UInt8] = ["_", "@", "#", "+", "=", "/", "-", "%"].map { UInt8(ascii: $0) }
        return words.nearestFirst.first?.upperBound == run.start || text.wordEnd(run.end) != nil
            || signs.contains(text[run.start - 1]) || signs.contains(text[run.end])
            || text[run.end] == UInt8(ascii: ".") && text.wordEnd(run.end + 1) != nil
    }

    /// Whether a currency stands beside the digits or they are written as an amount.
    static func isAmount(_ run: DigitRun, in text: TextOctets, _ words: RecentWords) -> Bool {
        if run.isWrittenAsAmount { return true }
        let before = text[run.start - 1] == 0x20 ? run.start - 2 : run.start - 1
        // `$`; `€` and `£` by their last octets
        let signs: [[UInt8]] = [[UInt8(ascii: "$")], [0x82, 0xAC], [0xC2, 0xA3]]
        if signs.contains(where: { $0.last == text[before] && $0.first == text[before + 1 - $0.count] }) { return true }
        let behind = text[run.end] == 0x20 ? run.end + 1 : run.end
        if let end = text.wordEnd(behind), units.contains(text.lowercased(behind..<end)) { return true }
        if text[run.end] == UInt8(ascii: ",") && text[run.end + 1] == UInt8(ascii: "-") { return true }
        guard let word = words.nearestFirst.first, run.start - word.upperBound <= 2 else { return false }
        return units.contains(text.lowercased(word))
    }

    private static let units = Set(
        [
            "kr", "kroner", "dkk", "eur", "euro", "usd", "gbp", "sek", "nok", "tkr", "mio", "stk", "styk", "pcs",
            "kg", "kwh", "m", "km",
        ].map { Array($0.utf8) })

    /// Whether a word before the digits names another kind of number, or begins with one that does.
    static func isSomethingElse(_ word: [UInt8]) -> Bool {
        words.contains(word) || stems.contains { word.starts(with: $0) }
    }

    /// Whether a word right before a prefix makes what follows the name of something: `Forsendelse DK24256790`.
    static func isName(before start: Int, in text: TextOctets, _ words: ArraySlice<Range<Int>>) -> Bool {
        var words = words
        var isNumbered = false
        while let word = words.first.map(text.lowercased), numberWords.contains(word) || verbs.contains(word) {
            if numberWords.contains(word) { isNumbered = true }
            words.removeFirst()
        }
        guard let word = words.first.map(text.lowercased) else { return false }
        return isSomethingElse(word)
            && (isNumbered || named.contains { word.starts(with: $0) }
                || numberWords.contains { word.suffix($0.count).elementsEqual($0) })
    }

    private static let numberWords = ["nr", "no", "nummer", "number"].map { Array($0.utf8) }
    private static let verbs = ["er", "is"].map { Array($0.utf8) }
    /// What has names of letters and digits.
    private static let named = [
        "tracking", "forsendelse", "shipment", "pakke", "parcel", "ordre", "order", "ref", "sag", "case", "po", "sku",
        "lot", "batch", "ticket", "serie", "serial", "varen", "item", "måler",
    ].map { Array($0.utf8) }

    private static let words = Set(
        [
            "tlf", "tel", "mob", "fax", "t", "m", "d", "ph", "cell", "ring", "ringe", "kald", "call", "sms", "direkte",
            "direct", "hotline", "whatsapp", "signal", "reg", "sag", "case", "ref", "sku", "po", "pnr", "p", "ean",
            "gln",
            "gtin", "dato", "date", "den", "kl", "fik", "iban", "bic", "swift", "cpr", "id", "lot", "batch", "kid",
            "mobilepay",
            "ticket", "pin", "kode", "code", "løbenr", "pr", "side", "uge", "meter", "målernr", "☎", "📞", "📱",
        ].map { Array($0.utf8) })

    private static let stems = [
        "telefon", "mobil", "phone", "ordre", "order", "faktura", "invoice", "kunde", "customer", "client", "konto",
        "account", "debitor", "kreditor", "sagsn", "refer", "varen", "item", "serie", "serial", "rekvi", "requi",
        "indkøbsordre", "bestilling", "purchase", "produktionsenhed", "pnummer", "tracking", "forsendelse", "shipment",
        "pakke", "parcel", "tilbud", "quote", "projekt", "project", "medlem", "member", "aftale", "contract",
        "kontrakt",
        "betaling", "payment", "police", "policy", "bilag", "journal", "personn", "måler", "artikel", "article",
        "leverandørn", "kørekort", "stelnummer", "licens", "license",
    ].map { Array($0.utf8) }
}
