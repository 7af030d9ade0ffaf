/// What BDAT says of its chunk (RFC 3030 section 2).
struct ChunkCommand: Equatable {
    var size: Int
    var isLast: Bool

    init(size: Int, isLast: Bool) {
        self.size = size
        self.isLast = isLast
    }

    /// `nil` for anything but a size and perhaps LAST; where the next command begins is unknown then.
    init?(_ argument: ArraySlice<UInt8>) {
        let words = argument.split(separator: 0x20)
        // 19 digits are more than an `Int` holds at times, and 20 always.
        guard let digits = words.first, words.count <= 2, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let size = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        let isLast = words.count == 2
        guard !isLast || String(decoding: words[1], as: UTF8.self).uppercased() == "LAST" else { return nil }
        self.init(size: size, isLast: isLast)
    }
}
