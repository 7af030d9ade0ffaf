/// A message as signatures see it: header fields, top first, and the body (RFC 5322 section 2.1).
///
/// A line ends at LF, with or without CR before it, since every reader of mail takes it so: what looks like a second
/// From to a reader must be one here. Reading takes one pass.
struct SignedMessage {
    /// A field as it stands, line ends within and at the end included.
    struct Field {
        /// In lower case, without white space before the colon.
        var name: String
        var octets: ArraySlice<UInt8>
        /// What stands after the colon, the last line end left out.
        var value: ArraySlice<UInt8>
    }

    /// Header octets at most; a longer header is not looked into.
    static let longestHeader = 512 * 1_024

    let fields: [Field]
    let body: ArraySlice<UInt8>
    /// Why nothing can be said for certain of this header, if so.
    let defect: String?

    init(_ message: [UInt8]) {
        var fields: [Field] = []
        var defect: String?
        var start = 0
        var body = message.endIndex
        while start < message.count {
            let end = Self.endOfField(message, start)
            if end > Self.longestHeader {
                defect = "the header has more than \(Self.longestHeader) octets"
                break
            }
            let line = message[start..<end]
            start = end
            if Self.isEmptyLine(line) {
                body = end
                break
            }
            guard let field = Self.field(line) else {
                defect = "a line of the header is no field"
                continue
            }
            fields.append(field)
        }
        self.fields = fields
        self.body = message[body...]
        self.defect = defect
    }

    /// Fields of a name, top first.
    func fields(named name: String) -> [Field] { fields.filter { $0.name == name } }

    /// Where a field ends: behind the first line that no continuation follows.
    private static func endOfField(_ message: [UInt8], _ start: Int) -> Int {
        var position = start
        let bound = min(message.count, longestHeader + 1)
        while position < bound {
            guard let lineEnd = message[position..<bound].firstIndex(of: Octet.lf) else {
                return bound
            }
            let isEmpty = isEmptyLine(message[start...lineEnd])
            position = lineEnd + 1
            if isEmpty || position >= message.count || !Octet.isBlank(message[position]) { return position }
        }
        return bound
    }

    private static func isEmptyLine(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == Octet.lf || (line.count == 2 && line.first == Octet.cr && line.last == Octet.lf)
    }

    private static func field(_ octets: ArraySlice<UInt8>) -> Field? {
        guard let colon = octets.firstIndex(of: Octet.colon) else { return nil }
        var name = octets[..<colon]
        while let last = name.last, Octet.isBlank(last) { name = name.dropLast() }
        guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        var value = octets[(colon + 1)...]
        if value.last == Octet.lf { value = value.dropLast() }
        if value.last == Octet.cr { value = value.dropLast() }
        return Field(name: name.loweredText, octets: octets, value: value)
    }
}
