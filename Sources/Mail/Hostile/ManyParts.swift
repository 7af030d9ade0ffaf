/// Parts far beyond those that are read (``ReadingOptions/Limits/parts``): the library makes an object of each, which takes
/// a hundred times the octets of an empty one.
enum ManyParts {
    /// Parts that are left to the library.
    static let limit = 10_000
    /// Octets of a boundary at most; 70 are allowed (RFC 2046 section 5.1.1).
    private static let longest = 200

    /// Where the first `-` of the boundaries beyond the limit stands: what they would begin belongs to the part above.
    static func surplus(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        let lines = marked(octets)
        guard lines.count > limit else { return [] }
        let boundaries = boundaries(octets)
        let parts = lines.filter { boundaries.contains(word(octets, from: $0 + 2)) }
        return Array(parts.dropFirst(limit))
    }

    /// Where lines begin with `--`.
    private static func marked(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        var lines: [Int] = []
        var start = 0
        while start + 1 < octets.count {
            if octets[start] == UInt8(ascii: "-"), octets[start + 1] == UInt8(ascii: "-") { lines.append(start) }
            start = OctetSearch.lineEnd(octets, from: start)
        }
        return lines
    }

    /// What stands behind each `boundary=`, without quotation marks.
    private static func boundaries(_ octets: UnsafeBufferPointer<UInt8>) -> Set<[UInt8]> {
        let name = Array("boundary".utf8)
        var boundaries: Set<[UInt8]> = []
        var index = OctetSearch.first(UInt8(ascii: "="), in: octets, from: 0)
        while index < octets.count {
            if index >= name.count, zip(octets[(index - name.count)..<index], name).allSatisfy({ $0 | 0x20 == $1 }) {
                boundaries.insert(word(octets, from: index + 1))
            }
            index = OctetSearch.first(UInt8(ascii: "="), in: octets, from: index + 1)
        }
        return boundaries
    }

    private static func word(_ octets: UnsafeBufferPointer<UInt8>, from start: Int) -> [UInt8] {
        octets[min(start, octets.count)...].prefix(longest).drop { $0 == UInt8(ascii: "\"") }
            .prefix { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ";") }.map { $0 }
    }
}
