/// Reads telephone numbers.
enum Phones {
    private static let labels: Set<String> = [
        "tlf", "tel", "tlfnr", "telnr", "telefon", "telefonnr", "telefonnummer", "mobil", "mobilnr", "mobiltlf",
        "mobiltelefon", "mobile", "phone", "direkte", "direct", "dir", "mob", "cell", "t", "m", "d", "p", "ph",
        "office",
        "kontor", "hovednummer", "direktetlf", "directphone", "phoneno", "whatsapp", "mobilwhatsapp", "tlfmobil",
        "teldir", "teldirekte", "telmobil", "tlfdir", "tlfdirekte", "cellphone", "mobilephone", "telephone",
        "officephone", "workphone", "mainphone", "landline", "switchboard", "omstilling", "hovedtelefon", "hovedtlf",
        "hovednr", "directline", "directdial", "work", "main", "telno", "mobileno", "direktetelefon", "direktenr",
        "telefonmobil", "☎", "📞", "📱",
    ]

    /// The number behind a telephone's label or a country code, or four pairs of digits alone; as written.
    static func read(_ segment: Substring) -> String? {
        guard let start = segment.firstIndex(where: { isDigit($0) || $0 == "+" }) else { return nil }
        let label = segment[..<start].lowercased().filter { $0.isLetter || $0 == "☎" || $0 == "📞" || $0 == "📱" }
        let written = segment[start...].prefix { isDigit($0) || " \u{A0}\u{202F}+-()./".contains($0) }
        // `(+45) 10 40 50 33` lost its opening bracket.
        // `+44 (0)20` is dialled without the 0 from abroad.
        let number = written.replacing("(0)", with: "").filter { $0 != "(" && $0 != ")" }
            .map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 }
        let digits = number.count(where: isDigit)
        guard
            labels.contains(label)
                || (label.isEmpty && (segment[start] == "+" || segment[start...].hasPrefix("00") || isPairs(segment))),
            (8...15).contains(digits)
        else { return nil }
        return String(Substring(String(number)).trimmedSpaces.trimmed)
    }

    /// The number that a field for it holds; in brackets it may be said once more.
    static func value(_ value: Substring) -> String? {
        read("Tlf. " + (value.first == "(" ? value : value.prefix { $0 != "(" }))
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    /// `10 40 50 33` and nothing else: nobody writes anything but a telephone so.
    private static func isPairs(_ segment: Substring) -> Bool {
        let groups = segment.split { $0 == " " || $0 == "\u{A0}" }
        return groups.count == 4 && groups.allSatisfy { $0.count == 2 && $0.allSatisfy(isDigit) }
    }
}

extension Substring {
    /// Without a sign at the end that belongs to the words behind.
    fileprivate var trimmed: Substring {
        guard let last = lastIndex(where: { $0.isNumber }) else { return "" }
        return self[...last]
    }
}
