/// Pages of a scan as they were drawn: portable graymaps (netpbm, `P5`), one behind the other.
///
/// They come out of a program that read a stranger's file, so that nothing in them is taken on trust.
struct ScannedPages {
    /// Pages that are read: a form or a certificate has no more.
    static let limit = 3
    /// Dots of the longer side of a page, which are 200 to the inch on paper of A4.
    static let longestSide = 2400
    /// Octets of all that is drawn, one page more than is read among it.
    static let octets = (limit + 1) * (longestSide * longestSide + 64)

    /// Whole pages only, each a file of its own.
    private(set) var pages: [[UInt8]] = []

    init(_ octets: [UInt8]) {
        var rest = octets[...]
        while let size = Self.size(rest), size <= rest.count {
            pages.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
    }

    /// Octets of the page that begins there: `P5`, width, height and 255, a white space, and an octet for each dot.
    private static func size(_ octets: ArraySlice<UInt8>) -> Int? {
        guard octets.starts(with: "P5".utf8) else { return nil }
        var index = octets.startIndex + 2
        var numbers: [Int] = []
        while numbers.count < 3 {
            let digits = octets[index...].drop(while: isSpace).prefix(6)
            let number = digits.prefix { (0x30...0x39).contains($0) }
            guard let value = Int(String(decoding: number, as: UTF8.self)) else { return nil }
            numbers.append(value)
            index = number.endIndex
        }
        guard numbers[2] == 255, index < octets.endIndex, isSpace(octets[index]) else { return nil }
        return index + 1 - octets.startIndex + numbers[0] * numbers[1]
    }

    private static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || (9...13).contains(octet) }
}
