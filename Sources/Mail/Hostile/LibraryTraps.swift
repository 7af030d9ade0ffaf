/// What takes the library more time or stack than the length of the octets allows, made harmless before it reads them.
///
/// It looks for the end of every `=?`, whichever field it stands in, up to the end of the field: a field of `=?utf-8?Q?a`
/// without an end takes the square of its length. And it compares each line that begins with `--` with every boundary
/// that is open. Sound mail is nowhere near these limits and stays as it is.
enum LibraryTraps {
    /// The octets without what is harmful, and what that was; `nil` when, as in sound mail, there is nothing.
    static func disarmed(_ octets: [UInt8]) -> (octets: [UInt8], fault: String)? {
        for (fault, surplus) in traps {
            let places = octets.withUnsafeBufferPointer(surplus)
            guard !places.isEmpty else { continue }
            var octets = octets
            for place in places { octets[place] = 0x20 }
            return (octets, fault)
        }
        return nil
    }

    /// What each is called, and where its octets stand that are to be blanked out.
    private static let traps: [(fault: String, surplus: @Sendable (UnsafeBufferPointer<UInt8>) -> [Int])] = [
        ("groups within groups of addresses", { NestedGroups.surplus($0) }),
        ("a field with too many parameters", { ManyParameters.surplus($0) }),
        ("encoded words without an end", { OpenWords.surplus($0) }),
        ("more multiparts than can be told apart", { OpenMultiparts.surplus($0) }),
    ]
}

/// Beginnings of encoded words (RFC 2047) whose end is not near.
enum OpenWords {
    /// Such beginnings that are left to the library.
    private static let limit = 100
    /// Octets within which an encoded word ends; 75 are allowed.
    private static let reach = 1000

    /// Where the `=` of those beyond the limit stand.
    static func surplus(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        var places: [Int] = []
        var open = 0
        var end = OctetSearch.first(UInt8(ascii: "?"), UInt8(ascii: "="), in: octets, from: 0)
        var start = OctetSearch.first(UInt8(ascii: "="), UInt8(ascii: "?"), in: octets, from: 0)
        while start < octets.count {
            while end < start + 2, end < octets.count {
                end = OctetSearch.first(UInt8(ascii: "?"), UInt8(ascii: "="), in: octets, from: end + 1)
            }
            if end - start > reach || end == octets.count {
                open += 1
                if open > limit { places.append(start) }
            }
            start = OctetSearch.first(UInt8(ascii: "="), UInt8(ascii: "?"), in: octets, from: start + 1)
        }
        return places
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
