/// What the words before a run of digits say of it.
struct LabelBefore {
    var kind: CVRCandidate.Label
    /// Where the label starts; the digits themselves when there is none.
    var start: Int
    /// Whether the words say that it is a telephone, an order, an account or the like.
    var isOfSomethingElse = false

    /// Words of a company number, in lower case without separators, longest first.
    private static let labels = [
        "cvrnummer", "cvrnr", "cvrno", "cvr", "momsregistreringsnummer", "momsnummer", "momsnr", "moms", "senummer",
        "senr",
        "vatregistrationno", "vatregno", "vatnumber", "vatid", "vatno", "vatnr", "vat", "orgnr", "orgno",
        "organisationsnummer", "virksomhedsnummer", "virksomhedsnr", "companyregno", "registrationno", "companyno",
        "taxid", "virksomhed",
    ].map { Array($0.utf8) }.sorted { $0.count > $1.count }

    /// Words that say that the digits are something else.
    private static let others = [
        "tlf", "telefon", "tel", "mobil", "mobile", "phone", "tlfnr", "mob", "fax", "direkte", "direct", "ring",
        "ringpå",
        "ordrenr", "ordre", "ordrenummer", "order", "orderno", "ordernumber", "faktura", "fakturanr", "fakturanummer",
        "invoice",
        "invoiceno", "kundenr", "kundenummer", "kunde", "customerno", "konto", "kontonr", "kontonummer", "account",
        "accountno",
        "reg", "sag", "sagsnr", "sagsnummer", "case", "caseno", "ref", "reference", "varenr", "varenummer", "item",
        "itemno", "sku",
        "serienr", "serienummer", "serialno", "rekvisition", "rekvisitionsnr", "po", "ponummer", "pnr", "pnummer",
        "ean", "eannr",
        "gln", "dato", "date", "tracking", "forsendelse", "pakke", "tilbudsnr", "tilbud", "projektnr", "medlemsnr",
        "aftalenr",
        "betalingsid", "fik", "iban", "whatsapp", "hotline", "t", "m", "d", "+45", "0045",
    ].map { Array($0.utf8) }

    static func read(_ octets: UnsafeBufferPointer<UInt8>, before digits: Int) -> LabelBefore {
        // A label is short: what stands further off says nothing of these digits.
        var letters: [(octet: UInt8, place: Int)] = []
        var position = digits - 1
        var isInLine = true
        while position >= 0, digits - position <= 40, letters.count < 28, isInLine {
            let octet = octets[position]
            if octet == 0x0A || octet == UInt8(ascii: "|") || octet == UInt8(ascii: ";") {
                isInLine = false
            } else if isLetter(octet) || octet == UInt8(ascii: "+") || (0x30...0x39).contains(octet) {
                letters.append((lower(octet), position))
            }
            position -= 1
        }
        let reversed = letters.map(\.octet)
        var start = digits
        var hasPrefix = false
        var rest = reversed[...]
        // `DK` stands right before the digits, or behind the label.
        if rest.starts(with: Array("kd".utf8)), isWordStart(octets, letters, count: 2) {
            hasPrefix = true
            start = letters[1].place
            rest = rest.dropFirst(2)
        }
        for label in labels where rest.starts(with: label.reversed()) {
            let count = reversed.count - rest.count + label.count
            if isWordStart(octets, letters, count: count) {
                return LabelBefore(kind: .labelled, start: letters[count - 1].place)
            }
        }
        if hasPrefix { return LabelBefore(kind: .prefixed, start: start) }
        let isOther = others.contains { word in
            reversed.starts(with: word.reversed()) && isWordStart(octets, letters, count: word.count)
        }
        return LabelBefore(kind: .bare, start: digits, isOfSomethingElse: isOther)
    }

    /// Whether the first of the `count` letters taken begins a word.
    private static func isWordStart(
        _ octets: UnsafeBufferPointer<UInt8>, _ letters: [(octet: UInt8, place: Int)], count: Int
    ) -> Bool {
        guard count <= letters.count else { return false }
        let place = letters[count - 1].place
        return place == 0 || !isLetter(octets[place - 1])
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        (octet | 0x20 >= UInt8(ascii: "a") && octet | 0x20 <= UInt8(ascii: "z"))
            || (octet >= 0x80 && octet != 0xC2 && octet != 0xA0)
    }

    private static func lower(_ octet: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
    }
}
