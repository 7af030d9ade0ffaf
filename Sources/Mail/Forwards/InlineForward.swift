/// A forwarded mail within the text of another.
struct InlineForward {
    /// What stands above it.
    var note: String
    var original: Letter.Original
    /// The forwarded text, one level of `>` taken off where all of it is set off so.
    var text: String

    /// The first forwarded mail in a text, or `nil`.
    ///
    /// `isReply`: whether the mail's own subject says that it is a reply; then a header without a marker is the
    /// quotation of what is answered.
    /// `zone`: offset of the wrapping mail's Date, for dates without one.
    init?(in text: String, isReply: Bool, zone: Int?) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let place = Self.place(in: lines, isReply: isReply) else { return nil }
        let (start, inner, block) = place
        note = lines[..<start].joined(separator: "\n").trimmedLines
        self.text = inner[block.end...].joined(separator: "\n").trimmedLines
        original = Letter.Original(
            from: block.from.flatMap { MailboxText.list($0).first }, to: block.to.map(MailboxText.list) ?? [],
            cc: block.cc.map(MailboxText.list) ?? [], subject: String(block.subject ?? ""),
            date: block.date.map { WrittenDate.read($0, zone: zone) } ?? LetterDate())
    }

    /// Where the note ends, the lines the block stands in, and the block.
    private static func place(
        in lines: [Substring], isReply: Bool
    ) -> (start: Int, lines: [Substring], block: HeaderBlock)? {
        for index in lines.indices {
            let line = lines[index].unquoted
            if let meaning = ForwardMarkers.meaning(of: line) {
                guard meaning == .forward || !isReply else { continue }
                if let found = block(below: index, lines) { return (index, found.0, found.1) }
            } else if !isReply, HeaderLabels.read(lines[index]) != nil,
                let block = HeaderBlock(lines, at: index), block.fieldCount >= 3, block.from.map(isAddress) ?? false
            {
                let hasRule = index > 0 && ForwardMarkers.isRule(lines[index - 1])
                return (hasRule ? index - 1 : index, lines, block)
            }
        }
        return nil
    }

    /// The header below a marker, within the next lines.
    private static func block(below marker: Int, _ lines: [Substring]) -> ([Substring], HeaderBlock)? {
        let next = lines[(marker + 1)...].prefix(4).firstIndex { !$0.unquoted.isBlank }
        guard let next else { return nil }
        let isQuoted = lines[next].utf8.first == UInt8(ascii: ">")
        let inner = isQuoted ? lines[..<next] + lines[next...].map(\.unquotedOnce) : lines[...]
        return HeaderBlock(Array(inner), at: next).map { (Array(inner), $0) }
    }

    /// The sender of a real header is an address or a name beside one; prose after `Fra:` is neither.
    private static func isAddress(_ value: Substring) -> Bool {
        value.utf8.contains(UInt8(ascii: "@")) || value.split(separator: " ").count <= 6
    }
}

extension Substring {
    /// Without all `>` in front.
    var unquoted: Substring {
        Substring(utf8.drop { $0 == UInt8(ascii: ">") || $0 == 0x20 })
    }

    /// Without one `>` and the space behind it.
    var unquotedOnce: Substring {
        guard utf8.first == UInt8(ascii: ">") else { return self }
        let rest = utf8.dropFirst()
        return Substring(rest.first == 0x20 ? rest.dropFirst() : rest)
    }
}

extension String {
    /// Without blank lines at either end and without spaces at the end of lines.
    var trimmedLines: String {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { !$0.isBlank }), let last = lines.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return lines[first...last].map { line in
            let end = line.utf8.lastIndex { $0 != 0x20 && $0 != 9 }.map { line.utf8.index(after: $0) }
            return line[..<(end ?? line.startIndex)]
        }.joined(separator: "\n")
    }
}
