/// Divides the text of a mail into what is newly written and what is quoted.
struct ReplyText {
    var new: String
    var quoted: String

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let cut = Self.quotationStart(in: lines)
        let above = lines[..<cut]
        if above.contains(where: { !$0.isBlank && !$0.isQuotation }) || cut == lines.count {
            // Quoted lines above the cut are answered one by one.
            new = above.filter { !$0.isQuotation }.joined(separator: "\n").trimmedLines
            let between = above.filter(\.isQuotation)
            quoted = (between + lines[cut...]).joined(separator: "\n").trimmedLines
            return
        }
        // Nothing stands above: the answer is below or within the quotation.
        let below = lines[cut...].dropFirst(Self.introductionLength(lines, at: cut))
        new = below.filter { !$0.isQuotation }.joined(separator: "\n").trimmedLines
        quoted = lines[cut...].filter(\.isQuotation).joined(separator: "\n").trimmedLines
        if quoted.isEmpty { (new, quoted) = ("", new) }
    }

    /// The first line of the quotation; the end of the text when there is none.
    private static func quotationStart(in lines: [Substring]) -> Int {
        var index = 0
        while index < lines.count {
            if introductionLength(lines, at: index) > 0 { return index }
            if ForwardMarkers.isRule(lines[index]), index + 1 < lines.count, isHeader(lines, at: index + 1) {
                return index
            }
            if let meaning = ForwardMarkers.meaning(of: lines[index].unquoted), meaning == .original || index > 0,
                !lines[index].isQuotation
            {
                return index
            }
            if isHeader(lines, at: index) { return index }
            index += 1
        }
        // A quotation without an introduction counts when it goes on to the end.
        let last = lines.lastIndex { !$0.isBlank && !$0.isQuotation }
        let tail = last.map { $0 + 1 } ?? 0
        return lines[tail...].contains(where: \.isQuotation) ? tail : lines.count
    }

    private static func isHeader(_ lines: [Substring], at index: Int) -> Bool {
        guard HeaderLabels.read(lines[index]) != nil, let block = HeaderBlock(lines, at: index) else { return false }
        return block.fieldCount >= 3
    }

    /// How many lines an introduction such as `Den 23. november skrev Mette <…>:` takes, 0 when none starts here.
    private static func introductionLength(_ lines: [Substring], at index: Int) -> Int {
        guard index < lines.count else { return 0 }
        var text = ""
        for length in 1...3 where index + length <= lines.count {
            let line = lines[index + length - 1].unquoted.trimmed
            guard !line.isEmpty, line.utf8.count < 300 else { return 0 }
            text += text.isEmpty ? String(line) : " " + line
            if QuoteIntroductions.matches(text) { return length }
            if line.utf8.last == UInt8(ascii: ":") { return 0 }
        }
        return 0
    }
}

extension Substring {
    var isQuotation: Bool {
        let first = utf8.first { $0 != 0x20 }
        return first == UInt8(ascii: ">")
    }
}

/// Lines that clients put above a quotation, by language; a new one is a row.
enum QuoteIntroductions {
    private struct Row {
        var language: String
        /// How the line begins, and the verb that stands somewhere behind it.
        var openings: [String]
        var verbs: [String]
    }

    private static let rows = [
        Row(
            language: "da",
            openings: [
                "den ", "på ", "man", "tir", "ons", "tor", "fre", "lør", "søn", "d. ", "kl. ",
            ], verbs: [" skrev", " wrote"]),
        Row(
            language: "en", openings: ["on ", "at ", "mon", "tue", "wed", "thu", "fri", "sat", "sun"], verbs: [" wrote"]
        ),
        Row(
            language: "sv", openings: ["den ", "på ", "mån", "tis", "ons", "tors", "fre", "lör", "sön"],
            verbs: [" skrev"]),
        Row(
            language: "nb", openings: ["den ", "på ", "man", "tir", "ons", "tor", "fre", "lør", "søn"],
            verbs: [" skrev"]),
        Row(language: "de", openings: ["am ", "on "], verbs: [" schrieb"]),
        Row(language: "nl", openings: ["op "], verbs: [" schreef", " het volgende geschreven"]),
        Row(language: "fr", openings: ["le ", "on "], verbs: [" a écrit"]),
        Row(language: "es", openings: ["el "], verbs: [" escribió"]),
        Row(language: "it", openings: ["il ", "in data "], verbs: [" ha scritto"]),
        Row(language: "pt", openings: ["em ", "on "], verbs: [" escreveu"]),
        Row(language: "pl", openings: ["dnia ", "w dniu ", "on "], verbs: [" napisał", " pisze"]),
        Row(language: "fi", openings: [""], verbs: [" kirjoitti"]),
    ]

    static func matches(_ text: String) -> Bool {
        guard text.utf8.last == UInt8(ascii: ":") else { return false }
        let lower = text.lowercased()
        let hasAnchor = lower.utf8.contains { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "@") }
        if hasAnchor,
            rows.contains(where: { row in
                row.openings.contains { lower.hasPrefix($0) } && row.verbs.contains { lower.contains($0) }
            })
        {
            return true
        }
        // `Mette <m@x.example> skrev:`
        return lower.utf8.contains(UInt8(ascii: "@"))
            && rows.contains { $0.verbs.contains { lower.hasSuffix("\($0):") || lower.contains("\($0) den ") } }
    }
}
