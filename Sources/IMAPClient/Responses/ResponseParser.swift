/// Reads one response (RFC 3501 section 9); whatever is unknown in it is passed over.
struct ResponseParser {
    /// Lists within lists, at most.
    static let depthLimit = 32

    let raw: RawResponse
    var position = 0
    var nextLiteral = 0

    private init(_ raw: RawResponse) { self.raw = raw }

    static func parse(_ raw: RawResponse) throws(ProtocolFault) -> Response {
        var parser = ResponseParser(raw)
        return try parser.response()
    }

    private mutating func response() throws(ProtocolFault) -> Response {
        if take("+") {
            _ = take(" ")
            return .continuation(String(decoding: rest, as: UTF8.self))
        }
        guard take("* ") else {
            let tag = try atom()
            try expect(" ")
            guard let condition = try condition(), [.ok, .no, .bad].contains(condition.status) else { throw fault }
            return .tagged(tag: tag, condition)
        }
        if let number = takeNumber() { return try numbered(number) }
        if let condition = try condition() { return .condition(condition) }
        return try data(try atom().uppercased())
    }

    private mutating func data(_ name: String) throws(ProtocolFault) -> Response {
        switch name {
        case "CAPABILITY": return .capability(Set(words().map { $0.uppercased() }))
        case "ENABLED": return .enabled(Set(words().map { $0.uppercased() }))
        case "SEARCH": return .search(try numbers())
        case "FLAGS":
            try expect(" ")
            return .flags(try flagList())
        case "LIST", "LSUB": return .list(try listedFolder())
        default: return .other
        }
    }

    private mutating func numbered(_ number: UInt64) throws(ProtocolFault) -> Response {
        guard let number = UInt32(exactly: number) else { throw fault }
        try expect(" ")
        switch try atom().uppercased() {
        case "EXISTS": return .exists(number)
        case "EXPUNGE": return .expunge(number)
        case "FETCH":
            do throws(ProtocolFault) {
                try expect(" ")
                return .fetch(try message(number))
            } catch {
                return .unreadableFetch(error)
            }
        default: return .other
        }
    }

    private mutating func listedFolder() throws(ProtocolFault) -> ListedFolder {
        try expect(" ")
        let attributes = try flagList()
        try expect(" ")
        let delimiter = try nilString()
        try expect(" ")
        let name = rest.first == UInt8(ascii: "\"") || rest.first == RawResponse.mark ? try string() : try astring()
        let character = delimiter.flatMap { $0.count == 1 ? $0.first : nil }
        return ListedFolder(
            attributes: Set(attributes.map { $0.lowercased() }),
            delimiter: character.map { Character(Unicode.Scalar($0)) }, name: name)
    }

    private mutating func numbers() throws(ProtocolFault) -> [UInt32] {
        var numbers: [UInt32] = []
        while take(" ") {
            // `(MODSEQ 123)` may follow the numbers (RFC 7162), and some servers end the line with a space.
            guard let number = takeNumber() else { break }
            guard let number = UInt32(exactly: number) else { throw fault }
            numbers.append(number)
        }
        return numbers
    }
}
