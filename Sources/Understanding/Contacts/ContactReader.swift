package import Mail

/// Reads who wrote, and for which company, from the sender and the signature; pure.
package enum ContactReader {
    /// What a signature gave.
    package struct Reading: Hashable, Sendable {
        package var contact: Dossier.Contact
        package var company: Dossier.Company
    }

    /// Segments of a signature looked at, at most.
    private static let limit = 60

    package static func read(_ letter: Letter) -> Reading {
        let sender = letter.original.from
        var contact = Dossier.Contact(name: sender?.name, address: sender?.address)
        var company = Dossier.Company()
        let segments = segments(of: letter.signature).prefix(limit)
        for segment in segments {
            if contact.phone == nil, let phone = Phones.read(segment) {
                contact.phone = phone
                contact.fromSignature.insert("phone")
            } else if company.name == nil, CompanyNames.isName(segment) {
                company.name = String(segment)
            } else if company.town == nil, let town = Towns.read(segment) {
                company.town = town
            } else if contact.title == nil, Titles.isTitle(segment) {
                contact.title = String(segment)
                contact.fromSignature.insert("title")
            } else if contact.name == nil, isPersonName(segment) {
                contact.name = String(segment)
                contact.fromSignature.insert("name")
            }
        }
        return Reading(contact: contact, company: company)
    }

    /// Pieces between line ends, bars, commas and dots in the middle, closings left out.
    private static func segments(of signature: String) -> [Substring] {
        signature.split { $0 == "\n" || $0 == "|" || $0 == "," || $0 == "·" || $0 == "•" }
            .map(\.trimmedSpaces)
            .filter { !$0.isEmpty && $0.utf8.count <= 120 }
    }

    private static func isPersonName(_ segment: Substring) -> Bool {
        let words = segment.split(separator: " ")
        return (2...4).contains(words.count) && words.allSatisfy { $0.first?.isUppercase ?? false }
            && !segment.contains { $0.isNumber || $0 == "@" || $0 == ":" }
    }
}

enum Titles {
    /// Words of titles in Danish and English, in lower case; a title holds one of them.
    private static let words = [
        "direktør", "chef", "leder", "konsulent", "indehaver", "ejer", "partner", "koordinator", "sekretær",
        "assistent",
        "bogholder", "controller", "indkøber", "ansvarlig", "rådgiver", "specialist", "ingeniør", "udvikler", "formand",
        "projektleder", "sælger", "ceo", "cfo", "cto", "coo", "cio", "manager", "director", "head of", "owner",
        "founder",
        "officer", "president", "lead", "consultant", "accountant", "assistant", "engineer", "analyst", "vp ",
    ]

    static func isTitle(_ segment: Substring) -> Bool {
        let lower = segment.lowercased()
        return segment.utf8.count <= 60 && !segment.contains { $0.isNumber || $0 == "@" }
            && words.contains(where: lower.contains)
    }
}

enum CompanyNames {
    /// Legal forms that end a company's name.
    private static let forms: Set<String> = [
        "a/s", "as", "aps", "i/s", "k/s", "p/s", "ivs", "a.m.b.a.", "amba", "smba", "s/i", "ltd", "ltd.", "limited",
        "gmbh", "ab",
        "oy", "inc", "inc.", "llc", "b.v.", "bv", "plc", "ag", "sarl", "fmba", "g/s", "f.m.b.a.", "s.m.b.a.",
    ]

    static func isName(_ segment: Substring) -> Bool {
        let words = segment.split(separator: " ")
        guard (2...8).contains(words.count), let last = words.last, let first = words.first?.first else { return false }
        return forms.contains(last.lowercased()) && (first.isUppercase || first.isNumber)
    }
}

enum Towns {
    /// `6950 Ringkøbing`, `DK-6950 Ringkøbing`: a postcode and the town behind it.
    static func read(_ segment: Substring) -> String? {
        let text = segment.lowercased().hasPrefix("dk-") ? segment.dropFirst(3) : segment
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[0].allSatisfy(\.isNumber),
            let first = parts[1].first, first.isUppercase, parts[1].utf8.count <= 40,
            !parts[1].contains(where: \.isNumber)
        else { return nil }
        return String(parts[1])
    }
}

enum Phones {
    private static let labels = [
        "tlf", "tel", "telefon", "mobil", "mobile", "phone", "direkte", "direct", "mob", "t", "m", "+45",
    ]

    /// The number behind a telephone label or a country code, as written.
    static func read(_ segment: Substring) -> String? {
        guard let start = segment.firstIndex(where: { $0.isNumber || $0 == "+" }) else { return nil }
        let label = segment[..<start].lowercased().filter { $0.isLetter }
        guard segment[start] == "+" || labels.contains(label) else { return nil }
        let number = segment[start...].prefix {
            $0.isNumber || $0 == " " || $0 == "+" || $0 == "-" || $0 == "(" || $0 == ")"
        }
        .trimmedSpaces
        return (8...15).contains(number.count(where: \.isNumber)) ? String(number) : nil
    }
}

extension Substring {
    var trimmedSpaces: Substring {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else {
            return ""
        }
        return self[first...last]
    }
}
