/// Valid UTF-8 and what its octets are: digits, letters, separators.
struct TextOctets {
    private let octets: UnsafeBufferPointer<UInt8>

    init(_ octets: UnsafeBufferPointer<UInt8>) { self.octets = octets }

    var count: Int { octets.count }

    subscript(_ index: Int) -> UInt8 { index >= 0 && index < octets.count ? octets[index] : 0x20 }

    func string(_ range: Range<Int>) -> String { String(decoding: octets[range], as: UTF8.self) }

    func isDigit(_ index: Int) -> Bool { (0x30...0x39).contains(self[index]) }

    func isLetter(_ index: Int) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self[index] | 0x20) }

    /// Octets of the character at the index.
    func width(_ index: Int) -> Int {
        switch octets[index] {
        case ..<0xC0: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }

    /// Where the word that begins at the index ends; `nil` when no letter stands there.
    func wordEnd(_ start: Int) -> Int? {
        guard start >= 0 else { return nil }
        var index = start
        while index < octets.count, isPartOfWord(index) { index += width(index) }
        return index > start ? min(index, octets.count) : nil
    }

    /// Letters of any script; Latin-1 signs and general punctuation (no-break and thin spaces, dashes) are none.
    private func isPartOfWord(_ index: Int) -> Bool {
        let octet = octets[index]
        guard octet >= 0x80 else { return isLetter(index) }
        return octet != 0xC2 && !(octet == 0xE2 && (self[index + 1] == 0x80 || self[index + 1] == 0x82))
    }

    /// The octet behind one separator of digits: a space of any kind, a hyphen, `.`, `,` or `/`.
    func separatorEnd(_ index: Int) -> Int? {
        switch self[index] {
        case _ where index >= octets.count: nil
        case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "/"): index + 1
        // U+00A0
        case 0xC2: self[index + 1] == 0xA0 ? index + 2 : nil
        // U+2009, U+202F, and the hyphen that does not break, U+2011
        case 0xE2: self[index + 1] == 0x80 && [0x89, 0xAF, 0x91].contains(self[index + 2]) ? index + 3 : nil
        default: nil
        }
    }

    /// Whether nothing but these octets, spaces of any kind and dashes stand in the range, and at most one line ends.
    func isGap(_ range: Range<Int>, of allowed: [UInt8], atMost limit: Int, lineEnds: Int = 0) -> Bool {
        guard range.count <= limit else { return false }
        var index = range.lowerBound
        var lines = 0
        while index < range.upperBound {
            let octet = octets[index]
            if octet == 0x0A { lines += 1 }
            let isSpace = octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0xC2 || octet == 0xE2
            guard isSpace || allowed.contains(octet), lines <= lineEnds else { return false }
            index += width(index)
        }
        return true
    }

    /// The ASCII letters of a word in lower case, others as they are.
    func lowercased(_ range: Range<Int>) -> [UInt8] {
        octets[range].map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
