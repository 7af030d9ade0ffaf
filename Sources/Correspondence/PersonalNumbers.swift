extension String {
    /// With the last four digits of CPR numbers hidden: a mail that many may read repeats none.
    ///
    /// Six digits that are a day and a month and two of a year, and four more behind a hyphen, a space or nothing.
    var withoutPersonalNumbers: String {
        let octets = Array(utf8)
        var masked: [UInt8] = []
        var index = 0
        while index < octets.count {
            guard let end = Self.personalNumber(at: index, in: octets) else {
                masked.append(octets[index])
                index += 1
                continue
            }
            masked += octets[index..<index + 6] + Array("-xxxx".utf8)
            index = end
        }
        return String(decoding: masked, as: UTF8.self)
    }

    private static func personalNumber(at start: Int, in octets: [UInt8]) -> Int? {
        let isDigit = { (index: Int) in octets.indices.contains(index) && (0x30...0x39).contains(octets[index]) }
        guard isDigit(start), !isDigit(start - 1), (start..<start + 6).allSatisfy(isDigit) else { return nil }
        let two = { (index: Int) in Int(octets[index] - 0x30) * 10 + Int(octets[index + 1] - 0x30) }
        guard (1...31).contains(two(start)), (1...12).contains(two(start + 2)) else { return nil }
        let isApart = start + 6 < octets.count && [UInt8(ascii: "-"), 0x20].contains(octets[start + 6])
        let last = start + (isApart ? 7 : 6)
        guard (last..<last + 4).allSatisfy(isDigit), !isDigit(last + 4) else { return nil }
        return last + 4
    }
}
