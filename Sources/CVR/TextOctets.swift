/// Valid UTF-8 and what its octets are: digits, letters, separators.
struct TextOctets {
    private let octets: UnsafeBufferPointer<UInt8>

    init(_ octets: UnsafeBufferPointer<UInt8>) { self.octets = octets }

    var count: Int { octets.count }

    subscript(_ index: Int) -> UInt8 { index >= 0 && index < octets.count ? octets[index] : 0x20 }

    func string(_ range: Range<Int>) -> String { String(decoding: octets[range], as: UTF8.self) }

    /// The digit at the index as its ASCII octet, and where it ends: also a full-width one (U+FF10 to U+FF19).
    func digit(_ index: Int) -> (octet: UInt8, end: Int)? {
        let octet = self[index]
        if (0x30...0x39).contains(octet) { return (octet, index + 1) }
        guard octet == 0xEF, self[index + 1] == 0xBC, (0x90...0x99).contains(self[index + 2]) else { return nil }
        return (self[index + 2] - 0x60, index + 3)
    }

    func isDigit(_ index: Int) -> Bool { digit(index) != nil }

    /// Where the next octet stands that a digit may begin with; most of a text has none.
    func nextDigit(from index: Int) -> Int {
        var index = index
        while index < octets.count, octets[index] &- 0x30 > 9, octets[index] != 0xEF { index += 1 }
        return index
    }

    /// Behind what shows nothing, from the index on: zero-width signs, joiners and soft hyphens that text is split by.
    func behindInvisible(_ index: Int) -> Int {
        var index = index
        while let width = invisibleWidth(index) { index += width }
        return index
    }

    private func invisibleWidth(_ index: Int) -> Int? {
        switch (self[index], self[index + 1], self[index + 2]) {
        case (0xC2, 0xAD, _): 2
        case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): 3
        default: nil
        }
    }

    /// Before what shows nothing, up to the index.
    private func beforeInvisible(_ index: Int) -> Int {
        var index = index
        while self[index - 1] >= 0x80 {
            if invisibleWidth(index - 2) == 2 {
                index -= 2
            } else if invisibleWidth(index - 3) == 3 {
                index -= 3
            } else {
                break
            }
        }
        return index
    }

    /// Whether a digit ends at the index, what shows nothing left out.
    func isDigitBefore(_ index: Int) -> Bool {
        let end = beforeInvisible(index)
        return isDigit(end - 1) || end >= 3 && digit(end - 3)?.end == end
    }

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

    /// Letters of any script; Latin-1 signs, general punctuation (no-break and thin spaces, dashes) and full-width digits
    /// and signs are none.
    private func isPartOfWord(_ index: Int) -> Bool {
        let octet = octets[index]
        guard octet >= 0x80 else { return isLetter(index) }
        let next = self[index + 1]
        return octet != 0xC2 && !(octet == 0xE2 && (0x80...0x82).contains(next))
            && !(octet == 0xEF && (next == 0xBB || next == 0xBC && self[index + 2] <= 0xA0))
    }

    /// The octet behind one separator of digits: a space of any kind, a hyphen, `.`, `,` or `/`.
    func separatorEnd(_ index: Int) -> Int? {
        let index = behindInvisible(index)
        switch self[index] {
        case _ where index >= octets.count: return nil
        case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "/"): return index + 1
        // U+00A0
        case 0xC2: return self[index + 1] == 0xA0 ? index + 2 : nil
        default: return wideSpaceEnd(index) ?? hyphenEnd(index)
        }
    }

    /// Behind a space of U+2000 to U+200A, or U+202F.
    func wideSpaceEnd(_ index: Int) -> Int? {
        guard self[index] == 0xE2, self[index + 1] == 0x80 else { return nil }
        return (0x80...0x8A).contains(self[index + 2]) || self[index + 2] == 0xAF ? index + 3 : nil
    }

    /// Behind a hyphen or dash: `-`, or U+2010 to U+2013.
    func hyphenEnd(_ index: Int) -> Int? {
        if self[index] == UInt8(ascii: "-") { return index + 1 }
        guard self[index] == 0xE2, self[index + 1] == 0x80 else { return nil }
        return (0x90...0x93).contains(self[index + 2]) ? index + 3 : nil
    }

    /// Whether nothing but these octets, spaces of any kind and dashes stand in the range, and at most one line ends.
    func isGap(_ range: Range<Int>, of allowed: [UInt8], atMost limit: Int, lineEnds: Int = 0) -> Bool {
        guard range.count <= limit else { return false }
        var index = range.lowerBound
        var lines = 0
        while index < range.upperBound {
            let octet = octets[index]
            if octet == 0x0A { lines += 1 }
            let isSpace =
                octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0xC2 || octet == 0xE2 || octet == 0xEF
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
