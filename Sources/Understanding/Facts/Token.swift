/// A word, a number or a sign in a text, and where it stands.
struct Token: Sendable {
    /// In UTF-8 octets.
    var start: Int
    var end: Int
    /// Folded; empty for a mail address or a URL, whose words mean nothing.
    var word: String
    /// The number in thousandths, when digits stand there.
    var thousandths: Int?
    /// The day, when one is written in digits.
    var date: WrittenDate?
    var sentence: Int
    var clause: Int
}

/// Letters without their case, octet by octet, so that places stay what they are.
enum Folding {
    /// ASCII and the Latin letters of U+00C0 to U+00DE (æ, ø, å, ö, …); others stay as they are.
    ///
    /// A soft hyphen within a word is left out, a curved apostrophe is a plain one.
    static func fold(_ octets: ArraySlice<UInt8>) -> String {
        String(unsafeUninitializedCapacity: octets.count) { buffer in
            var count = 0
            var index = octets.startIndex
            while index < octets.endIndex {
                let octet = octets[index]
                index += 1
                let next = index < octets.endIndex ? octets[index] : 0
                switch octet {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): buffer[count] = octet | 0x20
                case 0xC2 where next == 0xAD:
                    index += 1
                    continue
                case 0xC3 where (0x80...0x9E).contains(next) && next != 0x97:
                    index += 1
                    buffer[count] = octet
                    count += 1
                    buffer[count] = next | 0x20
                case 0xE2 where octets[(index - 1)...].starts(with: [0xE2, 0x80, 0x99]):
                    index += 2
                    buffer[count] = UInt8(ascii: "'")
                default: buffer[count] = octet
                }
                count += 1
            }
            return count
        }
    }

    static func fold(_ text: some StringProtocol) -> String { fold(Array(text.utf8)[...]) }
}
