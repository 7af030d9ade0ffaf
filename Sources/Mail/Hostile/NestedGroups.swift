import Foundation

/// Groups within groups of an address field, which mail does not have (RFC 5322 section 3.4) but the library reads.
///
/// It does so by recursion without a bound, so that `To: a:a:a:…` would take the whole stack and end the process.
enum NestedGroups {
    /// Colons of a field that are left to it: a group has one, and so may names and address literals.
    private static let limit = 100

    /// Fields that the library reads addresses of, in attached mails too.
    private static let fields = ["from", "to", "cc", "bcc", "sender", "reply-to", "resent-from"].map { Array($0.utf8) }

    /// The octets with the colons beyond the limit blanked out; `nil` when, as in sound mail, there are none.
    static func blanked(_ octets: [UInt8]) -> [UInt8]? {
        let places = octets.withUnsafeBufferPointer(surplus)
        guard !places.isEmpty else { return nil }
        var octets = octets
        for place in places { octets[place] = 0x20 }
        return octets
    }

    /// Where the colons beyond the limit stand; every line may begin a field, as a mail may be attached anywhere.
    private static func surplus(_ octets: UnsafeBufferPointer<UInt8>) -> [Int] {
        var places: [Int] = []
        var start = 0
        while start < octets.count {
            var end = OctetSearch.lineEnd(octets, from: start)
            guard isAddressField(octets[start..<end]) else {
                start = end
                continue
            }
            while end < octets.count, octets[end] == 0x20 || octets[end] == 0x09 {
                end = OctetSearch.lineEnd(octets, from: end)
            }
            let colons = (start..<end).lazy.filter { octets[$0] == UInt8(ascii: ":") }
            places += colons.dropFirst(limit)
            start = end
        }
        return places
    }

    private static func isAddressField(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        fields.contains { name in
            guard let first = line.first, first | 0x20 == name[0], line.count > name.count,
                zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
            else { return false }
            return line.dropFirst(name.count).first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ":")
        }
    }
}
