/// RTF as Outlook packs it (MS-OXRTFCP): letters, and references to what stood within the last 4,096 of them.
enum CompressedRTF {
    /// What stands before the first letter (section 2.1.2.1); Windows' line ends among it.
    private static let beginning = Array(
        (#"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "#
            + #"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"#
            + "\r\n" + #"\par \pard\plain\f0\fs20\b\i\u\tab\tx"#).utf8)

    /// Octets that it may unpack to.
    private static let limit = 16 << 20

    /// `nil` where it is no such text; of one that is cut off, what is there.
    static func unpack(_ octets: [UInt8]) -> [UInt8]? {
        guard octets.count >= 16 else { return nil }
        let packed = octets[16...]
        // Framed only.
        if octets[8..<12].elementsEqual("MELA".utf8) { return Array(packed) }
        guard octets[8..<12].elementsEqual("LZFu".utf8) else { return nil }
        return expanded(packed)
    }

    private static func expanded(_ packed: ArraySlice<UInt8>) -> [UInt8] {
        var window = beginning + [UInt8](repeating: 0x20, count: 4096 - beginning.count)
        var place = beginning.count
        var text: [UInt8] = []
        var packed = packed
        let write = { (octet: UInt8, text: inout [UInt8]) in
            window[place] = octet
            place = (place + 1) % 4096
            text.append(octet)
        }
        while let control = packed.popFirst(), text.count < limit {
            for bit in 0..<8 {
                guard let first = packed.popFirst() else { return text }
                guard control >> bit & 1 == 1 else {
                    write(first, &text)
                    continue
                }
                guard let second = packed.popFirst() else { return text }
                let start = Int(first) << 4 | Int(second) >> 4
                // A reference to the place itself is the end.
                guard start != place else { return text }
                for step in 0..<Int(second & 15) + 2 { write(window[(start + step) % 4096], &text) }
            }
        }
        return text
    }
}
