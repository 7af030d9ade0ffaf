/// Groups within groups of an address field, which mail does not have (RFC 5322 section 3.4) but the library reads.
///
/// It does so by recursion without a bound, so that `To: a:a:a:…` would take the whole stack and end the process.
enum NestedGroups {
    /// Fields that the library reads addresses of, in attached mails too.
    private static let fields = ["from", "to", "cc", "bcc", "sender", "reply-to", "resent-from"].map { Array($0.utf8) }

    /// Where the colons beyond the limit stand: a group has one, and so may names and address literals.
    static func surplus(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        FieldMarks.surplus(octets, mark: UInt8(ascii: ":"), limit: 100, of: fields)
    }
}

/// Parameters of a field without a number: the library compares each with all before it, to warn of two that say
/// different things.
enum ManyParameters {
    private static let fields = ["content-type", "content-disposition"].map { Array($0.utf8) }

    /// Where the semicolons beyond the limit stand.
    static func surplus(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        FieldMarks.surplus(octets, mark: UInt8(ascii: ";"), limit: 300, of: fields)
    }
}

/// Looks for a character that a field has too often.
enum FieldMarks {
    /// Where those beyond the limit stand.
    static func surplus(
        _ octets: UnsafeBufferPointer<UInt8>, mark: UInt8, limit: Int, of fields: [[UInt8]]
    ) -> [Int] {
        var places: [Int] = []
        forEach(octets, where: { isField($0, of: fields) }) { field in
            let marks = field.lazy.filter { octets[$0] == mark }
            places += marks.dropFirst(limit)
        }
        return places
    }

    /// Goes through the fields whose first line is meant, to the end of their last; every line may begin one, as a mail may
    /// be attached anywhere.
    static func forEach(
        _ octets: UnsafeBufferPointer<UInt8>, where isMeant: (Slice<UnsafeBufferPointer<UInt8>>) -> Bool,
        _ body: (Range<Int>) -> Void
    ) {
        var start = 0
        while start < octets.count {
            var end = OctetSearch.lineEnd(octets, from: start)
            guard isMeant(octets[start..<end]) else {
                start = end
                continue
            }
            while end < octets.count, octets[end] == 0x20 || octets[end] == 0x09 {
                end = OctetSearch.lineEnd(octets, from: end)
            }
            body(start..<end)
            start = end
        }
    }

    private static func isField(_ line: Slice<UnsafeBufferPointer<UInt8>>, of fields: [[UInt8]]) -> Bool {
        fields.contains { name in
            guard let first = line.first, first | 0x20 == name[0], line.count > name.count,
                zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
            else { return false }
            return line.dropFirst(name.count).first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ":")
        }
    }
}
