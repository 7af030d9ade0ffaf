/// Groups of digits with single separators between them.
struct DigitRun {
    private(set) var start: Int
    /// Behind the last digit read.
    private(set) var end: Int
    /// Digits read; more may follow when the run is longer.
    private(set) var digits: [UInt8] = []
    /// How many digits each group has, and the separator in front of it.
    private(set) var groups: [Group] = []
    /// Whether digits follow that were not read: too many for any company number.
    private(set) var isLonger = false

    struct Group: Equatable {
        var length: Int
        var start: Int
        var end: Int
        /// The first octet of the separator in front; that of the first group is a space.
        var separator: UInt8
    }

    private static let limit = 20
    private static let usualGroups = 8

    init(in text: TextOctets, at start: Int) {
        self.start = start
        end = start
        digits.reserveCapacity(Self.limit)
        groups.reserveCapacity(Self.usualGroups)
        var position = start
        var separator = UInt8(ascii: " ")
        while true {
            let (first, known) = (text.behindInvisible(position), digits.count)
            while digits.count < Self.limit, let digit = text.digit(text.behindInvisible(position)) {
                digits.append(digit.octet)
                position = digit.end
            }
            groups.append(Group(length: digits.count - known, start: first, end: position, separator: separator))
            end = position
            guard !text.isDigit(text.behindInvisible(position)) else {
                isLonger = true
                return
            }
            guard let next = text.separatorEnd(position), text.isDigit(text.behindInvisible(next)) else { return }
            separator = text[text.behindInvisible(position)]
            position = next
        }
    }

    private var lengths: [Int] { groups.map(\.length) }

    private static let bareShapes = [[8], [2, 2, 2, 2], [4, 4], [2, 3, 3]]
    private static let yearFirst = [[8], [4, 2, 2], [4, 4]]
    private static let yearLast = [[8], [2, 2, 4], [4, 4]]

    /// The shape that people write a company number in: `24256790`, `24 25 67 90`, `2425 6790`, `24 256 790`.
    var hasBareShape: Bool {
        guard Self.bareShapes.contains(lengths) else { return false }
        return groups.dropFirst(2).allSatisfy { $0.separator == groups[1].separator }
    }

    /// The eight digits that a label binds, also where the text goes on with a postcode or another number.
    func companyNumber(isPrefixedOnly: Bool) -> (digits: [UInt8], end: Int)? {
        var sum = 0
        guard
            let last = groups.firstIndex(where: {
                sum += $0.length
                return sum >= 8
            }), sum == 8
        else { return nil }
        let number = (Array(digits.prefix(8)), groups[last].end)
        if last == groups.count - 1 { return isLonger ? nil : number }
        let next = groups[last + 1]
        let isPostcode = next.length == 4 && last + 2 == groups.count && next.separator != UInt8(ascii: ".")
        guard !isPrefixedOnly else { return last == 0 && isPostcode ? number : nil }
        // `24256790 6950 Town`, `24256790/13748136`; in groups of two or three only a postcode may follow.
        if last == 0 { return next.length >= 8 || (next.length >= 4 && !next.separator.isPunctuation) ? number : nil }
        return isPostcode && groups[0].length == 2 ? number : nil
    }

    /// `+45` and `0045`, alone.
    func isCountryCode(in text: TextOctets) -> Bool {
        digits.elementsEqual("45".utf8) && text[start - 1] == UInt8(ascii: "+") || digits.elementsEqual("0045".utf8)
    }

    /// `20260106`, `2026-01-06`, `24.12.2026`, `2026-2027`, `24.11.26 ` and a time.
    var isDate: Bool {
        let value = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
        let isYear = { (year: Int) in (1900...2100).contains(year) }
        guard digits.count == 8 else { return false }
        let isYearFirst = isYear(value(0..<4)) && (1...12).contains(value(4..<6)) && (1...31).contains(value(6..<8))
        let isYearLast = (1...31).contains(value(0..<2)) && (1...12).contains(value(2..<4)) && isYear(value(4..<8))
        let areYears = lengths == [4, 4] && isYear(value(0..<4)) && isYear(value(4..<8))
        return isYearFirst && Self.yearFirst.contains(lengths) || isYearLast && Self.yearLast.contains(lengths)
            || areYears
    }

    /// `24.256.790`, `242.567,90`, `242567,90`: thousands or hundredths.
    var isWrittenAsAmount: Bool {
        guard groups.count > 1, groups[1].separator.isPunctuation else { return false }
        if groups.count == 2, groups[1].length == 2 { return true }
        guard groups[0].length <= 3 else { return false }
        let middle = groups[1...].dropLast()
        let last = groups[groups.count - 1]
        return middle.allSatisfy { $0.length == 3 } && (last.length == 3 || last.separator != groups[1].separator)
    }
}

extension UInt8 {
    fileprivate var isPunctuation: Bool {
        self == UInt8(ascii: ".") || self == UInt8(ascii: ",") || self == UInt8(ascii: "-") || self == UInt8(ascii: "/")
    }
}

extension TextOctets {
    /// Behind the last digit of the whole run, those that were not read included.
    func end(of run: DigitRun) -> Int {
        var position = run.end
        while true {
            while let digit = digit(behindInvisible(position)) { position = digit.end }
            guard run.isLonger, let next = separatorEnd(position), isDigit(behindInvisible(next)) else {
                return position
            }
            position = next
        }
    }
}
