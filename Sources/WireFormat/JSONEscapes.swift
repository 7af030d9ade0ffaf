extension [UInt8] {
    /// Appends a text as JSON writes it (RFC 8259 section 7): nothing is escaped that need not be.
    mutating func appendJSON(_ text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { octets in
            var start = 0
            for (index, octet) in octets.enumerated() where octet < 0x20 || octet == 0x22 || octet == 0x5C {
                append(contentsOf: octets[start..<index])
                appendEscape(octet)
                start = index + 1
            }
            append(contentsOf: octets[start...])
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends the name of a member: `messageID` is `message_id`, as words begin with a capital, but for those of capitals
    /// alone.
    mutating func appendJSON(key: String) {
        append(UInt8(ascii: "\""))
        var previous: UInt8?
        var rest = key.utf8[...]
        while let octet = rest.popFirst() {
            let endsCapitals = previous.map { !$0.isCapital || rest.first?.isSmall ?? false } ?? false
            if octet.isCapital, endsCapitals { append(UInt8(ascii: "_")) }
            append(octet.isCapital ? octet | 0x20 : octet)
            previous = octet
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(_ octet: UInt8) {
        append(UInt8(ascii: "\\"))
        switch octet {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case ..<0x20:
            self += "u00\(octet < 0x10 ? "0" : "")\(String(octet, radix: 16))".utf8
        default: append(octet)
        }
    }
}

extension UInt8 {
    fileprivate var isCapital: Bool { (0x41...0x5A).contains(self) }
    fileprivate var isSmall: Bool { (0x61...0x7A).contains(self) }
}
