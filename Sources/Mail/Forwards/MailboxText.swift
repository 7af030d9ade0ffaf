/// Mailboxes as clients write them into text, which is not the form of a header.
enum MailboxText {
    /// Mailboxes of one line, at most.
    private static let limit = 200

    /// The mailboxes of a line in any of the forms that clients write.
    ///
    /// `Mette <m@x.example>; "Holm, Jonas" <j@y.example>`, `Mette [mailto:m@x.example]`, `m@x.example`, …
    static func list(_ text: ArraySlice<UInt8>) -> [Mailbox] {
        split(text).prefix(limit).compactMap(mailbox)
    }

    /// At `;` and `,` outside quotes and brackets; a comma within a name without quotes does not divide.
    private static func split(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var isQuoted = false
        var hasAddress = false
        var depth = 0
        let separator = text.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ">"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            case UInt8(ascii: "@"): hasAddress = true
            case separator
            where !isQuoted && depth == 0 && (hasAddress || separator == UInt8(ascii: ";")):
                pieces.append(text[start..<index])
                start = index + 1
                hasAddress = false
            default: break
            }
        }
        pieces.append(text[start...])
        return pieces.map(\.trimmingSpaces).filter { !$0.isEmpty }
    }

    private static func mailbox(_ text: ArraySlice<UInt8>) -> Mailbox? {
        guard let open = text.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "[") })
        else {
            let bare = text.trimming("\"'*,").droppingScheme
            guard !bare.isEmpty else { return nil }
            return isAddress(bare)
                ? Mailbox(name: nil, spec: bare.string) : Mailbox(name: bare.string, spec: "")
        }
        let name = name(text[..<open])
        let inner = text[(open + 1)...].droppingScheme
        let spec = inner.prefix {
            $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "<")
        }
        .trimmingSpaces
        guard !name.isEmpty || isAddress(spec) else { return nil }
        let isOnlyAddress = name.isEmpty || Folding.lower(name) == Folding.lower(spec)
        return Mailbox(
            name: isOnlyAddress ? nil : name.string, spec: isAddress(spec) ? spec.string : "")
    }

    /// Without the quotation marks around it, straight, curly or angular.
    static func name(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var name = text.trimming("\"'*")
        for mark in ["\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}", "\u{AB}", "\u{BB}"] {
            if name.starts(with: mark.utf8) { name = name.dropFirst(mark.utf8.count) }
            if name.reversed().starts(with: mark.utf8.reversed()) {
                name = name.dropLast(mark.utf8.count)
            }
        }
        return name.trimmingSpaces
    }

    private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
        guard let at = text.firstIndex(of: UInt8(ascii: "@")) else { return false }
        return at != text.startIndex && at + 1 != text.endIndex
            && !text.contains { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
    }
}

extension ArraySlice<UInt8> {
    /// Without `mailto:` in front.
    fileprivate var droppingScheme: ArraySlice<UInt8> {
        Folding.lower(prefix(7)).elementsEqual("mailto:".utf8) ? dropFirst(7) : self
    }
}
