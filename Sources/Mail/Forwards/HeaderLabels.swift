/// What a header line within the text of a mail stands for.
enum HeaderLabel: Sendable {
    case from, date, to, cc, subject, other
}

/// Labels of the header lines that mail clients put above a forwarded or quoted mail, by language.
///
/// A new language is a row here. Labels are in lower case, without the colon.
enum HeaderLabels {
    private struct Row {
        var language: String
        var from: [String]
        var date: [String]
        var to: [String]
        var cc: [String]
        var subject: [String]
        var other: [String] = []
    }

    private static let rows: [Row] = [
        Row(
            language: "da", from: ["fra"], date: ["sendt", "dato"], to: ["til"], cc: ["cc", "kopi"], subject: ["emne"],
            other: ["bcc", "svar til", "prioritet", "vedhæftede filer", "vedhæftet"]),
        Row(
            language: "en", from: ["from"], date: ["sent", "date"], to: ["to"], cc: ["cc"], subject: ["subject"],
            other: ["bcc", "reply-to", "importance", "attachments", "organization"]),
        Row(
            language: "nb", from: ["fra"], date: ["sendt", "dato"], to: ["til"], cc: ["kopi"], subject: ["emne"],
            other: ["svar til"]),
        Row(
            language: "sv", from: ["från"], date: ["skickat", "datum"], to: ["till"], cc: ["kopia"],
            subject: ["ämne"], other: ["svara till"]),
        Row(
            language: "de", from: ["von"], date: ["gesendet", "datum"], to: ["an"], cc: ["cc", "kopie"],
            subject: ["betreff"], other: ["antwort an"]),
        Row(
            language: "nl", from: ["van"], date: ["verzonden", "datum"], to: ["aan"], cc: ["cc"],
            subject: ["onderwerp"]),
        Row(
            language: "fr", from: ["de", "expéditeur"], date: ["envoyé", "date"], to: ["à"], cc: ["cc"],
            subject: ["objet"]),
        Row(
            language: "es", from: ["de"], date: ["enviado", "enviado el", "fecha"], to: ["para"], cc: ["cc"],
            subject: ["asunto"]),
        Row(
            language: "pt", from: ["de"], date: ["enviado", "enviada em", "data"], to: ["para"], cc: ["cc"],
            subject: ["assunto"]),
        Row(
            language: "it", from: ["da"], date: ["inviato", "data"], to: ["a"], cc: ["cc"], subject: ["oggetto"]),
        Row(
            language: "pl", from: ["od"], date: ["wysłano", "wysłane", "data"], to: ["do"], cc: ["dw"],
            subject: ["temat"]),
        Row(
            language: "fi", from: ["lähettäjä"], date: ["lähetetty", "päivämäärä", "pvm"], to: ["vastaanottaja"],
            cc: ["kopio"], subject: ["aihe"]),
    ]

    private static let table: [String: HeaderLabel] = {
        var table: [String: HeaderLabel] = [:]
        for row in rows {
            let labels: [(HeaderLabel, [String])] = [
                (.other, row.other), (.cc, row.cc), (.to, row.to), (.date, row.date), (.subject, row.subject),
                (.from, row.from),
            ]
            for (label, words) in labels {
                for word in words { table[word] = label }
            }
        }
        return table
    }()

    /// Longest label in the table, in octets.
    private static let longest = table.keys.map(\.utf8.count).max() ?? 0

    /// The label and value of a line such as `Fra: Mette <m@x.example>` or `*From:* …`; `nil` for any other line.
    static func read(_ line: Substring) -> (label: HeaderLabel, value: Substring)? {
        let line = line.trimmed
        guard let colon = line.utf8.prefix(longest + 8).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = line[..<colon].trimmed(of: "*_ \u{A0}").lowercased()
        guard let label = table[name] else { return nil }
        return (label, line[line.utf8.index(after: colon)...].trimmed(of: "*_ \u{A0}\t"))
    }
}

extension Substring {
    /// Without white space at either end.
    var trimmed: Substring { Substring(utf8.trimmingSpaces) }

    /// Without the given characters at either end.
    func trimmed(of characters: String) -> Substring {
        var text = self
        while let first = text.unicodeScalars.first, characters.unicodeScalars.contains(first) {
            text = Substring(text.unicodeScalars.dropFirst())
        }
        while let last = text.unicodeScalars.last, characters.unicodeScalars.contains(last) {
            text = Substring(text.unicodeScalars.dropLast())
        }
        return text
    }

    var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || (9...13).contains($0) } }
}
