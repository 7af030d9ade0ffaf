/// A first look at numbers, for most are too short to be anybody's.
extension TextOctets {
    /// How many digits the groups from the index on have together, and where they end, by plain octets alone; `nil` where
    /// they are as many as the limit, or a sign that is none stands by them: that takes a closer look.
    func plainRun(_ start: Int, limit: Int) -> (digits: Int, end: Int)? {
        var (digits, index) = (0, start)
        while digits < limit {
            if self[index] &- 0x30 <= 9 {
                digits += 1
                index += 1
            } else if isPlainSeparator(index), self[index + 1] &- 0x30 <= 9 {
                index += 1
            } else {
                let sign = isPlainSeparator(index) ? self[index + 1] : self[index]
                return Self.isLead(sign) ? nil : (digits, index)
            }
        }
        return nil
    }

    private func isPlainSeparator(_ index: Int) -> Bool {
        switch self[index] {
        case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "/"): index < count
        default: false
        }
    }

    /// What spaces, hyphens, full-width digits and signs that show nothing begin with.
    private static func isLead(_ octet: UInt8) -> Bool { octet == 0xC2 || octet == 0xE2 || octet == 0xEF }

    /// Whether the groups of digits from any place on are together as many as a company number has.
    var holdsLongNumber: Bool {
        var index = nextDigit(from: 0)
        while index < count {
            if isDigit(index) {
                guard let run = plainRun(index, limit: 8) else { return true }
                index = run.end
            } else {
                index += 1
            }
            index = nextDigit(from: index)
        }
        return false
    }

    /// Whether the digits that end at the index may be the country code `45`.
    func endsInCountryCode(_ end: Int) -> Bool {
        self[end - 1] == UInt8(ascii: "5") && self[end - 2] == UInt8(ascii: "4")
    }
}
