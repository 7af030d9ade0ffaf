import WireFormat

/// Words, numbers and strings of the grammar (RFC 3501 section 9).
extension ResponseParser {
    mutating func flagList() throws(ProtocolFault) -> [String] {
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

    mutating func nilString() throws(ProtocolFault) -> [UInt8]? {
        if rest.first == UInt8(ascii: "\"") || rest.first == RawResponse.mark { return try string() }
        guard try atom().uppercased() == "NIL" else { throw fault }
        return nil
    }

    /// A quoted string or a literal.
    mutating func string() throws(ProtocolFault) -> [UInt8] {
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

    mutating func astring() throws(ProtocolFault) -> [UInt8] {
        let word = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
        guard !word.isEmpty else { throw fault }
        position += word.count
        return Array(word)
    }

    mutating func atom() throws(ProtocolFault) -> String {
        let word = rest.prefix { $0 > 0x20 && $0 < 0x7F && !"(){\"\\".utf8.contains($0) }
        guard !word.isEmpty else { throw fault }
        position += word.count
        return String(decoding: word, as: UTF8.self)
    }

    func words() -> [String] { Self.split(rest) }

    static func split(_ octets: some Collection<UInt8>) -> [String] {
        octets.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }

    var rest: ArraySlice<UInt8> { raw.octets[position...] }

    mutating func takeNumber() -> UInt64? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count <= 20, let number = Digits.number(digits) else { return nil }
        position += digits.count
        return number
    }

    /// A number of 32 bits, as all of a folder's are.
    mutating func number32() -> UInt32? { takeNumber().flatMap(UInt32.init(exactly:)) }

    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        let isThere = text.withUTF8Buffer { rest.prefix(count).elementsEqual($0) }
        if isThere { position += count }
        return isThere
    }

    mutating func expect(_ text: StaticString) throws(ProtocolFault) {
        guard take(text) else { throw fault }
    }

    var fault: ProtocolFault { .grammar(PlainLine.clean(rest.prefix(60))) }
}
