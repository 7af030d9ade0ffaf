import Mail

/// The text of Rich Text Format (Microsoft's specification 1.9.1), and the HTML that Outlook wraps in it (MS-OXRTFEX).
///
/// No library that reads it is kept; of the format only what text needs is read, in one pass and without recursion.
struct RTFText {
    /// What a group passes on to the groups within it.
    private struct Group {
        /// Nothing of it is shown.
        var isHidden = false
        /// Within `\htmlrtf`, which repeats as RTF what the HTML says.
        var isRepetition = false
        /// Characters behind `\u` that say the same for older readers.
        var replacements = 1
    }

    private let octets: [UInt8]
    private var index = 0
    private var groups = [Group()]
    private var text: [UInt8] = []
    /// Octets of the document's code page, decoded together, as a character may have two.
    private var pending: [UInt8] = []
    /// The first half of a character beyond U+FFFF.
    private var highSurrogate: UInt32?
    /// Characters that are to be passed over behind `\u`.
    private var passing = 0
    private var codePage = "windows-1252"
    private var holdsHTML = false

    /// Text in UTF-8.
    static func read(_ octets: [UInt8]) throws(ReadingFailure) -> [UInt8] {
        guard octets.starts(with: "{\\rtf".utf8) else { throw ReadingFailure(.damaged) }
        let text = content(octets)
        return text.isHTML ? HTMLText.render(text.octets).joinedOctets : text.octets
    }

    /// The text, or the HTML that the RTF was made of.
    static func content(_ octets: [UInt8]) -> (octets: [UInt8], isHTML: Bool) {
        var reader = RTFText(octets)
        reader.read()
        return (reader.text, reader.holdsHTML)
    }

    private init(_ octets: [UInt8]) { self.octets = octets }

    /// Octets of text after which no more is read, and groups within groups.
    private static let (textLimit, depth) = (16 << 20, 1000)

    private mutating func read() {
        while index < octets.count, text.count < Self.textLimit {
            let octet = octets[index]
            index += 1
            switch octet {
            case UInt8(ascii: "{"): if groups.count < Self.depth { groups.append(groups[groups.count - 1]) }
            case UInt8(ascii: "}"):
                flush()
                if groups.count > 1 { groups.removeLast() }
            case UInt8(ascii: "\\"): control()
            case 0, 0x0A, 0x0D: break
            default: character(octet)
            }
        }
        flush()
    }

    private var isShown: Bool {
        let group = groups[groups.count - 1]
        return !group.isHidden && !group.isRepetition
    }

    private mutating func character(_ octet: UInt8) {
        guard passing == 0 else { return passing -= 1 }
        if isShown { pending.append(octet) }
    }

    /// What the octets of the code page say, which are no UTF-8 even where they look like it.
    private mutating func flush() {
        guard !pending.isEmpty else { return }
        text.append(contentsOf: Charset.decode(pending[...], label: codePage))
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ words: String) {
        guard isShown else { return }
        flush()
        text.append(contentsOf: words.utf8)
    }

    /// A control word with its number, or a control symbol.
    private mutating func control() {
        guard index < octets.count else { return }
        let start = index
        while index < octets.count, index - start < 32, (0x61...0x7A).contains(octets[index] | 0x20) { index += 1 }
        guard index > start else { return symbol() }
        let word = String(decoding: octets[start..<index], as: UTF8.self)
        let number = number()
        if index < octets.count, octets[index] == 0x20 { index += 1 }
        obey(word, number)
    }

    private mutating func number() -> Int? {
        let start = index
        if index < octets.count, octets[index] == UInt8(ascii: "-") { index += 1 }
        while index < octets.count, index - start < 11, (0x30...0x39).contains(octets[index]) { index += 1 }
        return Int(String(decoding: octets[start..<index], as: UTF8.self))
    }

    private mutating func symbol() {
        let symbol = octets[index]
        index += 1
        switch symbol {
        case UInt8(ascii: "'"):
            let digits = octets[index..<min(index + 2, octets.count)]
            index = min(index + 2, octets.count)
            if let octet = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) { character(octet) }
        case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): character(symbol)
        case UInt8(ascii: "~"): add("\u{A0}")
        case UInt8(ascii: "_"): add("-")
        case 0x0A, 0x0D: add("\n")
        // A group that readers who do not know its word pass over.
        case UInt8(ascii: "*"): if !octets[index...].starts(with: "\\htmltag".utf8) { hide() }
        default: break
        }
    }

    private mutating func hide() { groups[groups.count - 1].isHidden = true }

    private mutating func obey(_ word: String, _ number: Int?) {
        switch word {
        case "ansicpg": if let number, number > 0 { codePage = CodePage.charset(number) }
        case "fromhtml": holdsHTML = number != 0
        case "htmlrtf":
            flush()
            groups[groups.count - 1].isRepetition = number != 0
        case "uc": groups[groups.count - 1].replacements = max(0, min(number ?? 1, 16))
        case "u": if let number { unicode(UInt32(truncatingIfNeeded: number) & 0xFFFF) }
        // So many octets of anything follow.
        case "bin": index = min(octets.count, index + max(0, number ?? 0))
        default:
            if let mark = Self.marks[word] { return add(mark) }
            if Self.hidden.contains(word) { hide() }
        }
    }

    private mutating func unicode(_ unit: UInt32) {
        passing = groups[groups.count - 1].replacements
        switch unit {
        case 0xD800..<0xDC00: highSurrogate = unit
        case 0xDC00..<0xE000:
            guard let high = highSurrogate else { return }
            highSurrogate = nil
            let code = 0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)
            if let scalar = Unicode.Scalar(code) { add(String(scalar)) }
        default: if let scalar = Unicode.Scalar(unit), unit > 0 { add(String(scalar)) }
        }
    }

    private static let marks: [String: String] = [
        "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t",
        "emdash": "\u{2014}", "endash": "\u{2013}", "bullet": "\u{2022}", "lquote": "\u{2018}", "rquote": "\u{2019}",
        "ldblquote": "\u{201C}", "rdblquote": "\u{201D}", "emspace": " ", "enspace": " ",
    ]

    /// Groups that hold no text of the document.
    private static let hidden: Set = [
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "listtable", "listoverridetable",
        "rsidtbl", "generator", "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "filetbl",
        "revtbl", "private", "template", "title", "author",
    ]
}
