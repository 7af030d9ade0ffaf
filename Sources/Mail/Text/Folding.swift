/// Lower case of UTF-8 text, octet for octet: the result is as long as the text, so places in one are places in the
/// other.
///
/// Covers ASCII, Latin-1, Latin Extended-A and Cyrillic, the scripts that the tables of client formats are written in.
enum Folding {
    static func lower(_ text: some Sequence<UInt8>) -> [UInt8] {
        var folded = Array(text)
        folded.withUnsafeMutableBufferPointer { octets in
            for index in octets.indices {
                let octet = octets[index]
                if octet < 0x80 {
                    if (0x41...0x5A).contains(octet) { octets[index] = octet | 0x20 }
                } else if octet >= 0xC3, index + 1 < octets.count {
                    foldPair(&octets[index], &octets[index + 1])
                }
            }
        }
        return folded
    }

    /// Lower case as text, for a look-up.
    static func text(_ text: some Sequence<UInt8>) -> String {
        String(decoding: lower(text), as: UTF8.self)
    }

    private static func foldPair(_ lead: inout UInt8, _ trail: inout UInt8) {
        switch (lead, trail) {
        case (0xC3, 0x80...0x9E) where trail != 0x97: trail += 0x20
        // Pairs of Latin Extended-A: capital even, small odd, and the other way round in two stretches.
        case (0xC4, 0xB0), (0xC4, 0xB1), (0xC4, 0xB8), (0xC5, 0xB8), (0xC5, 0xBF): break
        case (0xC4, 0xBF): (lead, trail) = (0xC5, 0x80)
        case (0xC4, 0x80...0xB7), (0xC5, 0x8A...0xB7): trail |= 1
        case (0xC4, 0xB9...0xBE), (0xC5, 0x81...0x88), (0xC5, 0xB9...0xBE): trail += trail & 1
        case (0xD0, 0x90...0x9F): trail += 0x20
        case (0xD0, 0xA0...0xAF): (lead, trail) = (0xD1, trail - 0x20)
        case (0xD0, 0x80...0x8F): (lead, trail) = (0xD1, trail + 0x10)
        default: break
        }
    }
}
