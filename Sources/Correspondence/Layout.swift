/// Plain text for a screen of 72 columns, and for one of a telephone, which breaks its lines once more.
enum Layout {
    static let width = 72

    /// Breaks text between words, with further lines set in; a word wider than the screen stays whole.
    static func wrap(_ text: String, indent: String = "", first: String = "") -> String {
        var wrapped = first
        var column = first.utf8.count
        var isAtStart = true
        for word in text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            let columns = Columns.count(word)
            if isAtStart {
                isAtStart = false
            } else if column + 1 + columns > width {
                wrapped += "\n" + indent
                column = indent.utf8.count
            } else {
                wrapped += " "
                column += 1
            }
            wrapped += Substring(word)
            column += columns
        }
        return wrapped
    }

    /// Cuts text between words so that it takes no more than the columns, an ellipsis included.
    static func clip(_ text: String, to columns: Int) -> String {
        guard Columns.count(text.utf8) > columns else { return text }
        let kept = text.unicodeScalars.prefix(columns - 1)
        let end = kept.lastIndex(of: " ").flatMap {
            kept.distance(from: $0, to: kept.endIndex) < columns / 2 ? $0 : nil
        }
        var clipped = String(text.unicodeScalars[..<(end ?? kept.endIndex)])
        while let last = clipped.last, ",;:–( ".contains(last) { clipped.removeLast() }
        return clipped + "…"
    }

    /// No space at the end of lines, at most one blank line; spaces that held a line together are plain ones.
    static func tidy(_ text: String) -> String {
        var tidy = ""
        var isBlank = true
        for line in text.withPlainSpaces.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard let end = line.lastIndex(where: { $0 != 0x20 && $0 != 0x0D }) else {
                if !isBlank { tidy += "\n" }
                isBlank = true
                continue
            }
            tidy += Substring(line[...end]) + "\n"
            isBlank = false
        }
        if isBlank, !tidy.isEmpty { tidy.removeLast() }
        return tidy
    }
}

/// Widths on a screen, one column for each Unicode scalar.
enum Columns {
    static func count(_ octets: some Sequence<UInt8>) -> Int {
        octets.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
}

extension String {
    /// White space folded, so that words cut over lines read as one sentence.
    ///
    /// Control characters and those that turn the direction of reading count as white space: nobody's words may change
    /// how the words beside them read.
    var onOneLine: String {
        var line = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0...0x20, 0x7F...0xA0, 0x2000...0x200B, 0x2028...0x202F, 0x205F...0x2069, 0x3000, 0xFEFF:
                if let last = line.last, last != " " { line.append(" ") }
            default: line.append(scalar)
            }
        }
        if line.last == " " { line.removeLast() }
        return String(line)
    }

    /// The first letter small, unless the word is an abbreviation such as `ERP`.
    var lowercasedFirst: String {
        guard let first, first.isUppercase, dropFirst().first?.isLowercase ?? true else { return self }
        return first.lowercased() + dropFirst()
    }

    /// The first letter a capital.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    var withoutFinalStop: String { hasSuffix(".") ? String(dropLast()) : self }
    var withFinalStop: String { hasSuffix(".") ? self : self + "." }
}
