/// What takes the library more time or stack than the length of the octets allows, made harmless before it reads them.
///
/// It looks for the end of every `=?`, whichever field it stands in, up to the end of the field: a field of `=?utf-8?Q?a`
/// without an end takes the square of its length. And it compares each line that begins with `--` with every boundary
/// that is open, and keeps an object of each part. Sound mail is nowhere near these limits and stays as it is.
enum LibraryTraps {
    /// The octets without what is harmful, and what that was; `nil` when, as in sound mail, there is nothing.
    ///
    /// Each trap is looked for once, whatever the others left: blanking takes away, and adds to none of them.
    static func disarmed(_ octets: [UInt8]) -> (octets: [UInt8], faults: [String])? {
        var octets = octets
        var faults: [String] = []
        for (fault, surplus) in traps {
            let places = octets.withUnsafeBufferPointer(surplus)
            guard !places.isEmpty else { continue }
            for place in places { octets[place] = 0x20 }
            faults.append(fault)
        }
        return faults.isEmpty ? nil : (octets, faults)
    }

    /// What each is called, and where its octets stand that are to be blanked out.
    private static let traps: [(fault: String, surplus: @Sendable (UnsafeBufferPointer<UInt8>) -> [Int])] = [
        ("groups within groups of addresses", { NestedGroups.surplus($0) }),
        ("a field with too many parameters", { ManyParameters.surplus($0) }),
        ("encoded words without an end", { OpenWords.surplus($0) }),
        ("more multiparts than can be told apart", { OpenMultiparts.surplus($0) }),
        ("more than \(ManyParts.limit) parts", { ManyParts.surplus($0) }),
    ]
}

/// Beginnings of encoded words (RFC 2047) whose end is not near.
enum OpenWords {
    /// Such beginnings that are left to the library, in each field.
    private static let limit = 100
    /// Octets within which an encoded word ends; 75 are allowed.
    private static let reach = 1000

    /// Where the `=` of those beyond the limit stand; lines that are of no field stay as they are.
    static func surplus(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        // Sound mail has not so many in all.
        guard count(octets) > limit else { return [] }
        var places: [Int] = []
        FieldMarks.forEach(octets, where: isNamed) { field in surplus(octets, in: field, &places) }
        return places
    }

    private static func count(_ octets: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var index = 0
        while count <= limit, index < octets.count {
            index = OctetSearch.first(UInt8(ascii: "="), UInt8(ascii: "?"), in: octets, from: index) + 1
            if index < octets.count { count += 1 }
        }
        return count
    }

    /// From the end to the beginning: blanking the `=` of one takes its end from the word before it.
    private static func surplus(_ octets: UnsafeBufferPointer<UInt8>, in field: Range<Int>, _ places: inout [Int]) {
        var ends = (near: Int.max, far: Int.max)
        var open = 0
        var blanked = Int.max
        for index in field.dropLast().reversed() {
            switch (octets[index], octets[index + 1]) {
            case (UInt8(ascii: "?"), UInt8(ascii: "=")) where index + 1 != blanked: ends = (index, ends.near)
            case (UInt8(ascii: "="), UInt8(ascii: "?")):
                // The end of `=?=` is none of its own.
                let end = ends.near == index + 1 ? ends.far : ends.near
                guard end == Int.max || end - index > reach else { continue }
                open += 1
                guard open > limit else { continue }
                places.append(index)
                blanked = index
            default: break
            }
        }
    }

    /// Whether a line begins with the name of a field (RFC 5322 section 2.2).
    private static func isNamed(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let end = line.prefix(1000).firstIndex(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: ":") })
        else { return false }
        return end > line.startIndex && line[end...].first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ":")
    }
}

/// Multiparts that may all be open at once, over many lines that may be boundaries.
enum OpenMultiparts {
    /// Multiparts that are left to the library where there are too many.
    private static let limit = 50
    /// Comparisons of a line with a boundary: a fraction of a second.
    private static let comparisons = 20_000_000
    private static let field = Array("content-type:".utf8)
    private static let type = Array("multipart/".utf8)

    /// Where the `/` of the types of those beyond the limit stand.
    static func surplus(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        var lines = 0
        var places: [Int] = []
        var start = 0
        while start + 1 < octets.count {
            if octets[start] == UInt8(ascii: "-"), octets[start + 1] == UInt8(ascii: "-") { lines += 1 }
            if octets[start] | 0x20 == field[0], let place = slash(octets, from: start) { places.append(place) }
            start = OctetSearch.lineEnd(octets, from: start)
        }
        guard places.count > limit, lines > comparisons / places.count else { return [] }
        return Array(places.dropFirst(limit))
    }

    /// The `/` of a field `Content-Type: multipart/…` that begins at a place, the type on the next line maybe.
    private static func slash(_ octets: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        for expected in field {
            guard index < octets.count, octets[index] | 0x20 == expected | 0x20 else { return nil }
            index += 1
        }
        while index < octets.count, octets[index] <= 0x20 { index += 1 }
        for expected in type {
            guard index < octets.count, octets[index] | 0x20 == expected | 0x20 else { return nil }
            index += 1
        }
        return index - 1
    }
}
