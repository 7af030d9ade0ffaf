/// Builds plain text from the pieces of a document: white space folded, paragraphs apart, quotations marked.
struct TextWriter {
    private var lines: [String] = []
    private var line = ""
    private var quoteDepth = 0
    private var keepsSpace = false
    /// Text of the link that is being written starts here.
    private var needsBlank = false

    mutating func text(_ text: String) {
        if keepsSpace {
            for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { lineBreak() }
                append(String(part))
            }
            return
        }
        var folded = ""
        var previousIsSpace = line.isEmpty || line.utf8.last == 0x20
        for scalar in text.unicodeScalars {
            // U+200B and U+FEFF show nothing; a no-break space is one for the reader.
            if scalar == "\u{200B}" || scalar == "\u{FEFF}" { continue }
            let isSpace = scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" || scalar == "\u{A0}"
            if isSpace && previousIsSpace { continue }
            folded.unicodeScalars.append(isSpace ? " " : scalar)
            previousIsSpace = isSpace
        }
        if !folded.isEmpty { append(folded) }
    }

    private mutating func append(_ text: String) {
        if needsBlank, !text.utf8.allSatisfy({ $0 == 0x20 }) {
            needsBlank = false
            if let last = lines.last, !last.isEmpty { lines.append(prefix.isEmpty ? "" : String(prefix.dropLast())) }
        }
        line += text
    }

    private var prefix: String { String(repeating: "> ", count: quoteDepth) }

    mutating func lineBreak() {
        let octets = line.utf8
        let end = octets.lastIndex { $0 != 0x20 }.map { octets.index(after: $0) } ?? octets.startIndex
        lines.append(prefix + String(Substring(octets[..<end])))
        line = ""
    }

    /// Ends the line if something stands in it.
    mutating func startLine() {
        if line.utf8.contains(where: { $0 != 0x20 }) { lineBreak() } else { line = "" }
    }

    mutating func paragraph(_ inner: (inout TextWriter) -> Void) {
        startLine()
        needsBlank = true
        inner(&self)
        startLine()
        needsBlank = true
    }

    mutating func quote(_ inner: (inout TextWriter) -> Void) {
        startLine()
        needsBlank = false
        quoteDepth = min(quoteDepth + 1, 20)
        inner(&self)
        startLine()
        quoteDepth -= 1
        needsBlank = true
    }

    mutating func preformatted(_ inner: (inout TextWriter) -> Void) {
        startLine()
        let before = keepsSpace
        keepsSpace = true
        inner(&self)
        keepsSpace = before
        startLine()
    }

    mutating func rule() {
        startLine()
        append("________________________________")
        lineBreak()
    }

    /// Between two cells of a row.
    mutating func cell() {
        if line.utf8.contains(where: { $0 != 0x20 }) { line += "  " }
    }

    /// Where a link leads, unless its text says it already.
    mutating func link(_ target: String) {
        let shown = target.hasPrefix("mailto:") ? String(target.dropFirst(7)) : target
        guard target.hasPrefix("mailto:") || target.hasPrefix("http"), shown.utf8.count <= 200 else { return }
        let bare = shown.split(separator: "?").first.map(String.init) ?? shown
        let plain = bare.replacingPrefix("https://").replacingPrefix("http://")
        let trimmed = plain.hasSuffix("/") ? String(plain.dropLast()) : plain
        guard !line.contains(bare), !line.contains(trimmed) else { return }
        append(" <\(shown)>")
    }

    mutating func finish() -> String {
        startLine()
        var text: [String] = []
        for line in lines where !(line.isEmpty && (text.last?.isEmpty ?? true)) {
            text.append(line)
        }
        return text.joined(separator: "\n")
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
