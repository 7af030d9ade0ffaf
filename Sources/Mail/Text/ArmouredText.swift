/// Text in the armour of OpenPGP (RFC 9580 sections 6 and 7): what is signed is read, what is encrypted is left out.
enum ArmouredText {
    static let message = begin + Array("MESSAGE-----".utf8)

    private static let begin = Array("-----BEGIN PGP ".utf8)
    static let signed = begin + Array("SIGNED MESSAGE-----".utf8)
    private static let signature = begin + Array("SIGNATURE-----".utf8)
    private static let endOfSignature = Array("-----END PGP SIGNATURE-----".utf8)
    private static let endOfMessage = Array("-----END PGP MESSAGE-----".utf8)
    /// Lines such as `Hash: SHA256` between the mark of a signed text and the blank line before it.
    private static let headerLimit = 10
    /// Keys of the lines above encrypted text (RFC 9580 section 6.2.2).
    private static let keys = ["Version:", "Comment:", "MessageID:", "Hash:", "Charset:"].map { Array($0.utf8) }

    /// The lines without it, where it is quoted too.
    static func takenOff(_ text: [TextLine]) -> [TextLine] {
        guard text.contains(where: { bare($0).starts(with: begin) }) else { return text }
        var lines: [TextLine] = []
        lines.reserveCapacity(text.count)
        var index = 0
        var isSigned = false
        // Looked for once, or marks without an end would be looked behind again and again.
        let lastEnd = text.lastIndex { bare($0) == endOfSignature[...] } ?? 0
        while index < text.count {
            let line = bare(text[index])
            if line == message[...] {
                index = lastOfMessage(in: text, from: index)
            } else if line == signed[...] {
                isSigned = true
                index = endOfHeader(in: text, from: index)
            } else if line == signature[...], index < lastEnd, let end = first(endOfSignature, in: text, from: index) {
                isSigned = false
                index = end
            } else {
                lines.append(isSigned ? unescaped(text[index]) : text[index])
            }
            index += 1
        }
        return lines
    }

    /// Without quotation marks and spaces around it.
    private static func bare(_ line: TextLine) -> ArraySlice<UInt8> { line.unquoted.octets.trimmingSpacesAtEnd }

    private static func first(_ mark: [UInt8], in text: [TextLine], from start: Int) -> Int? {
        text[start...].firstIndex { bare($0) == mark[...] }
    }

    /// The last line of the encrypted text that begins at a line.
    ///
    /// Where its end is cut off, as in a quotation that was shortened, whatever is plainly none of it goes on the mail.
    private static func lastOfMessage(in text: [TextLine], from start: Int) -> Int {
        let mark = text[(start + 1)...].firstIndex { bare($0) == endOfMessage[...] || bare($0) == message[...] }
        if let mark, bare(text[mark]) == endOfMessage[...] { return mark }
        let depth = depth(of: text[start])
        let other = text[(start + 1)...].firstIndex { depth != Self.depth(of: $0) || !isOfMessage(bare($0)) }
        return (other ?? text.count) - 1
    }

    private static func isOfMessage(_ line: ArraySlice<UInt8>) -> Bool {
        keys.contains { line.starts(with: $0) }
            || line.allSatisfy { octet in
                switch octet {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "+/=".utf8.contains(octet)
                }
            }
    }

    /// How often it is quoted.
    private static func depth(of line: TextLine) -> Int {
        line.octets.prefix { $0 == UInt8(ascii: ">") || $0 == 0x20 }.count { $0 == UInt8(ascii: ">") }
    }

    private static func endOfHeader(in text: [TextLine], from start: Int) -> Int {
        let header = text[start...].prefix(headerLimit)
        return header.firstIndex { bare($0).isEmpty } ?? start
    }

    /// A line that begins with a dash has `- ` in front of it.
    private static func unescaped(_ line: TextLine) -> TextLine {
        guard line.octets.starts(with: [UInt8(ascii: "-"), 0x20]) else { return line }
        return TextLine(octets: line.octets.dropFirst(2), mark: line.mark)
    }
}
