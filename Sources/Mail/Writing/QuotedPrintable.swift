/// The transfer encoding of RFC 2045 section 6.7.
enum QuotedPrintable {
    /// Octets of an encoded line, the `=` of a soft line break among them.
    private static let lineLength = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Appends the text in lines of at most 76 octets; any kind of line end becomes CRLF, NUL is left out.
    static func append(_ text: String, to octets: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            var column = 0
            var index = 0
            while index < bytes.count {
                let octet = bytes[index]
                let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
                index += 1
                switch octet {
                case 0x00: continue
                case 0x0D where next == 0x0A && index < bytes.count: continue
                case 0x0D, 0x0A:
                    octets += [0x0D, 0x0A]
                    column = 0
                default:
                    let isLast = next == 0x0A || next == 0x0D
                    let width = isPlain(octet, isLast: isLast) ? 1 : 3
                    if column + width > lineLength - 1 {
                        octets += [UInt8(ascii: "="), 0x0D, 0x0A]
                        column = 0
                    }
                    if width == 3 || column == 0 && isRisky(bytes[(index - 1)...]) {
                        octets += [UInt8(ascii: "="), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
                        column += 3
                    } else {
                        octets.append(octet)
                        column += 1
                    }
                }
            }
        }
    }

    /// White space at the end of a line does not survive every relay.
    private static func isPlain(_ octet: UInt8, isLast: Bool) -> Bool {
        switch octet {
        case 0x20, 0x09: !isLast
        case UInt8(ascii: "="): false
        default: octet > 0x20 && octet < 0x7F
        }
    }

    /// A dot at the start of a line would be doubled on the way, a `From ` there quoted by mbox files.
    private static func isRisky(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        rest.first == UInt8(ascii: ".") || rest.starts(with: "From ".utf8)
    }
}
