/// The header of a mail, cut to its bounds before anything is made of it: a field of 50 MB would be copied several times.
///
/// Octets before the header that belong to none go too: a byte order mark, blank lines. A mail whose lines end with CR
/// alone gets line ends.
struct HeaderBounds {
    /// Octets of one field that the library sees; longer than what is kept of it, so that the lists of recipients that
    /// are read can be long.
    static let fieldLimit = 256 << 10
    /// Fields that the library sees.
    static let fieldCount = 10_000
    static let longField = "a header field longer than \(fieldLimit) octets"
    static let manyFields = "more than \(fieldCount) header fields"

    /// The mail as it is to be read, `nil` when it is as it came.
    private(set) var octets: [UInt8]?
    private(set) var faults: [String] = []

    init(_ mail: [UInt8]) {
        let hasLines = mail.withUnsafeBufferPointer { OctetSearch.first(0x0A, in: $0, from: 0) < $0.count }
        if !hasLines, mail.contains(0x0D) {
            octets = mail.map { $0 == 0x0D ? 0x0A : $0 }
            faults.append("lines that end with CR alone")
        }
        let start = Self.start(of: octets ?? mail)
        if start > 0 { octets = Array((octets ?? mail)[start...]) }
        cut(octets ?? mail)
    }

    /// Where the header begins.
    private static func start(of mail: [UInt8]) -> Int {
        var start = mail.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < mail.count, mail[start] == 0x0D || mail[start] == 0x0A { start += 1 }
        return start
    }

    private mutating func cut(_ mail: [UInt8]) {
        var kept: [Range<Int>] = []
        let isWhole = mail.withUnsafeBufferPointer { mail in
            var start = 0
            var fields = 0
            var isWhole = true
            while start < mail.count, mail[start] != 0x0A, mail[start] != 0x0D {
                var end = OctetSearch.lineEnd(mail, from: start)
                while end < mail.count, mail[end] == 0x20 || mail[end] == 0x09 {
                    end = OctetSearch.lineEnd(mail, from: end)
                }
                fields += 1
                if fields > Self.fieldCount {
                    isWhole = false
                    note(Self.manyFields)
                } else if end - start > Self.fieldLimit {
                    isWhole = false
                    note(Self.longField)
                    // Not in the middle of an address, which would be another one.
                    let cut = start + Self.fieldLimit
                    kept.append(start..<(mail[..<cut].suffix(1000).lastIndex(of: UInt8(ascii: ",")) ?? cut))
                } else {
                    kept.append(start..<end)
                }
                start = end
            }
            kept.append(start..<mail.count)
            return isWhole
        }
        guard !isWhole else { return }
        var cut: [UInt8] = []
        for range in kept {
            cut += mail[range]
            if cut.last != 0x0A, range.upperBound < mail.count { cut.append(0x0A) }
        }
        octets = cut
    }

    private mutating func note(_ fault: String) {
        if !faults.contains(fault) { faults.append(fault) }
    }
}
