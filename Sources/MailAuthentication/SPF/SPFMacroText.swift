/// A text with macros (RFC 7208 section 7).
struct SPFMacroText {
    enum Part {
        case literal(String)
        case macro(Macro)
    }

    struct Macro {
        /// In lower case.
        var letter: Character
        /// Whether characters that URLs do not hold are to be escaped: the letter was a capital.
        var escapes: Bool
        /// Labels that are kept, from the right.
        var kept: Int?
        var isReversed: Bool
        var delimiters: [Character]
    }

    let parts: [Part]

    /// Reads a text that may hold macros.
    init(_ text: Substring, _ term: String, allowsExplanation: Bool = false) throws(SPFDefect) {
        var parts: [Part] = []
        var literal = ""
        var rest = text
        while let character = rest.popFirst() {
            guard character == "%" else {
                literal.append(character)
                continue
            }
            switch rest.popFirst() {
            case "%": literal.append("%")
            case "_": literal.append(" ")
            case "-": literal.append("%20")
            case "{":
                guard let end = rest.firstIndex(of: "}"),
                    let macro = Self.macro(rest[..<end], allowsExplanation: allowsExplanation)
                else { throw .permanent("unreadable macro: \(term)") }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                parts.append(.macro(macro))
                rest = rest[rest.index(after: end)...]
            default: throw .permanent("unreadable macro: \(term)")
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    /// Reads a domain-spec: it ends in a macro or in a top-level label.
    init(domain text: Substring, _ term: String) throws(SPFDefect) {
        try self.init(text, term)
        switch parts.last {
        case .macro: return
        case .literal: if !text.hasSuffix("%%"), Self.endsInTopLabel(text) { return }
        case nil: break
        }
        throw .permanent("no domain name: \(term)")
    }

    private static func endsInTopLabel(_ text: Substring) -> Bool {
        let text = text.last == "." ? text.dropLast() : text
        guard let dot = text.lastIndex(of: ".") else { return false }
        let label = Array(text[text.index(after: dot)...].utf8)
        return !label.isEmpty && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            && label.allSatisfy { Octet.isLetter($0) || Octet.isDigit($0) || $0 == UInt8(ascii: "-") }
            && !label.allSatisfy(Octet.isDigit)
    }

    private static func macro(_ text: Substring, allowsExplanation: Bool) -> Macro? {
        var rest = text
        guard let capital = rest.popFirst(), let letter = capital.lowercased().first,
            (allowsExplanation ? "slodiphcrtv" : "slodiphv").contains(letter)
        else { return nil }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        var kept: Int?
        if !digits.isEmpty {
            guard digits.count <= 3, let number = Int(digits), number > 0 else { return nil }
            kept = number
        }
        let isReversed = rest.first?.lowercased() == "r"
        if isReversed { rest = rest.dropFirst() }
        guard rest.allSatisfy({ ".-+,/_=".contains($0) }) else { return nil }
        return Macro(
            letter: letter, escapes: capital != letter, kept: kept, isReversed: isReversed,
            delimiters: rest.isEmpty ? ["."] : Array(rest))
    }
}

extension SPFMacroText.Macro {
    /// The value as the macro transforms it.
    func transform(_ value: String) -> String {
        var labels = value.split(omittingEmptySubsequences: false) { delimiters.contains($0) }
        if isReversed { labels.reverse() }
        if let kept { labels = labels.suffix(kept) }
        let text = labels.joined(separator: ".")
        return escapes ? Self.escaped(text) : text
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for octet in text.utf8 {
            let isUnreserved = Octet.isLetter(octet) || Octet.isDigit(octet) || "-._~".utf8.contains(octet)
            if isUnreserved {
                escaped.unicodeScalars.append(Unicode.Scalar(octet))
            } else {
                let digits = String(octet, radix: 16, uppercase: true)
                escaped += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }
}
