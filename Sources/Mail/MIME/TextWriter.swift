/// Builds plain text from the pieces of a document: white space folded, paragraphs apart, quotations marked.
struct TextWriter {
    private var octets: [UInt8] = []
    /// Where the current line begins, its quotation marks not counted.
    private var lineStart = 0
    private var quoteDepth = 0
    private var keepsSpace = false
    private var needsBlank = false
    private var pendingMark = TextLine.Mark.none
    /// What stands before the first line of an item of a list.
    private var pendingBullet: [UInt8] = []
    /// The numbers of the items to come of the lists that are open; `nil` for those without numbers.
    private var lists: [Int?] = []
    /// Lists within lists that are set in.
    private static let deepestList = 10
    /// Target of the last link that was written out.
    private var lastTarget = ""
    /// Whether what breaks lines elsewhere is a space.
    var isOneLine = false
    /// Number of the current line, and the marks of lines by their number.
    private var lineNumber = 0
    private var marks: [(line: Int, mark: TextLine.Mark)] = []
    private var tints = TintedText()

    /// Octets of a link's text that may be its target.
    private static let longestLinkText = 500

    /// Where the next character goes.
    var place: Int { octets.count }

    private var lineIsEmpty: Bool { octets.count == lineStart }

    mutating func text(_ text: String) { for octet in text.utf8 { add(octet) } }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < text.count {
            // U+200B to U+200F, U+2060 to U+2064, U+034F, U+FEFF and U+00AD show nothing; a no-break space is one for
            // the reader.
            let next = index + 1 < text.count ? text[index + 1] : 0
            let third = index + 2 < text.count ? text[index + 2] : 0
            switch (text[index], next) {
            case (0xC2, 0xA0):
                add(0x20)
                index += 2
            case (0xC2, 0xAD), (0xCD, 0x8F): index += 2
            case (0xE2, 0x80) where (0x8B...0x8F).contains(third): index += 3
            case (0xE2, 0x81) where (0xA0...0xA4).contains(third): index += 3
            case (0xEF, 0xBB) where third == 0xBF: index += 3
            default:
                add(text[index])
                index += 1
            }
        }
    }

    private mutating func add(_ octet: UInt8) {
        let isSpace = octet == 0x20 || (9...13).contains(octet)
        if keepsSpace && octet == UInt8(ascii: "\n") {
            lineBreak()
        } else if keepsSpace && octet == UInt8(ascii: "\r") {
            return
        } else if isSpace && !keepsSpace {
            if !lineIsEmpty, octets.last != 0x20 { octets.append(0x20) }
        } else {
            if lineIsEmpty { openLine() }
            octets.append(octet)
        }
    }

    /// Begins a line that something stands in.
    private mutating func openLine() {
        if needsBlank {
            needsBlank = false
            if !octets.isEmpty, !isBlank(before: octets.count) { emptyLine() }
        }
        if pendingMark != .none {
            marks.append((lineNumber, pendingMark))
            pendingMark = .none
        }
        quotationMarks()
        octets += pendingBullet
        pendingBullet = []
        lineStart = octets.count
    }

    private mutating func quotationMarks() {
        for _ in 0..<quoteDepth { octets.append(contentsOf: [UInt8(ascii: ">"), 0x20]) }
    }

    private mutating func emptyLine() {
        quotationMarks()
        newLine()
    }

    private mutating func newLine() {
        octets.append(UInt8(ascii: "\n"))
        lineNumber += 1
        lineStart = octets.count
    }

    /// Whether the line that ends before a place shows nothing.
    private func isBlank(before end: Int) -> Bool {
        let line = octets[..<max(0, end - 1)].reversed().prefix { $0 != UInt8(ascii: "\n") }
        return line.allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: ">") }
    }

    mutating func lineBreak() {
        if isOneLine { return add(0x20) }
        guard lineIsEmpty else { return newLine() }
        // One blank line says as much as several.
        if !octets.isEmpty, !isBlank(before: octets.count) { emptyLine() }
    }

    /// Ends the line if something stands in it.
    mutating func startLine() {
        if isOneLine { return add(0x20) }
        if !lineIsEmpty { newLine() }
    }

    /// How the writer stood before something that it goes back to the end of.
    struct Standing {
        fileprivate var quoteDepth: Int
        fileprivate var keepsSpace: Bool
        fileprivate var lists: [Int?]
        fileprivate var needsBlank: Bool
    }

    private func standing(needsBlank: Bool) -> Standing {
        Standing(quoteDepth: quoteDepth, keepsSpace: keepsSpace, lists: lists, needsBlank: needsBlank)
    }

    /// Ends what was begun.
    mutating func end(_ before: Standing) {
        startLine()
        quoteDepth = before.quoteDepth
        keepsSpace = before.keepsSpace
        lists = before.lists
        if before.needsBlank { needsBlank = true }
    }

    mutating func beginParagraph() -> Standing {
        startLine()
        // The first paragraph of an item stands behind its bullet.
        if !isOneLine, pendingBullet.isEmpty { needsBlank = true }
        return standing(needsBlank: !isOneLine)
    }

    mutating func beginQuote() -> Standing {
        startLine()
        needsBlank = false
        defer { quoteDepth = min(quoteDepth + 1, 20) }
        return standing(needsBlank: true)
    }

    mutating func beginPreformatted() -> Standing {
        startLine()
        defer { keepsSpace = true }
        return standing(needsBlank: false)
    }

    /// Items of a list, numbered from `number` on where it is given.
    mutating func beginList(from number: Int?) -> Standing {
        startLine()
        // A list within a list goes on it.
        let isInner = !lists.isEmpty
        if !isInner { needsBlank = true }
        defer { if lists.count < Self.deepestList { lists.append(number) } }
        return standing(needsBlank: !isInner)
    }

    mutating func beginItem() {
        startLine()
        let number = lists.last ?? nil
        if let number { lists[lists.count - 1] = number &+ 1 }
        let indent = String(repeating: "  ", count: max(0, lists.count - 1))
        pendingBullet = Array((indent + (number.map { "\($0). " } ?? "- ")).utf8)
    }

    mutating func endItem() {
        pendingBullet = []
        startLine()
        needsBlank = false
    }

    mutating func rule() {
        startLine()
        text("________________________________")
        newLine()
    }

    /// Between two cells of a row.
    mutating func cell() {
        while !lineIsEmpty, octets.last == 0x20 { octets.removeLast() }
        if !lineIsEmpty { octets.append(contentsOf: [0x20, 0x20]) }
    }

    /// The next line that something stands in gets the mark.
    mutating func mark(_ mark: TextLine.Mark) { pendingMark = mark }

    /// Where a link leads, unless its text says it already or the link before it led there too.
    mutating func link(_ target: String, textFrom start: Int) {
        let isAddress = target.hasPrefix("mailto:")
        guard isAddress || target.hasPrefix("http"), target.utf8.count <= 200, octets.count > start,
            // One with a line end in it would be lines of the mail that nobody sees.
            !target.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else { return }
        let shown = isAddress ? target.dropFirst(7) : target[...]
        let bare = shown.utf8.prefix { $0 != UInt8(ascii: "?") }.drop(scheme: "https://").drop(
            scheme: "http://")
        let plain = bare.last == UInt8(ascii: "/") ? bare.dropLast() : bare
        let text = octets[start...]
        guard text.count > Self.longestLinkText || !text.contains(octets: plain) else { return }
        guard target != lastTarget else { return }
        lastTarget = target
        let hasSpace = octets.last == 0x20
        if hasSpace { octets.removeLast() }
        octets.append(contentsOf: " <\(isAddress ? String(Substring(plain)) : target)>".utf8)
        if hasSpace { octets.append(0x20) }
    }

    /// Says that what was written from a place on is coloured.
    mutating func tinted(_ tint: Tint, from start: Int) { tints.add(tint, start, in: octets) }

    mutating func finish() -> [TextLine] {
        startLine()
        // References such as `&#150;` and `a&#778;` are text as it is not to be stored.
        let text = Repair.octets(octets)
        var lines = TextLine.lines(of: text)
        if text.count == octets.count { tints.mark(&lines) }
        for (line, mark) in marks where line < lines.count { lines[line].mark = mark }
        return lines
    }
}

extension Substring.UTF8View {
    fileprivate func drop(scheme: String) -> Substring.UTF8View {
        starts(with: scheme.utf8) ? dropFirst(scheme.utf8.count) : self
    }
}
