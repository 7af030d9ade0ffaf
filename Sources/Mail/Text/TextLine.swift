import Glibc

/// A line of text: its UTF-8 octets without the line end.
///
/// All reading of text works on lines that share one buffer; text is put together once, at the end.
package struct TextLine {
    /// What the structure of HTML says of the line.
    package enum Mark: Sendable, Equatable {
        case none
        /// A quotation or a forwarded mail begins here.
        case quotation
        case signature
        /// It ends with so many octets in a colour, or is all of them; so narrow that lines take no more memory by it.
        case tinted(Tint, tail: Int32)
    }

    var octets: ArraySlice<UInt8>
    var mark = Mark.none

    /// The lines of a text whose lines end with `\n`.
    package static func lines(of text: [UInt8]) -> [TextLine] {
        var lines: [TextLine] = []
        lines.reserveCapacity(text.count / 40 + 1)
        var start = 0
        while let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(TextLine(octets: text[start..<end]))
            start = end + 1
        }
        lines.append(TextLine(octets: text[start...]))
        return lines
    }

    var isBlank: Bool { octets.trimmingSpaces.isEmpty }

    /// Whether it is set off with `>`, or with `JH>` as some clients name whom they quote.
    var isQuotation: Bool {
        guard let start = octets.firstIndex(where: { $0 != 0x20 }) else { return false }
        return octets[start] == Self.quote || initials(at: start) > 0
    }

    /// Without all `>` in front.
    var unquoted: TextLine {
        let rest = octets.drop { $0 == Self.quote || $0 == 0x20 }
        let count = initials(at: rest.startIndex)
        guard count > 0 else { return TextLine(octets: rest, mark: mark) }
        return TextLine(octets: rest.dropFirst(count).drop { $0 == Self.quote || $0 == 0x20 }, mark: mark)
    }

    /// Without one `>` and the space behind it.
    var unquotedOnce: TextLine {
        guard isQuotation else { return self }
        let start = octets.drop { $0 == 0x20 }
        let rest = start.dropFirst(initials(at: start.startIndex) + 1)
        return TextLine(octets: rest.first == 0x20 ? rest.dropFirst() : rest, mark: mark)
    }

    private static let quote = UInt8(ascii: ">")

    /// How many capitals, at most three, stand right before a `>` that is no comparison: a space follows, or another one.
    private func initials(at start: Int) -> Int {
        guard start < octets.endIndex, (0x41...0x5A).contains(octets[start]) else { return 0 }
        let count = octets[start...].prefix(4).prefix { (0x41...0x5A).contains($0) }.count
        guard count < 4, start + count < octets.endIndex, octets[start + count] == Self.quote else { return 0 }
        let next = octets.dropFirst(start + count + 1 - octets.startIndex).first ?? 0x20
        return next == 0x20 || next == Self.quote ? count : 0
    }
}

extension Collection<TextLine> where Self: BidirectionalCollection {
    /// One text without blank lines at either end and without spaces at the end of lines.
    package var joinedText: String { String(decoding: joinedOctets, as: UTF8.self) }

    /// The same as octets.
    package var joinedOctets: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(reduce(0) { $0 + $1.octets.count + 1 })
        var blankLines = 0
        for line in self {
            let octets = line.octets.trimmingSpacesAtEnd
            guard !octets.isEmpty else {
                blankLines += 1
                continue
            }
            if !text.isEmpty {
                text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: blankLines + 1))
            }
            blankLines = 0
            text.append(contentsOf: octets)
        }
        return text
    }
}

extension ArraySlice<UInt8> {
    /// Without white space at either end; a no-break space is one.
    var trimmingSpaces: ArraySlice<UInt8> {
        let end = spacesStart
        var start = startIndex
        while start < end {
            if self[start].isSpace {
                start += 1
            } else if self[start] == 0xC2, start + 1 < end, self[start + 1] == 0xA0 {
                start += 2
            } else {
                break
            }
        }
        return self[start..<end]
    }

    var trimmingSpacesAtEnd: ArraySlice<UInt8> { self[..<spacesStart] }

    /// Where the white space at the end begins; no slices are made on the way, as every line is asked several times.
    private var spacesStart: Int {
        var end = endIndex
        while end > startIndex {
            if self[end - 1].isSpace {
                end -= 1
            } else if self[end - 1] == 0xA0, end - 1 > startIndex, self[end - 2] == 0xC2 {
                end -= 2
            } else {
                break
            }
        }
        return end
    }

    /// Without the given ASCII octets and spaces at either end.
    func trimming(_ characters: StaticString) -> ArraySlice<UInt8> {
        let isTrimmed = { (octet: UInt8) in
            octet == 0x20
                || (0..<characters.utf8CodeUnitCount).contains { characters.utf8Start[$0] == octet }
        }
        var slice = trimmingSpaces
        while let first = slice.first, isTrimmed(first) { slice = slice.dropFirst() }
        while let last = slice.last, isTrimmed(last) { slice = slice.dropLast() }
        return slice.trimmingSpaces
    }

    var string: String { String(decoding: self, as: UTF8.self) }
}

extension Collection<UInt8> {
    /// Whether the octets occur in this order, next to each other.
    package func contains(octets needle: some Collection<UInt8>) -> Bool {
        // What lies in one piece, as nearly all does, is searched by the system's library.
        let found = withContiguousStorageIfAvailable { octets in
            needle.withContiguousStorageIfAvailable { octets.holds($0) }
        }
        if let found, let found { return found }
        guard let first = needle.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: needle) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func holds(_ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let wanted = needle.baseAddress, let first = needle.first else { return true }
        var index = OctetSearch.first(first, in: self, from: 0)
        while index + needle.count <= count, let start = baseAddress {
            if memcmp(start + index, wanted, needle.count) == 0 { return true }
            index = OctetSearch.first(first, in: self, from: index + 1)
        }
        return false
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (9...13).contains(self) }
}
