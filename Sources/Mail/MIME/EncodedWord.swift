import Foundation

/// Encoded words of header text (RFC 2047), as they are found: cut inside characters, padded one by one, unknown.
enum EncodedWord {
    /// A piece of a header: plain octets, or a decoded word with its charset.
    private enum Piece {
        case plain([UInt8])
        case word(charset: String, octets: [UInt8])
    }

    /// The text of a header value; what is no encoded word stays as it is.
    static func decode(_ octets: [UInt8]) -> String {
        let text = pieces(of: octets).flatMap { piece in
            switch piece {
            case .plain(let octets): Charset.decode(octets[...], label: nil)
            case .word(let charset, let octets): Charset.decode(octets[...], label: charset)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The value with every word in UTF-8 and base64, and all else in UTF-8: what the library makes of a charset that it
    /// does not know, or of octets that are none of it, is not what they say.
    static func normalised(_ octets: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        for piece in pieces(of: octets) {
            switch piece {
            case .plain(let octets):
                // A space is set around words only where none stands, as the library keeps all of them.
                if let first = octets.first, first <= 0x20, text.last == 0x20 { text.removeLast() }
                text += Charset.decode(octets[...], label: nil)
            case .word(let charset, let octets):
                let word = Data(Charset.decode(octets[...], label: charset)).base64EncodedString()
                if let last = text.last, last > 0x20 { text.append(0x20) }
                text += "=?utf-8?B?\(word)?= ".utf8
            }
        }
        return text
    }

    private static func pieces(of octets: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        var index = 0
        var plainStart = 0
        while let start = octets[index...].firstIndex(of: UInt8(ascii: "=")) {
            guard let (piece, end) = word(octets, at: start) else {
                index = start + 1
                continue
            }
            add(Array(octets[plainStart..<start]), to: &pieces, isBetweenWords: isWord(pieces.last))
            add(piece, to: &pieces)
            index = end
            plainStart = end
        }
        add(Array(octets[plainStart...]), to: &pieces, isBetweenWords: false)
        return pieces
    }

    /// White space between two words is no text (section 6.2).
    private static func add(_ plain: [UInt8], to pieces: inout [Piece], isBetweenWords: Bool) {
        guard !plain.isEmpty, !(isBetweenWords && plain[...].trimmingSpaces.isEmpty) else { return }
        pieces.append(.plain(plain))
    }

    /// Words of one charset behind each other are decoded together: a character may be cut between them.
    private static func add(_ word: Piece, to pieces: inout [Piece]) {
        guard case .word(let charset, let octets) = word, case .word(charset, var joined)? = pieces.last
        else {
            return pieces.append(word)
        }
        // Taken out first, so that the octets are appended in place.
        pieces.removeLast()
        joined.append(contentsOf: octets)
        pieces.append(.word(charset: charset, octets: joined))
    }

    private static func isWord(_ piece: Piece?) -> Bool {
        if case .word? = piece { true } else { false }
    }

    /// `=?charset?B?text?=` or `=?charset?Q?text?=` at a place, and where it ends.
    private static func word(_ octets: [UInt8], at start: Int) -> (Piece, Int)? {
        let mark = UInt8(ascii: "?")
        guard start + 1 < octets.count, octets[start + 1] == mark,
            let first = octets[(start + 2)...].prefix(80).firstIndex(of: mark), first + 2 < octets.count,
            octets[first + 2] == mark, octets[(start + 2)..<first].allSatisfy(isOfName)
        else { return nil }
        guard var end = end(of: octets[(first + 3)...].prefix(2000)) else { return nil }
        var text = Array(octets[(first + 3)..<end])
        // Base64 that was cut in the middle of an octet goes on in the next word, whose head is the same.
        let head = octets[start..<(first + 3)]
        while octets[first + 1] | 0x20 == UInt8(ascii: "b"), isCut(text), text.count <= 2000 {
            let next = octets[(end + 2)...].drop { $0 <= 0x20 }
            guard next.starts(with: head) else { break }
            let more = next.dropFirst(head.count)
            guard let nextEnd = Self.end(of: more.prefix(2000)) else { break }
            text += more[..<nextEnd]
            end = nextEnd
        }
        guard let decoded = decoded(text[...], by: octets[first + 1]) else { return nil }
        // A language may stand behind the charset (RFC 2231 section 5).
        let label = String(
            decoding: octets[(start + 2)..<first].prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self)
        return (.word(charset: label.lowercased(), octets: decoded), end + 2)
    }

    /// What the name of a charset is made of; other octets are of a text that only looks like an encoded word.
    private static func isOfName(_ octet: UInt8) -> Bool {
        octet > 0x20 && octet < 0x7F && !"\"(),:;<>@[\\]".utf8.contains(octet)
    }

    /// Where the `?=` stands that ends a text; question marks may stand before it, though they should be encoded.
    private static func end(of text: ArraySlice<UInt8>) -> Int? {
        let ends = text.indices.lazy.filter {
            text[$0] == UInt8(ascii: "?") && $0 + 1 < text.endIndex && text[$0 + 1] == UInt8(ascii: "=")
        }
        guard let first = ends.first else { return nil }
        // A question mark before an encoded character, as in `?=3D`, ends nothing if the word goes on.
        let isCharacter = text[(first + 2)...].prefix(2).allSatisfy { Self.isHexadecimal($0) }
        guard isCharacter, text.endIndex > first + 4 else { return first }
        return ends.dropFirst().first { end in !text[first..<end].contains { $0 <= 0x20 } } ?? first
    }

    /// Whether digits without padding end in the middle of an octet, with bits of it in the last.
    private static func isCut(_ text: [UInt8]) -> Bool {
        guard text.count % 4 != 0, !text.contains(UInt8(ascii: "=")), let last = text.last, isBase64(last) else {
            return false
        }
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
        let value = alphabet.enumerated().first { $0.element == last }?.offset ?? 0
        let unused = text.count * 6 % 8
        return text.count % 4 == 1 || value & (1 << unused - 1) != 0
    }

    private static func isHexadecimal(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x46).contains(octet)
    }

    private static func decoded(_ text: ArraySlice<UInt8>, by encoding: UInt8) -> [UInt8]? {
        switch encoding | 0x20 {
        case UInt8(ascii: "b"):
            // Whatever is no digit is passed over, and a last one that says nothing left out.
            let digits = text.prefix { $0 != UInt8(ascii: "=") }.filter(isBase64)
            let whole = digits.prefix(digits.count % 4 == 1 ? digits.count - 1 : digits.count)
            let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - whole.count % 4) % 4)
            return Data(base64Encoded: Data(whole + padding)).map { Array($0) }
        case UInt8(ascii: "q"): return quotedPrintable(Array(text))
        default: return nil
        }
    }

    private static func isBase64(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
            || octet == UInt8(ascii: "+") || octet == UInt8(ascii: "/")
    }

    private static func quotedPrintable(_ text: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "="), index + 2 < text.count,
                let value = UInt8(
                    String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                octets.append(value)
                index += 3
            } else {
                octets.append(text[index] == UInt8(ascii: "_") ? 0x20 : text[index])
                index += 1
            }
        }
        return octets
    }
}
