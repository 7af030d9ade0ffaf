import Mail

/// What the display name of a sender tells: `Mette Lyngholm`, `Lyngholm, Mette`, `Mette Lyngholm (Vestklit A/S)`.
struct SenderName {
    private(set) var person: String?
    private(set) var title: String?
    private(set) var company: String?

    init(_ mailbox: Mailbox?) {
        guard let mailbox, let written = mailbox.name, written.utf8.count <= 200 else { return }
        let name = Self.bare(written)
        guard !name.isEmpty, !name.contains("@") else { return }
        let pieces = Self.pieces(of: name)
        company = pieces.lazy.compactMap(CompanyNames.read).first
        title = pieces.dropFirst().lazy.compactMap { Titles.read($0, besides: nil) }.first
        let people = pieces.lazy.map(Self.turned)
        person =
            people.first { PersonNames.isName(Substring($0)) } ?? (company == nil ? String(pieces.first ?? name) : nil)
        // `Mette Lyngholm (Vestklit)`, where the address has the same name.
        if company == nil, pieces.count > 1, let label = NoteCompany.label(mailbox.address) {
            company = pieces.dropFirst().first { piece in
                piece.split(separator: " ").first.map { NoteCompany.matches($0, label) } ?? false
            }.map { String($0) }
        }
    }

    private static func pieces(of name: Substring) -> [Substring] {
        // Nothing divides most names: no bracket, comma, dash or stroke.
        guard name.utf8.contains(where: { $0 == 0xE2 || "|()[],-/".utf8.contains($0) }) else {
            return [name.trimmedSpaces]
        }
        return name.split { "|()[]".contains($0) }
            .flatMap { $0.split(separator: " - ") }.flatMap { $0.split(separator: " – ") }
            .flatMap { $0.split(separator: " / ") }.flatMap(separated).map(\.trimmedSpaces)
    }

    /// Without quotation marks around it, and without who passed it on: `'Mette Lyngholm' via Info`.
    private static func bare(_ name: String) -> Substring {
        let isPassedOn = name.utf8.contains(octets: " via ".utf8)
        let own = isPassedOn ? name.firstRange(of: " via ").map { name[..<$0.lowerBound] } ?? name[...] : name[...]
        // Most names begin and end with a letter.
        let isBare = own.utf8.first.map(\.isASCIILetter) ?? false && own.utf8.last.map(\.isASCIILetter) ?? false
        return isBare ? own : own.drop { "'\"‘’“”".contains($0) }.trimmedEnd("'\"‘’“”")
    }

    /// `Mette Lyngholm, Vestklit A/S` and `Mette Lyngholm, CFO` in two; `Lyngholm, Mette` stays together.
    private static func separated(_ piece: Substring) -> [Substring] {
        let parts = piece.split(separator: ",").map(\.trimmedSpaces)
        guard parts.count == 2 else { return [piece] }
        let isOther = parts.contains { CompanyNames.read($0) != nil || Titles.read($0, besides: nil) != nil }
        return isOther ? parts : [piece]
    }

    /// `Lyngholm, Mette` in the usual order.
    private static func turned(_ name: Substring) -> String {
        let parts = name.split(separator: ",").map(\.trimmedSpaces)
        if parts.count == 2 { return "\(parts[1]) \(parts[0])" }
        return String(name)
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

extension Substring {
    fileprivate func trimmedEnd(_ characters: String) -> Substring {
        var rest = self
        while let last = rest.last, characters.contains(last) || last.isWhitespace { rest = rest.dropLast() }
        return rest
    }
}
