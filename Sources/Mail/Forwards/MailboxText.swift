/// Mailboxes as clients write them into text, which is not the form of a header.
enum MailboxText {
    /// Mailboxes of one line, at most.
    private static let limit = 200

    /// The mailboxes of a line in any of the forms that clients write.
    ///
    /// `Mette <m@x.example>; "Holm, Jonas" <j@y.example>`, `Mette [mailto:m@x.example]`, `m@x.example`, …
    static func list(_ text: Substring) -> [Mailbox] {
        split(text).prefix(limit).compactMap(mailbox)
    }

    /// At `;` and `,` outside quotes and brackets; a comma within a name without quotes does not divide.
    private static func split(_ text: Substring) -> [Substring] {
        var pieces: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        var depth = 0
        let separator: UInt8 = text.utf8.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
        for index in text.utf8.indices {
            switch text.utf8[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ">"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            case separator where !isQuoted && depth == 0:
                guard separator == UInt8(ascii: ";") || text[start..<index].utf8.contains(UInt8(ascii: "@")) else {
                    continue
                }
                pieces.append(text[start..<index])
                start = text.utf8.index(after: index)
            default: break
            }
        }
        pieces.append(text[start...])
        return pieces.map(\.trimmed).filter { !$0.isEmpty }
    }

    private static func mailbox(_ text: Substring) -> Mailbox? {
        guard let open = text.utf8.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "[") }) else {
            let bare = text.trimmed(of: "\"' *")
            guard !bare.isEmpty else { return nil }
            return isAddress(bare) ? Mailbox(name: nil, spec: String(bare)) : Mailbox(name: String(bare), spec: "")
        }
        let name = text[..<open].trimmed(of: "\"' *\u{A0}")
        let inner = text[text.utf8.index(after: open)...]
        let end = inner.utf8.firstIndex { [UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: "<")].contains($0) }
        var spec = inner[..<(end ?? inner.endIndex)].trimmed
        if spec.lowercased().hasPrefix("mailto:") { spec = spec.dropFirst(7) }
        let isOnlyAddress = name.isEmpty || name.lowercased() == spec.lowercased()
        return Mailbox(name: isOnlyAddress ? nil : String(name), spec: isAddress(spec) ? String(spec) : "")
    }

    private static func isAddress(_ text: Substring) -> Bool {
        guard let at = text.utf8.firstIndex(of: UInt8(ascii: "@")) else { return false }
        return at != text.startIndex && text.utf8.index(after: at) != text.endIndex
            && !text.utf8.contains { $0 == 0x20 || $0 == UInt8(ascii: ",") }
    }
}
