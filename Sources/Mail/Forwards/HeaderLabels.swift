/// What a header line within the text of a mail stands for.
enum HeaderLabel: Sendable {
    case from, date, to, cc, subject, other
}

/// Labels of the header lines that mail clients put above a forwarded or quoted mail, by language.
///
/// A new language is a row here. Labels are in lower case, without the colon; those of one language that clients write
/// differently stand beside each other.
enum HeaderLabels {
    struct Row: Sendable {
        var language: String
        var from: [String]
        var date: [String]
        var to: [String]
        var cc: [String]
        var subject: [String]
        var other: [String] = []

        /// Every label of the language with its meaning.
        var labels: [(HeaderLabel, [String])] {
            [(.from, from), (.date, date), (.to, to), (.cc, cc), (.subject, subject), (.other, other)]
        }
    }

    static let rows: [Row] = [
        Row(
            language: "da", from: ["fra", "afsender"], date: ["sendt", "dato"], to: ["til", "modtager"],
            cc: ["cc", "kopi", "kopi til"],
            subject: ["emne"],
            other: [
                "bcc", "svar til", "prioritet", "vedhæftede filer", "vedhæftet", "vedhæftninger",
                "besvar til",
            ]),
        Row(
            language: "en", from: ["from"], date: ["sent", "date", "sent on"], to: ["to"], cc: ["cc"],
            subject: ["subject"],
            other: [
                "bcc", "reply-to", "reply to", "importance", "attachments", "organization", "priority",
            ]),
        Row(
            language: "nb", from: ["fra", "avsender"], date: ["sendt", "dato"], to: ["til", "mottaker"], cc: ["kopi"],
            subject: ["emne"],
            other: ["svar til", "vedlegg"]),
        Row(
            language: "sv", from: ["från"], date: ["skickat", "datum"], to: ["till"], cc: ["kopia"],
            subject: ["ämne"], other: ["svara till", "bilagor"]),
        Row(
            language: "de", from: ["von"], date: ["gesendet", "datum"], to: ["an"],
            cc: ["cc", "kopie", "kopie (cc)"],
            subject: ["betreff"], other: ["antwort an", "anlagen", "wichtigkeit"]),
        Row(
            language: "nl", from: ["van"], date: ["verzonden", "datum"], to: ["aan"],
            cc: ["cc", "kopie"],
            subject: ["onderwerp"], other: ["antwoord aan"]),
        Row(
            language: "fr", from: ["de", "expéditeur"],
            date: ["envoyé", "envoyé le", "date", "message du"],
            to: ["à", "a", "pour", "destinataire"], cc: ["cc", "copie à"], subject: ["objet", "sujet"],
            other: ["répondre à"]),
        Row(
            language: "es", from: ["de"], date: ["enviado", "enviado el", "fecha"], to: ["para", "a"],
            cc: ["cc"],
            subject: ["asunto"], other: ["responder a"]),
        Row(
            language: "pt", from: ["de"], date: ["enviado", "enviada", "enviada em", "enviado em", "data"],
            to: ["para"],
            cc: ["cc"], subject: ["assunto"]),
        Row(
            language: "it", from: ["da", "mittente"], date: ["inviato", "data"], to: ["a"], cc: ["cc"],
            subject: ["oggetto"], other: ["risposta", "rispondi a"]),
        Row(
            language: "pl", from: ["od", "nadawca"], date: ["wysłano", "wysłane", "data"], to: ["do", "adresat"],
            cc: ["dw", "kopia"],
            subject: ["temat"]),
        Row(
            language: "fi", from: ["lähettäjä"], date: ["lähetetty", "päivämäärä", "päiväys", "pvm"],
            to: ["vastaanottaja"],
            cc: ["kopio"], subject: ["aihe"]),
        Row(
            language: "et", from: ["saatja", "kellelt"], date: ["kuupäev", "saadetud"], to: ["saaja", "kellele"],
            cc: ["koopia"],
            subject: ["teema"]),
        Row(
            language: "hr", from: ["šalje", "od"], date: ["datum", "poslano"], to: ["prima", "za"],
            cc: ["kopija"],
            subject: ["predmet", "naslov"]),
        Row(
            language: "hu", from: ["feladó"], date: ["dátum", "elküldve"], to: ["címzett"],
            cc: ["másolat", "másolatot kap"],
            subject: ["tárgy"]),
        Row(
            language: "ro", from: ["expeditorul", "expeditor", "de la"],
            date: ["dată", "data", "trimis"],
            to: ["destinatarul", "destinatar", "către"], cc: ["cc"], subject: ["subiectul", "subiect"]),
        Row(
            language: "ru", from: ["от", "отправитель"], date: ["дата", "отправлено"], to: ["кому"],
            cc: ["копия"],
            subject: ["тема"]),
        Row(
            language: "uk", from: ["від", "від кого"], date: ["дата", "надіслано", "відправлено"], to: ["кому"],
            cc: ["копія"],
            subject: ["тема"]),
        Row(
            language: "sk", from: ["od", "odosielateľ"], date: ["dátum", "odoslané"],
            to: ["komu", "pre", "adresát"], cc: ["kópia"],
            subject: ["predmet"]),
        Row(
            language: "cs", from: ["od"], date: ["datum", "odesláno"], to: ["komu", "pro"], cc: ["kopie"],
            subject: ["předmět"]),
        Row(
            language: "tr", from: ["kimden", "gönderen"], date: ["tarih", "gönderildi", "gönderilen"],
            to: ["kime", "alıcı"],
            cc: ["bilgi"], subject: ["konu"]),
    ]

    private static let table: [String: HeaderLabel] = {
        var table: [String: HeaderLabel] = [:]
        for row in rows {
            for (label, words) in row.labels {
                for word in words where table[word] == nil { table[word] = label }
            }
        }
        return table
    }()

    /// Language by the label of the sender, where one language only has it.
    private static let languages: [String: String] = {
        var rowsByLabel: [String: [String]] = [:]
        for row in rows {
            for label in row.from + row.subject { rowsByLabel[label, default: []].append(row.language) }
        }
        // Norwegian shares its labels with Danish, Slovak with Czech and Croatian; months are the same or told apart.
        return rowsByLabel.compactMapValues(\.first)
    }()

    /// Longest label in the table, in octets.
    private static let longest = table.keys.map(\.utf8.count).max() ?? 0

    /// The label and value of a line such as `Fra: Mette <m@x.example>` or `*From:* …`; `nil` for any other line.
    static func read(_ line: TextLine) -> (label: HeaderLabel, value: ArraySlice<UInt8>)? {
        guard let (name, value) = split(line), let label = table[name] else { return nil }
        return (label, value)
    }

    /// The language that a header line is written in, as far as its label tells.
    static func language(of line: TextLine) -> String? { split(line).flatMap { languages[$0.name] } }

    private static func split(_ line: TextLine) -> (name: String, value: ArraySlice<UInt8>)? {
        let octets = line.octets.trimmingSpaces
        guard let colon = octets.prefix(longest + 8).firstIndex(of: UInt8(ascii: ":")) else {
            return nil
        }
        let name = Folding.text(octets[..<colon].trimming("*_"))
        return (name, octets[(colon + 1)...].trimming("*_"))
    }
}
