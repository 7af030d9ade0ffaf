/// The pieces that a signature is put together from.
enum SignatureSegments {
    /// Pieces looked at, at most, and octets of one.
    private static let limit = 60
    private static let longest = 160

    /// Pieces between line ends, bars, commas, bullets, tabs and dashes that stand free, closings left out.
    static func all(in signature: String) -> [Substring] {
        signature.split(maxSplits: limit * 2) { "\n|,·•\t;".contains($0) }
            .filter { !isDialled($0, in: signature) }
            .flatMap { piece in piece.utf8.count > longest ? [] : parts(of: piece) }
            .map(\.trimmedSpaces)
            .filter { !$0.isEmpty && !isClosing($0) }
            .prefix(limit).map { $0 }
    }

    /// Whether a number is that of a meeting, which goes on with pauses and its code: `+45 32 73 06 00,,864213640#`.
    private static func isDialled(_ piece: Substring, in signature: String) -> Bool {
        signature[piece.endIndex...].utf8.starts(with: ",,".utf8)
    }

    /// `Mette Lyngholm – økonomichef`, `Kajvej 12  6950 Ringkøbing`.
    private static func parts(of piece: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = piece.startIndex
        var index = piece.startIndex
        while index < piece.endIndex {
            let next = piece.index(after: index)
            if let end = separatorEnd(in: piece, at: index) {
                parts.append(piece[start..<index])
                (start, index) = (end, end)
            } else {
                index = next
            }
        }
        return parts + [piece[start...]]
    }

    /// Behind a dash or a stroke between spaces, or two spaces.
    private static func separatorEnd(in piece: Substring, at index: Substring.Index) -> Substring.Index? {
        guard isSpace(piece[index]) else { return nil }
        let rest = piece[piece.index(after: index)...]
        guard let first = rest.first else { return nil }
        if isSpace(first) { return rest.index(after: rest.startIndex) }
        guard "-–—/".contains(first), let second = rest.dropFirst().first, isSpace(second) else { return nil }
        return rest.index(rest.startIndex, offsetBy: 2)
    }

    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\u{A0}" }

    private static let closings: Set<String> = [
        "mvh", "med", "venlig", "venlige", "hilsen", "hilsner", "bedste", "mange", "kærlig", "de", "vh", "dbh", "kh",
        "på",
        "best", "kind", "regards", "warm", "many", "thanks", "thank", "yours", "sincerely", "cheers", "sendt", "sent",
        "hent", "get", "god",
    ]

    private static func isClosing(_ segment: Substring) -> Bool {
        let word = segment.prefix { $0.isLetter || $0 == "." }.lowercased().filter(\.isLetter)
        return closings.contains(word)
    }
}

extension Substring {
    /// Without the white space around it.
    var trimmedSpaces: Substring {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return self[first...last]
    }
}
