import CVR
import Mail

/// Whose paper an attachment is, as far as its own words tell.
enum PaperKind {
    /// One that may tell of the lead: a specification, a profile, a list of wishes.
    case statement
    /// A paper of trade, such as an invoice, an order or a reminder: it names who issued it and who gets it, and nothing
    /// certain says which of them the lead is.
    case trade
    /// One that names us by our own number: our offer, our terms.
    case ours

    /// Octets from the start in which a paper of trade says what it is.
    private static let head = 16 << 10

    init(_ attachment: ReadAttachment, own: Set<CVRNumber>) {
        let candidates = CVRFinder.candidates(in: attachment.text)
        if candidates.contains(where: { $0.number.map(own.contains) ?? false }) {
            self = .ours
        } else if Self.isTrade(attachment) {
            self = .trade
        } else {
            self = .statement
        }
    }

    private static func isTrade(_ attachment: ReadAttachment) -> Bool {
        let name = words(attachment.attachment.filename ?? "")
        if name.contains(where: { word in fileWords.contains { word.hasPrefix($0) } }) { return true }
        let text = String(decoding: attachment.text.utf8.prefix(head), as: UTF8.self)
        return text.split(separator: "\n").contains { line in
            let words = words(String(line))
            return isTitle(words) || labels.contains { label in has(words, label) }
        }
    }

    /// A line that is nothing but the kind of paper and perhaps a number.
    private static func isTitle(_ words: [String]) -> Bool {
        guard let first = words.first, words.count <= 3 else { return false }
        return titles.contains(first)
    }

    private static func has(_ words: [String], _ phrase: [String]) -> Bool {
        guard let first = phrase.first else { return false }
        return words.indices.contains { words[$0] == first && words[$0...].starts(with: phrase) }
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }

    private static let titles: Set = [
        "faktura", "invoice", "regning", "kreditnota", "kreditfaktura", "kvittering", "receipt", "ordrebekræftelse",
        "følgeseddel", "rykker", "rykkerskrivelse", "kontoudtog", "indkøbsordre", "ordre", "tilbud", "lønseddel",
        "quotation", "rechnung",
    ]

    /// Labels that stand on such papers and hardly on others.
    private static let labels: [[String]] = [
        "fakturanr", "faktura nr", "fakturanummer", "fakturadato", "faktura dato", "kreditnota nr", "kreditnotanr",
        "betalingsfrist", "forfaldsdato", "forfald", "betalingsbetingelser", "betalings id", "ordrenr", "ordre nr",
        "ordrenummer", "ordredato", "følgeseddel nr", "følgeseddelnr", "kundenr", "kunde nr", "kundenummer",
        "debitornr",
        "tilbudsnr", "tilbud nr", "tilbudsnummer", "rekvisition nr", "rekvisitionsnr", "kontoudtog pr",
        "heraf moms", "total inkl moms", "at betale", "invoice no", "invoice number", "invoice date", "credit note",
        "due date", "payment terms", "amount due", "total due", "order no", "order number", "order confirmation",
        "purchase order", "delivery note", "customer no", "customer number", "quote no", "quotation no",
        "statement of account",
        "vat total", "bill to", "rechnungsnummer", "rechnung nr",
    ].map { $0.split(separator: " ").map(String.init) }

    /// Beginnings of words in the name of the file.
    private static let fileWords = [
        "faktura", "invoice", "regning", "kreditnota", "creditnote", "kvittering", "receipt", "ordrebekr",
        "følgeseddel",
        "rykker", "kontoudtog", "rechnung", "lønseddel",
    ]
}
