import WireFormat

/// Reads one response (RFC 3501 section 9); whatever is unknown in it is passed over.
struct ResponseParser {
    /// Lists within lists, at most.
    static let depthLimit = 32

    private let raw: RawResponse
    private var position = 0
    private var nextLiteral = 0

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

    // MARK: Conditions

    /// `nil`, with nothing taken, when none stands here.
    private mutating func condition() throws(ProtocolFault) -> Condition? {
        let word = rest.prefix { $0 != UInt8(ascii: " ") }
        guard let status = Condition.Status(octets: word) else { return nil }
        position += word.count
        _ = take(" ")
        let code = code()
        return Condition(status: status, code: code, text: PlainLine.clean(rest))
    }

    /// A code that cannot be read is words like any other.
    private mutating func code() -> Condition.Code? {
        let start = position
        guard take("["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        var inner = self
        let code = inner.codeValue()
        if case .permanentFlags = code {
            // A flag may hold a bracket.
            position = inner.position
            if take("]") { _ = take(" ") }
            return code
        }
        position = end + 1
        _ = take(" ")
        if code == nil { position = start }
        return code
    }

    private mutating func codeValue() -> Condition.Code? {
        guard let name = try? codeName().uppercased() else { return nil }
        let hasValue = take(" ")
        switch name {
        case "UIDVALIDITY" where hasValue: return number32().map(Condition.Code.uidValidity)
        case "UIDNEXT" where hasValue: return number32().map(Condition.Code.uidNext)
        case "PERMANENTFLAGS" where hasValue: return (try? flagList()).map(Condition.Code.permanentFlags)
        case "CAPABILITY" where hasValue:
            let list = rest.prefix { $0 != UInt8(ascii: "]") }
            return .capability(Set(Self.split(list).map { $0.uppercased() }))
        case "READ-ONLY": return .readOnly
        case "READ-WRITE": return .readWrite
        case "TRYCREATE": return .tryCreate
        case "ALERT": return .alert
        default: return .other(name)
        }
    }

    private mutating func codeName() throws(ProtocolFault) -> String {
        let word = rest.prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "]") }
        guard !word.isEmpty else { throw fault }
        position += word.count
        return String(decoding: word, as: UTF8.self)
    }

    private mutating func number32() -> UInt32? { takeNumber().flatMap(UInt32.init(exactly:)) }

    // MARK: Folders and numbers

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

    // MARK: Messages

    private mutating func message(_ sequence: UInt32) throws(ProtocolFault) -> FetchedMessage {
        var message = FetchedMessage(sequence: sequence)
        try expect("(")
        while !take(")") {
            _ = take(" ")
            if take(")") { break }
            let name = try attributeName().uppercased()
            try expect(" ")
            switch name {
            case "UID":
                guard let uid = number32(), uid > 0 else { throw fault }
                message.uid = uid
            case "RFC822.SIZE":
                guard let size = takeNumber() else { throw fault }
                message.size = size
            case "FLAGS": message.flags = try flagList()
            case "INTERNALDATE": message.internalDate = String(decoding: try string(), as: UTF8.self)
            case "BODY[]": message.content = try content()
            default: try skip(depth: 0)
            }
        }
        return message
    }

    private mutating func content() throws(ProtocolFault) -> FetchedMessage.Content {
        let isStreamed = rest.first == RawResponse.mark && raw.content == nextLiteral
        guard let octets = try nilString() else { return .none }
        return isStreamed ? .streamed : .octets(octets)
    }

    /// A name up to its space; what stands in brackets belongs to it, spaces included.
    private mutating func attributeName() throws(ProtocolFault) -> String {
        var depth = 0
        let word = rest.prefix { octet in
            if octet == UInt8(ascii: "[") { depth += 1 }
            if octet == UInt8(ascii: "]") { depth -= 1 }
            return octet > 0x1F && (depth > 0 || octet != UInt8(ascii: " ") && octet != UInt8(ascii: ")"))
        }
        guard !word.isEmpty, word.count < 512 else { throw fault }
        position += word.count
        return String(decoding: word, as: UTF8.self)
    }

    /// Passes over a value of any kind.
    private mutating func skip(depth: Int) throws(ProtocolFault) {
        guard depth < Self.depthLimit else { throw .nestedTooDeep(limit: Self.depthLimit) }
        switch rest.first {
        case UInt8(ascii: "\""), RawResponse.mark: _ = try string()
        case UInt8(ascii: "("):
            position += 1
            while !take(")") {
                if take(" ") { continue }
                try skip(depth: depth + 1)
            }
        default:
            let word = rest.prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "\"")
            }
            guard !word.isEmpty else { throw fault }
            position += word.count
        }
    }

    // MARK: Words

    private mutating func flagList() throws(ProtocolFault) -> [String] {
        var flags: [String] = []
        try expect("(")
        while !take(")") {
            if take(" ") { continue }
            let word = rest.prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "\"")
            }
            guard !word.isEmpty else { throw fault }
            position += word.count
            flags.append(String(decoding: word, as: UTF8.self))
        }
        return flags
    }

    private mutating func nilString() throws(ProtocolFault) -> [UInt8]? {
        if rest.first == UInt8(ascii: "\"") || rest.first == RawResponse.mark { return try string() }
        guard try atom().uppercased() == "NIL" else { throw fault }
        return nil
    }

    /// A quoted string or a literal.
    private mutating func string() throws(ProtocolFault) -> [UInt8] {
        if rest.first == RawResponse.mark {
            guard nextLiteral < raw.literals.count else { throw fault }
            position += 1
            nextLiteral += 1
            return raw.literals[nextLiteral - 1]
        }
        try expect("\"")
        var octets: [UInt8] = []
        while position < raw.octets.count {
            let octet = raw.octets[position]
            position += 1
            switch octet {
            case UInt8(ascii: "\""): return octets
            case UInt8(ascii: "\\"):
                guard position < raw.octets.count else { throw fault }
                octets.append(raw.octets[position])
                position += 1
            case RawResponse.mark: throw fault
            default: octets.append(octet)
            }
        }
        throw fault
    }

    private mutating func astring() throws(ProtocolFault) -> [UInt8] {
        let word = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
        guard !word.isEmpty else { throw fault }
        position += word.count
        return Array(word)
    }

    private mutating func atom() throws(ProtocolFault) -> String {
        let word = rest.prefix { $0 > 0x20 && $0 < 0x7F && !"(){\"\\".utf8.contains($0) }
        guard !word.isEmpty else { throw fault }
        position += word.count
        return String(decoding: word, as: UTF8.self)
    }

    private func words() -> [String] { Self.split(rest) }

    private static func split(_ octets: some Collection<UInt8>) -> [String] {
        octets.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }

    // MARK: Octets

    private var rest: ArraySlice<UInt8> { raw.octets[position...] }

    private mutating func takeNumber() -> UInt64? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count <= 20, let number = Digits.number(digits) else { return nil }
        position += digits.count
        return number
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        let isThere = text.withUTF8Buffer { rest.prefix(count).elementsEqual($0) }
        if isThere { position += count }
        return isThere
    }

    private mutating func expect(_ text: StaticString) throws(ProtocolFault) {
        guard take(text) else { throw fault }
    }

    private var fault: ProtocolFault { .grammar(PlainLine.clean(rest.prefix(60))) }
}
