/// Groups of header fields with blank lines between them (RFC 3464 section 2.1).
struct FieldGroups {
    /// Fields of one group that are kept.
    private static let fieldLimit = 200
    /// Octets of one value that are kept.
    private static let valueLimit = 4096

    private(set) var groups: [[HeaderField]] = []

    init(_ octets: [UInt8], limit: Int) {
        var group: [HeaderField] = []
        for line in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            guard groups.count < limit else { return }
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                if !group.isEmpty { groups.append(group) }
                group = []
            } else if line.first == 0x20 || line.first == 0x09 {
                guard let last = group.indices.last, group[last].raw.count < Self.valueLimit else { continue }
                group[last].raw += line.prefix(Self.valueLimit)
            } else if group.count < Self.fieldLimit, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                let value = line[line.index(after: colon)...].prefix(Self.valueLimit)
                group.append(HeaderField(name: Array(line[..<colon].prefix(128)), raw: Array(value)))
            }
        }
        if !group.isEmpty, groups.count < limit { groups.append(group) }
    }
}
