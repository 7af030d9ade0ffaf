/// Octets that the fields of mail are made of.
enum Octet {
    static let tab = UInt8(ascii: "\t")
    static let lf = UInt8(ascii: "\n")
    static let cr = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")

    static func isBlank(_ octet: UInt8) -> Bool { octet == space || octet == tab }
    static func isWhite(_ octet: UInt8) -> Bool { isBlank(octet) || octet == lf || octet == cr }
    static func isDigit(_ octet: UInt8) -> Bool { octet >= UInt8(ascii: "0") && octet <= UInt8(ascii: "9") }

    static func isLetter(_ octet: UInt8) -> Bool {
        let lower = lowered(octet)
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    static func lowered(_ octet: UInt8) -> UInt8 {
        octet >= UInt8(ascii: "A") && octet <= UInt8(ascii: "Z") ? octet | 0x20 : octet
    }
}

extension Collection<UInt8> {
    /// As text; octets that are no UTF-8 are replaced.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// As text with its ASCII letters in lower case.
    var loweredText: String { String(decoding: map(Octet.lowered), as: UTF8.self) }
}

extension BidirectionalCollection<UInt8> {
    /// Without white space at both ends.
    var trimmed: SubSequence {
        guard let first = firstIndex(where: { !Octet.isWhite($0) }) else { return self[endIndex...] }
        var end = endIndex
        while end > first, Octet.isWhite(self[index(before: end)]) { formIndex(before: &end) }
        return self[first..<end]
    }
}

extension StringProtocol {
    /// Whether this domain is the other or below it; both in lower case.
    func isDomain(within other: some StringProtocol) -> Bool {
        let (own, wide) = (utf8, other.utf8)
        if own.elementsEqual(wide) { return true }
        guard own.count > wide.count + 1, !wide.isEmpty else { return false }
        return own.suffix(wide.count + 1).elementsEqual([UInt8(ascii: ".")] + Array(wide))
    }
}
