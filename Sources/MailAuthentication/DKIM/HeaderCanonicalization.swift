/// How octets are made comparable before they are signed (RFC 6376 section 3.4).
enum Canonicalization: String, Hashable, Sendable {
    case simple
    case relaxed
}

extension Canonicalization {
    /// A header field with its line end.
    func header(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .simple: Self.withProperLineEnds(octets)
        case .relaxed: Self.relaxedHeader(octets)
        }
    }

    private static func withProperLineEnds(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        var written: [UInt8] = []
        written.reserveCapacity(octets.count + 2)
        for octet in octets {
            if octet == Octet.lf, written.last != Octet.cr { written.append(Octet.cr) }
            written.append(octet)
        }
        if !written.suffix(2).elementsEqual([Octet.cr, Octet.lf]) { written += [Octet.cr, Octet.lf] }
        return written
    }

    /// Name in lower case, unfolded, runs of white space as one space, none around the colon and at the end.
    private static func relaxedHeader(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        var written: [UInt8] = []
        written.reserveCapacity(octets.count + 2)
        var isName = true
        var isAtStart = false
        var owesSpace = false
        for octet in unfolded(octets) {
            if Octet.isBlank(octet) {
                owesSpace = true
                continue
            }
            if isName, octet == Octet.colon {
                isName = false
                isAtStart = true
                owesSpace = false
                written.append(octet)
                continue
            }
            if owesSpace, !isAtStart { written.append(Octet.space) }
            owesSpace = false
            isAtStart = false
            written.append(isName ? Octet.lowered(octet) : octet)
        }
        return written + [Octet.cr, Octet.lf]
    }

    private static func unfolded(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        var written: [UInt8] = []
        written.reserveCapacity(octets.count)
        for octet in octets {
            if octet == Octet.lf {
                if written.last == Octet.cr { written.removeLast() }
            } else {
                written.append(octet)
            }
        }
        return written
    }
}
