/// Words, numbers and marks of a line.
extension LineReader {
    /// Whether a line goes on with what the one before it says: it begins with a small letter.
    func isSmall(_ text: Range<Int>) -> Bool {
        guard let first = text.first else { return false }
        return (0x61...0x7A).contains(octets[first])
            || octets[first] == 0xC3 && first + 1 < octets.count && (0xA0...0xBE).contains(octets[first + 1])
    }

    func isCapital(_ text: Range<Int>) -> Bool { !isSmall(text) }

    /// Words such as `ca.` and `mindst` may stand before it.
    func startsWithNumber(_ text: Range<Int>) -> Bool { number(text).isNumber }

    /// A number and nothing but what measures it.
    func isNumber(_ text: Range<Int>) -> Bool {
        guard text.count <= Self.longest else { return false }
        let (isNumber, rest) = number(text)
        return isNumber
            && rest.allSatisfy { word in
                let isSign = octets[word].allSatisfy { $0 < 0x41 || $0 >= 0xE2 }
                return isSign || Self.units.contains(Folding.fold(octets[withoutPoint(word)]))
            }
    }

    private func number(_ text: Range<Int>) -> (isNumber: Bool, rest: ArraySlice<Range<Int>>) {
        let words = words(text.prefix(Self.longest))
        let rest = words.drop { Hedges.opening.contains(Folding.fold(octets[withoutPoint($0)])) }
        guard words.count - rest.count <= 3, let first = rest.first else { return (false, []) }
        let digits = octets[first].drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "~") }
        return (digits.first.map(Tokenizer.isDigit) ?? false, rest)
    }

    private func withoutPoint(_ word: Range<Int>) -> Range<Int> {
        octets[word.upperBound - 1] == UInt8(ascii: ".") ? word.dropLast() : word
    }

    private static let units: Set = [
        "stk", "styk", "stykker", "pcs", "pr", "per", "om", "i", "a", "måned", "måneden", "md", "mdr", "month", "uge",
        "ugen", "week", "år", "året", "year", "dag", "dagen", "day", "månedligt", "monthly", "ugentligt", "weekly",
        "årligt", "yearly", "dagligt", "daily", "kr", "kroner", "dkk", "til", "to", "og", "and", "x", "tusind",
        "thousand", "personer", "people",
    ]

    // MARK: Octets

    /// Octets of a mark before a list item: `-`, `•`, `1.`, `2)`.
    func mark(_ text: Range<Int>) -> Int {
        let line = octets[text]
        var length = 0
        if let first = line.first, Self.bullets.contains(first) {
            length = 1
        } else if line.starts(with: "•".utf8) || line.starts(with: "–".utf8) {
            length = 3
        } else if line.starts(with: "·".utf8) {
            length = 2
        } else {
            let digits = line.prefix(3).prefix { Tokenizer.isDigit($0) }.count
            guard (1...2).contains(digits), digits < line.count,
                [UInt8(ascii: "."), UInt8(ascii: ")")].contains(line[line.startIndex + digits])
            else { return 0 }
            length = digits + 1
        }
        let start = text.lowerBound + length
        let end = space(behind: start, in: text)
        return end > start ? end - text.lowerBound : 0
    }

    private static let bullets = Set("-*|".utf8)

    func words(_ text: Range<Int>) -> [Range<Int>] {
        octets[text].split { $0 == 0x20 || $0 == 0x09 }.map(\.indices)
    }

    func space(behind index: Int, in text: Range<Int>) -> Int {
        var index = index
        while index < text.upperBound, let length = space(at: index) { index += length }
        return min(index, text.upperBound)
    }

    private func space(at index: Int) -> Int? {
        switch octets[index] {
        case 0x20, 0x09, 0x0D: 1
        case 0xC2 where octets[index...].starts(with: [0xC2, 0xA0]): 2
        default: nil
        }
    }

    func trimmed(_ whole: Range<Int>) -> Range<Int> {
        let start = space(behind: whole.lowerBound, in: whole)
        var end = whole.upperBound
        while end > start, [0x20, 0x09, 0x0D, UInt8(ascii: "|")].contains(octets[end - 1]) { end -= 1 }
        return start..<end
    }
}
