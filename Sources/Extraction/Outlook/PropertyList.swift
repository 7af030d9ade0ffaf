/// Lists of properties as they stand in a `winmail.dat` (MS-OXTNEF section 2.1.3.4).
enum PropertyList {
    /// The first value of each property; what follows a property that cannot be read is left out.
    static func bag(_ octets: ArraySlice<UInt8>) -> PropertyBag {
        var reader = OctetReader(octets)
        return bag(&reader)
    }

    /// A list for each recipient.
    static func rows(_ octets: ArraySlice<UInt8>) -> [PropertyBag] {
        var reader = OctetReader(octets)
        guard let count = reader.number(4) else { return [] }
        var rows: [PropertyBag] = []
        while rows.count < min(count, 1000), !reader.isAtEnd { rows.append(bag(&reader)) }
        return rows
    }

    private static func bag(_ reader: inout OctetReader) -> PropertyBag {
        var bag = PropertyBag()
        guard let count = reader.number(4) else { return bag }
        for _ in 0..<min(count, 10_000) {
            guard let kind = reader.number(2), let number = reader.number(2),
                number < 0x8000 || passName(&reader), let value = value(of: kind, &reader)
            else { break }
            if number < 0x8000, kind & multiple == 0 {
                bag.set(Array(value), UInt16(number), UInt16(kind))
            }
        }
        return bag
    }

    /// Set in the type of a property with several values.
    private static let multiple = 0x1000

    /// Octets of the values of a type; `nil` for those that say their length themselves.
    private static func width(of kind: Int) -> Int? {
        switch kind {
        // Two octets are filled up to four.
        case 0x0001, 0x0002, 0x0003, 0x0004, 0x000A, 0x000B: 4
        case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040: 8
        case 0x0048: 16
        default: nil
        }
    }

    /// Properties above 0x8000 have a name instead: a number or a text of some program's.
    private static func passName(_ reader: inout OctetReader) -> Bool {
        guard reader.take(16) != nil, let kind = reader.number(4) else { return false }
        return kind == 0 ? reader.take(4) != nil : reader.padded() != nil
    }

    private static func value(of kind: Int, _ reader: inout OctetReader) -> ArraySlice<UInt8>? {
        let isMultiple = kind & multiple != 0
        let width = width(of: kind & ~multiple)
        guard isMultiple || width == nil else { return width.flatMap { reader.take($0) } }
        guard let count = reader.number(4) else { return nil }
        var first: ArraySlice<UInt8>?
        for _ in 0..<count {
            guard let value = width.map({ reader.take($0) }) ?? reader.padded() else { return nil }
            first = first ?? value
        }
        return first ?? []
    }
}
