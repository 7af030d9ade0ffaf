/// Reads octets from front to back; nothing is read beyond the end.
struct OctetReader {
    private var rest: ArraySlice<UInt8>

    init(_ octets: ArraySlice<UInt8>) { rest = octets }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func next() -> UInt8? { rest.popFirst() }

    /// So many octets; `nil` where there are fewer.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A number of so many octets, the lowest first.
    mutating func number(_ count: Int) -> Int? { take(count).flatMap(LittleEndian.integer) }

    /// Octets behind their number; what there is of them at the end.
    mutating func sized() -> ArraySlice<UInt8>? {
        guard let count = number(4) else { return nil }
        return take(min(count, rest.count))
    }

    /// The same, filled up to a multiple of four.
    mutating func padded() -> ArraySlice<UInt8>? {
        guard let octets = sized() else { return nil }
        _ = take(min(rest.count, (4 - octets.count % 4) % 4))
        return octets
    }
}
